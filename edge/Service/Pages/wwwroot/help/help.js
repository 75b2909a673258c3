// The support team on a phone: who asked, where, since when; taken, done. Also what does not work, and who is to be served at home.

import { byId, el, setAttribute, setText } from '/dom.js';
import { ask } from '../staff/ask.js';
import { deviceName, placeName } from '../staff/devices.js';
import { follow, minutesOf } from '../staff/live.js';
import { enter, offerLeaving } from '../staff/session.js';
import { createBell } from './bell.js';

const MOST_MEMBERS = 30;
const KINDS = { other: 'Cần người đến giúp', technical: 'Máy tính, mạng hoặc máy in của quầy', device: 'Thiết bị có lỗi', home: 'Phục vụ tại nhà', emergency: 'KHẨN CẤP: có người cần giúp ngay' };
const REASONS = { security: 'an ninh, trật tự', incident: 'sự cố', device: 'kiểm tra camera', complaint: 'xác minh phản ánh', emergency: 'khẩn cấp' };
const PHASES = { asked: 'đang chụp hoặc chờ gửi', sent: 'đã gửi về tỉnh' };

const bell = createBell(byId('bell'));
let entering = false;
let known = null;

const live = follow('/api/help-desk/stream', {
  picture: show,
  changed: holds => { setAttribute(byId('main'), 'data-state', holds ? 'live' : 'cut'); lock(!holds); },
  refused: begin,
  tick: ages,
});

const me = () => Number(byId('member').value);

function show(picture) {
  setText(byId('centre'), `Trung tâm Phục vụ hành chính công · ${picture.centre}`);
  byId('no-pins').hidden = picture.pinsSet;
  fill(byId('asks'), picture.asks, rowOf, 'Không ai đang chờ.');
  fill(byId('faults'), picture.faults.filter(fault => !fault.asked), faultOf, 'Mọi thiết bị hoạt động bình thường.');
  fill(byId('snapshots'), picture.snapshots, snapshotOf, 'Bảy ngày qua không có ảnh nào được chụp theo yêu cầu.');
  document.title = `${picture.asks.length > 0 ? `(${picture.asks.length}) ` : ''}Đội hỗ trợ · Một Cửa Edge`;
  ring(picture);
  ages();
}

// Whoever asked while the line was down is news as well; what was shown before is none.
function ring({ asks }) {
  const now = new Set(asks.map(one => `${one.place} ${Math.round(one.since / 1000)}`));
  const fresh = known !== null && asks.some(one => one.takenBy === null && ![-1, 0, 1].some(off => known.has(`${one.place} ${Math.round(one.since / 1000) + off}`)));
  if (fresh) bell.ring();
  known = now;
}

const nameOf = member => member === me() ? `số ${member}, là tôi` : `số ${member}`;

function rowOf(one) {
  const where = one.kind === 'home' ? `Mã ${one.place}` : placeName(one.place);
  const mine = one.takenBy === me();
  return el('li', { class: one.takenBy === null ? 'open' : 'taken', 'data-place': one.place },
    el('b', {}, where), el('span', { class: 'age', 'data-since': one.since }),
    el('p', one.kind === 'emergency' ? { class: 'emergency' } : {}, KINDS[one.kind] ?? KINDS.other, one.area ? ` · ${one.area}` : ''),
    one.kind === 'home' && el('p', {}, 'Hỏi cán bộ quầy: tên và số điện thoại ở sổ, cạnh mã này.'),
    one.takenBy !== null && el('p', {}, `Đã nhận: ${nameOf(one.takenBy)}`),
    el('p', { class: 'do' },
      !mine && el('button', { class: one.takenBy === null ? 'key strong' : 'key', type: 'button', onclick: () => take(one) }, one.takenBy === null ? 'Tôi nhận' : 'Tôi nhận thay', ' ', el('small', { lang: 'en' }, 'I take it')),
      el('button', { class: mine ? 'key strong' : 'key', type: 'button', onclick: () => act('POST', `/api/help/${one.place}/answer`, `Đã xong: ${where}.`) }, 'Xong ', el('small', { lang: 'en' }, 'Done'))));
}

function faultOf(fault) {
  return el('li', { class: 'fault', 'data-device': fault.device },
    el('b', {}, deviceName(fault)), el('span', { class: 'age', 'data-since': fault.since }),
    fault.title && el('p', {}, fault.title), fault.whatToDo && el('p', {}, fault.whatToDo),
    el('p', { class: 'do' }, el('button', { class: 'key', type: 'button', onclick: () => takeFault(fault) }, 'Tôi nhận ', el('small', { lang: 'en' }, 'I take it'))));
}

// Whoever is filmed has a right to know that somebody looked: when, why, and that it was blurred.
function snapshotOf(one) {
  const who = one.cause === 'emergency' ? `Nút khẩn cấp, quầy ${one.counter}` : `Tỉnh yêu cầu: ${REASONS[one.reason] ?? one.reason}`;
  return el('li', { 'data-snapshot': one.id, 'data-phase': one.phase },
    el('b', {}, one.name), el('span', { class: 'age', 'data-since': one.since }),
    el('p', {}, `${who} · ${one.blur ? 'ảnh đã làm mờ' : 'ảnh rõ'} · ${PHASES[one.phase] ?? one.note ?? 'không chụp được'}`));
}

const take = one => act('POST', `/api/help-desk/${one.place}/take`, 'Đã nhận. Khi xong, bấm «Xong».', { member: me(), over: one.takenBy });

// A device asks nobody by itself: taking it asks in its name first, so that the others see that someone is on the way.
async function takeFault({ device }) {
  await act('POST', `/api/help/${device}`, '', { kind: 'device' });
  await act('POST', `/api/help-desk/${device}/take`, 'Đã nhận. Khi xong, bấm «Xong».', { member: me() });
}

async function act(method, path, done, body) {
  if (!live.isLive()) return;
  try {
    await ask(method, path, { body });
    tell(done);
  } catch (refusal) {
    tell(refusal.message, true);
    if (refusal.status === 401) begin();
  }
}

function tell(text, bad = false) {
  setText(byId('told'), text);
  byId('told').classList.toggle('bad', bad && text !== '');
}

function ages() {
  for (const node of document.querySelectorAll('[data-since]')) setText(node, minutesOf(live.since(Number(node.dataset.since))));
}

function lock(locked) {
  for (const button of document.querySelectorAll('.do button')) button.disabled = locked;
}

function fill(list, rows, make, none) {
  const key = JSON.stringify(rows) + me();
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    list.replaceChildren(...(rows.length > 0 ? rows.map(make) : [el('li', { class: 'empty' }, none)]));
  }
  lock(!live.isLive());
}

async function begin() {
  if (entering) return;
  entering = true;
  live.stop();
  try {
    await enter();
    live.begin();
  } catch (refusal) {
    setText(byId('cut'), refusal.message);
    byId('cut').hidden = false;
    setTimeout(begin, 3000);
  }
  entering = false;
}

byId('member').append(...Array.from({ length: MOST_MEMBERS }, (_, index) => el('option', {}, String(index + 1))));
byId('member').value = localStorage.getItem('motcua.member') ?? '1';
byId('nickname').value = localStorage.getItem('motcua.nickname') ?? '';
byId('member').addEventListener('change', () => { localStorage.setItem('motcua.member', byId('member').value); if (live.picture() !== null) show(live.picture()); });
byId('nickname').addEventListener('change', () => localStorage.setItem('motcua.nickname', byId('nickname').value));
offerLeaving();
begin();
