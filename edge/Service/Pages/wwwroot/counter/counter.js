// A clerk's counter: one big button that does the next right thing, eight more, and who waits.

import { byId, el, setText } from '/dom.js';
import { ask } from '../staff/ask.js';
import { choose, tellAll } from '../staff/choices.js';
import { follow } from '../staff/live.js';
import { enter, offerLeaving } from '../staff/session.js';
import { offerEmergency } from './emergency.js';
import { KEY_WORDS, listenToKeys } from './keys.js';
import { doneWord, otherThings, rightThing } from './right.js';
import { draw, tick } from './view.js';

const number = Number(/^\/counter\/(\d+)/.exec(location.pathname)?.[1]);
const base = `/api/counters/${number}`;

/** After each action for so long nothing more is taken: the second half of a double click would already be the next thing. */
const REST_MS = 700;

let busy = false;
let restsUntil = 0;
let entering = false;

const live = follow(`${base}/stream`, {
  picture: show,
  changed: holds => { if (live.picture() !== null) show(); if (!holds) tell(''); },
  refused: begin,
  tick: () => tick(live.picture(), live, press),
});

const drawEmergency = offerEmergency(base, live, refusal => { if (refusal.status === 401) begin(); });

function show() {
  const picture = live.picture();
  document.title = `Quầy ${number}${picture.here ? ` · ${picture.here.number}` : ''} · Một Cửa Edge`;
  setText(byId('title'), `Quầy ${number}`);
  setText(byId('centre'), `Trung tâm Phục vụ hành chính công · ${picture.centre}`);
  draw(picture, live, press, aside);
  drawEmergency(picture);
}

function tell(text, bad = false) {
  setText(byId('told'), text);
  byId('told').classList.toggle('bad', bad && text !== '');
}

/** Does one thing, once: with what the page showed when it was decided. */
async function act(verb, { body, path = `${base}/${verb}`, sight = live.picture().sight, undo = live.picture().undo } = {}) {
  if (busy || !live.isLive() || performance.now() < restsUntil) return;
  busy = true;
  try {
    tell(doneWord(verb, await ask('POST', path, { body, sight }), undo));
  } catch (refusal) {
    tell(refusal.message, true);
    if (refusal.status === 401) begin();
  } finally {
    busy = false;
    restsUntil = performance.now() + REST_MS;
  }
}

async function press(key) {
  const picture = live.picture();
  if (key === '?') return showKeys();
  if (picture === null || !live.isLive()) return;
  if (key === '1') {
    const { verb } = rightThing(picture);
    return verb === null ? tell('Chưa có ai chờ; khi có người lấy số, nút lớn sẽ sáng lên.') : act(verb);
  }
  const thing = otherThings(picture, live.until, () => '').find(one => one.key === key);
  if (!thing.can) return tell(`Chưa dùng được «${thing.label.replace('…', '')}» lúc này.`, true);
  const asked = ASKS[thing.verb];
  if (asked === undefined) return act(thing.verb);
  const sight = picture.sight;
  const answer = await asked(picture);
  if (answer !== null) await act(thing.verb, { ...answer, sight });
}

const reasons = (...words) => words.map(label => ({ label, value: label }));
const OWN = { label: 'Lý do khác', note: 'Không ghi tên, số điện thoại hay số giấy tờ của công dân.' };
const withReason = reason => reason === null ? null : { body: { reason } };

