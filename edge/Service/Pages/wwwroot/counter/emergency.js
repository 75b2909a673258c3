// The emergency button: held for two seconds, so that neither a sleeve nor a cloth presses it. Nothing takes it back.

import { byId, el, setAttribute, setText } from '/dom.js';
import { ask } from '../staff/ask.js';
import { choose } from '../staff/choices.js';

const HOLD_MS = 2000;

const PHASES = { asked: 'đang chụp, hoặc chờ đường truyền về tỉnh', sent: 'đã gửi về tỉnh' };

/** @param refused Told a refusal of the edge. */
export function offerEmergency(base, live, refused) {
  const button = byId('alarm');
  let holding = null;

  function hold() {
    if (holding !== null || button.disabled) return;
    button.classList.add('holding');
    holding = setTimeout(() => { stop(); send(); }, HOLD_MS);
  }

  function stop() {
    clearTimeout(holding);
    holding = null;
    button.classList.remove('holding');
  }

  function letGo() {
    if (holding === null) return;
    stop();
    tell('Giữ nút đủ 2 giây mới báo khẩn cấp.');
  }

  async function send() {
    tell('Đang báo…');
    try {
      const { pictures } = await ask('POST', `${base}/emergency`);
      const taken = pictures.filter(one => one.problem === null);
      const not = pictures.filter(one => one.problem !== null).map(one => `${one.name}: ${one.problem}`);
      tell(['Đã báo đội hỗ trợ.', taken.length > 0 ? `Đang chụp ảnh ${taken.map(one => one.name).join(', ')} gửi về tỉnh.` : '', ...not].filter(Boolean).join(' '));
    } catch (refusal) {
      tell(refusal.message, true);
      refused(refusal);
    }
  }

  button.addEventListener('pointerdown', event => { if (event.button === 0) hold(); });
  for (const name of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) button.addEventListener(name, letGo);
  button.addEventListener('contextmenu', event => event.preventDefault());
  button.addEventListener('keydown', event => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    // The page's own keys, and the click that Enter makes, would come at once.
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) hold();
  });
  button.addEventListener('keyup', event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); letGo(); } });
  // What neither a finger nor a key held, such as a switch or a reader of screens, is asked instead.
  button.addEventListener('click', async event => {
    if (event.detail !== 0) return;
    const sure = await choose({ title: 'Báo khẩn cấp?', note: 'Gọi đội hỗ trợ ngay và gửi ảnh camera về tỉnh. Không rút lại được.', options: [{ label: 'Báo khẩn cấp', value: true }] });
    if (sure) send();
  });

  return picture => {
    button.disabled = !live.isLive();
    setAttribute(button, 'data-state', picture.emergency ? 'asked' : 'quiet');
    setText(byId('alarm-label'), picture.emergency ? 'Đã báo · giữ 2 giây: thêm ảnh' : 'Khẩn cấp: giữ 2 giây');
    const list = byId('alarm-pictures');
    const key = JSON.stringify(picture.pictures);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...picture.pictures.map(one => el('li', { 'data-phase': one.phase, 'data-camera': one.camera }, `Ảnh ${one.name}: ${one.phase === 'failed' ? one.note ?? 'không có' : PHASES[one.phase]}`)));
  };
}

function tell(text, bad = false) {
  setText(byId('alarm-told'), text);
  byId('alarm-told').classList.toggle('bad', bad && text !== '');
}
