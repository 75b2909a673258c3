// Draws the counter; only what changed is written.

import { byId, el, setAttribute, setText } from '/dom.js';
import { lengthOf, minutesOf } from '../staff/live.js';
import { otherThings, rightThing } from './right.js';

const STAGES = { called: 'ĐANG GỌI', serving: 'ĐANG PHỤC VỤ' };
const COMING = 'Chưa thấy công dân thì bấm «Gọi lại»; đủ lượt gọi mà không đến thì bấm «Lỡ lượt».';

export function draw(picture, live, press, aside) {
  const { here, paused, stopped, next: [next] } = picture;
  setAttribute(byId('main'), 'data-state', live.isLive() ? 'live' : 'cut');
  setAttribute(byId('here'), 'data-stage', paused ? 'paused' : here?.stage ?? 'empty');
  setText(byId('stage'), paused ? `TẠM NGỪNG PHỤC VỤ: ${paused.why}` : here ? STAGES[here.stage] + (here.stage === 'called' ? ` · lượt gọi thứ ${here.calls}` : '') : stopped ?? 'QUẦY TRỐNG');
  setText(byId('number'), here?.number ?? '');
  setText(byId('service'), here?.service ?? (paused || stopped || !next ? '' : `Bấm nút lớn để gọi số ${next.number}.`));
  setText(byId('why'), here ? [here.why, here.stage === 'called' ? COMING : null].filter(Boolean).join(' ') : '');

  const thing = rightThing(picture);
  const big = byId('big');
  setText(byId('big-label'), thing.label);
  setText(byId('big-en'), thing.en);
  setAttribute(big, 'data-tone', thing.tone ?? '');
  setAttribute(big, 'data-verb', thing.verb ?? '');
  // Between two presses it stays as it is and only does nothing: a button that goes grey under a finger frightens.
  big.disabled = thing.verb === null || !live.isLive();

  setText(byId('waiting'), String(picture.waiting));
  fill(byId('next'), picture.next, next => el('li', {},
    el('b', {}, next.number), el('span', {}, next.service), el('span', { 'data-since': next.since }),
    el('span', { class: /^Ưu tiên/.test(next.why) ? 'reason priority' : 'reason' }, next.why)), 'Chưa có ai chờ quầy này.');
  fill(byId('aside'), picture.aside, row => el('li', { 'data-number': row.number },
    el('b', {}, row.number),
    el('span', {}, `${row.stage === 'missed' ? 'Lỡ lượt' : 'Tạm gác'}${row.because && row.stage === 'parked' ? `: ${row.because}` : ''}`, row.mayReturn ? '' : ' · quá giờ quay lại'),
    el('button', { class: 'key', type: 'button', disabled: !row.mayReturn || Boolean(here) || Boolean(paused), onclick: () => aside('call', row.number), 'aria-label': `Gọi ngay số ${row.number}` }, 'Gọi'),
    el('button', { class: 'key', type: 'button', disabled: !row.mayReturn, onclick: () => aside('return', row.number), 'aria-label': `Trả số ${row.number} về hàng chờ` }, 'Về hàng')), 'Không có.', `${here?.number}${Boolean(paused)}`);
  byId('no-pins').hidden = picture.pinsSet;
  keys(picture, live, press);
  tick(picture, live);
}

/** What changes by time alone. */
export function tick(picture, live, press) {
  const { here, paused, longestSince } = picture;
  setText(byId('elapsed'), paused ? `Đã ngừng ${lengthOf(live.since(paused.since))}` : here?.since != null ? `Từ lúc gọi: ${lengthOf(live.since(here.since))}` : '');
  setText(byId('longest'), longestSince === null ? '–' : minutesOf(live.since(longestSince)));
  for (const node of byId('next').querySelectorAll('[data-since]')) setText(node, minutesOf(live.since(Number(node.dataset.since))));
  if (press) keys(picture, live, press);
}

function keys(picture, live, press) {
  const things = otherThings(picture, live.until, since => `đã ${minutesOf(live.since(since))}`);
  const box = byId('keys');
  if (box.childElementCount === 0) {
    box.append(...things.map(({ key }) => el('button', { class: 'key', type: 'button', 'data-key': key, onclick: () => press(key) }, el('span'), el('small'), el('kbd', {}, key))));
  }
  things.forEach((thing, index) => {
    const button = box.children[index];
    setText(button.children[0], thing.label);
    setText(button.children[1], thing.en);
    setAttribute(button, 'data-verb', thing.verb);
    button.classList.toggle('on', thing.on ?? false);
    button.disabled = !thing.can || !live.isLive();
  });
}

function fill(list, rows, make, none, more = '') {
  const key = JSON.stringify(rows) + more;
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...(rows.length > 0 ? rows.map(make) : [el('li', { class: 'empty' }, none)]));
}