const ASKS = {
  park: async picture => withReason(await choose({
    title: `Tạm gác số ${picture.here.number} vì sao?`, note: 'Số này ra khỏi quầy và nằm ở mục «Lỡ lượt và tạm gác»; gọi lại lúc nào cũng được.',
    options: reasons('Thiếu bản sao', 'Chờ bổ sung giấy tờ', 'Đi nộp lệ phí', 'Chờ người thân'), free: OWN,
  })),
  pause: async () => withReason(await choose({
    title: 'Tạm ngừng quầy vì sao?', note: 'Công dân thấy quầy tạm ngừng; người đang chờ vẫn giữ chỗ.',
    options: reasons('Nghỉ giữa giờ', 'Họp', 'Đi lấy hồ sơ', 'Máy tính hoặc mạng hỏng'), free: OWN,
  })),
  transfer: picture => choose({
    title: `Chuyển số ${picture.here.number} đi đâu?`, note: 'Công dân giữ nguyên số và chỗ trong hàng.',
    options: [
      ...picture.services.filter(service => service.open && service.name !== picture.here.service).map(service => ({
        label: service.name, note: `${service.waiting} người chờ`, badge: service.series, value: { body: { service: service.code, reason: 'Đúng lĩnh vực' } },
      })),
      ...picture.counters.map(counter => ({
        label: `Quầy ${counter.number}`, note: counter.open ? counter.services : 'đang tạm ngừng', badge: String(counter.number), disabled: !counter.open,
        value: { body: { to: counter.number, reason: `Quầy ${number} chuyển sang` } },
      })),
    ],
  }),
  help: async picture => {
    const kind = await choose({
      title: 'Cần hỗ trợ việc gì?', note: picture.help === null ? 'Đội hỗ trợ thấy ngay trên điện thoại.' : 'Đội hỗ trợ đã được báo và sẽ đến quầy.',
      options: [
        { label: 'Máy tính, mạng hoặc máy in của quầy', note: 'Computer, network, printer', value: 'technical', disabled: picture.help !== null },
        { label: 'Cần người đến giúp việc khác', note: 'Someone to help', value: 'other', disabled: picture.help !== null },
        { label: 'Ghi yêu cầu phục vụ tại nhà', note: 'Service at home', value: 'home' },
      ],
    });
    if (kind === 'home') await atHome();
    return kind === null || kind === 'home' ? null : { path: `/api/help/quay-${number}`, body: { kind } };
  },
};

/** Only where about is kept; who it is stands on the clerk's paper, beside a code. */
async function atHome() {
  const area = await choose({
    title: 'Phục vụ tại nhà: ở khu, xóm nào?', options: [],
    note: 'Chỉ ghi khu, xóm hoặc thôn. Tên và số điện thoại của công dân ghi vào sổ giấy của quầy, cạnh mã mà máy cho.',
    free: { label: 'Khu, xóm, thôn', most: 40, note: 'Ví dụ: Khu 5' },
  });
  if (area === null) return;
  try {
    const { code } = await ask('POST', '/api/help-desk/home', { body: { area } });
    tellAll('Đã ghi yêu cầu phục vụ tại nhà', el('p', {}, 'Viết mã này vào sổ, cạnh tên và số điện thoại của công dân:'), el('p', { class: 'code' }, code), el('p', {}, 'Đội hỗ trợ thấy mã và khu, xóm; họ hỏi quầy để biết là ai.'));
  } catch (refusal) {
    tell(refusal.message, true);
  }
}

const aside = (verb, ticket) => verb === 'call'
  ? act('call', { body: { number: ticket, reason: 'Công dân đã quay lại' } })
  : act('return', { path: `/api/tickets/${ticket}/return` });

function showKeys() {
  tellAll('Phím tắt', el('p', {}, 'Dùng được bàn phím, bàn phím số rời, hoặc bút trình chiếu USB.'),
    el('table', { class: 'table' },
      el('thead', {}, el('tr', {}, ['Bàn phím', 'Bút trình chiếu', 'Việc'].map(word => el('th', { scope: 'col' }, word)))),
      el('tbody', {}, KEY_WORDS.map(row => el('tr', {}, row.map(cell => el('td', {}, cell)))))));
}

/** Logs in where that is needed, looks whether the counter is one, and follows it. */
async function begin() {
  if (entering) return;
  entering = true;
  live.stop();
  try {
    await enter();
    await ask('GET', base);
    live.begin();
  } catch (refusal) {
    if (refusal.status === 404) await showOthers();
    else {
      setText(byId('cut'), refusal.message);
      byId('cut').hidden = false;
      // Whoever is logged in with a role that has no counters leaves by «Thoát».
      if (refusal.status !== 403) setTimeout(begin, 3000);
    }
  }
  entering = false;
}

async function showOthers() {
  const { counters } = await ask('GET', '/api/counters').catch(() => ({ counters: [] }));
  setText(byId('stage'), `Trung tâm không có quầy ${number}. Chọn quầy của mình:`);
  byId('why').replaceChildren(...counters.flatMap(one => [el('a', { href: `/counter/${one}` }, `Quầy ${one}`), ' ']));
  setText(byId('big-label'), 'Không có quầy này');
}

byId('big').addEventListener('click', () => press('1'));
byId('help-keys').addEventListener('click', showKeys);
document.addEventListener('visibilitychange', () => (document.hidden ? live.stop() : begin()));
listenToKeys(press);
offerLeaving();
setText(byId('title'), `Quầy ${number}`);
begin();
