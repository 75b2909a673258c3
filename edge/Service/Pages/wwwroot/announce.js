// Texts of the centre's own for the loudspeakers: said now or at an hour, seen while they wait, taken back.

import { byId, el, setText } from './dom.js';
import { change, read, troubleOf } from './edge.js';
import { dayOf, minuteOf } from './words.js';

const EVERY_MS = 2000;
const AGAIN_WITHIN_DAYS = 7;

/** Viet Nam has one hour, and no other in summer. */
const OFFSET_MS = 7 * 3600 * 1000;
const wallOf = moment => new Date(moment + OFFSET_MS).toISOString().slice(0, 16);

const ENDED = { done: 'đã đọc', failed: 'không đọc được', expired: 'quá hạn, đã bỏ', muted: 'giờ im lặng, không đọc', cancelled: 'đã hủy' };
const isOpen = text => text.state === 'scheduled' || text.state === 'waiting';

const chosen = name => document.querySelector(`input[name="${name}"]:checked`).value;
let away = false;

function stateOf(text) {
  if (text.state === 'scheduled') return `hẹn ${minuteOf(text.at)} ngày ${dayOf(text.at)}`;
  return text.state === 'waiting' ? 'đang đọc hoặc chờ đến lượt' : ENDED[text.state] ?? text.state;
}

function showForm() {
  const [what, when] = [chosen('what'), chosen('when')];
  byId('text-field').hidden = what !== 'text';
  byId('guidance-field').hidden = what !== 'guidance';
  byId('at-field').hidden = when !== 'later';
  byId('text').required = what === 'text';
  byId('at').required = when === 'later';
  setText(document.querySelector('.send'), when === 'later' ? 'Hẹn giờ đọc' : 'Đọc qua loa');
  setText(byId('left'), `${byId('text').value.length}/${byId('text').maxLength} ký tự`);
  const now = Date.now();
  byId('at').min = wallOf(now);
  byId('at').max = wallOf(now + AGAIN_WITHIN_DAYS * 86400 * 1000);
}

function tell(text, bad = '') {
  setText(byId('told'), text);
  setText(byId('refused'), bad);
  byId('refused').hidden = bad === '';
}

async function attempt(work) {
  try {
    tell(await work());
  } catch (error) {
    tell('', troubleOf(error));
  }
  await show().catch(() => {}); // What was done is done; the list comes by itself when the line is back.
}

function rowOf(text) {
  const words = text.text ?? text.guidance;
  return el('li', { class: text.state, 'data-text': text.id },
    el('p', {}, words),
    el('small', {}, stateOf(text)),
    isOpen(text) && el('button', {
      class: 'plain', type: 'button', 'aria-label': `${text.state === 'scheduled' ? 'Hủy' : 'Dừng'}: ${words}`,
      onclick: () => attempt(async () => {
        await change('POST', `/api/announcements/${encodeURIComponent(text.id)}/cancel`);
        return 'Đã hủy.';
      }),
    }, text.state === 'scheduled' ? 'Hủy' : 'Dừng'));
}

function fill(list, texts, none) {
  const key = JSON.stringify(texts);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...(texts.length > 0 ? texts.map(rowOf) : [el('li', { class: 'empty' }, none)]));
}

async function show() {
  const { announcements, guidance } = await read('/api/announcements');
  fill(byId('open'), announcements.filter(isOpen), 'Không có thông báo nào đang chờ.');
  fill(byId('over'), announcements.filter(text => !isOpen(text)).reverse(), 'Chưa có.');
  byId('with-file').hidden = guidance.length === 0;
  const select = byId('guidance');
  if (select.dataset.key !== guidance.join('\n')) {
    select.dataset.key = guidance.join('\n');
    select.replaceChildren(...guidance.map(name => el('option', {}, name)));
  }
}

byId('announce').addEventListener('input', showForm);
byId('announce').addEventListener('submit', event => {
  event.preventDefault();
  const later = chosen('when') === 'later';
  attempt(async () => {
    await change('POST', '/api/announcements', {
      ...(chosen('what') === 'text' ? { text: byId('text').value.replace(/\s+/g, ' ').trim() } : { guidance: byId('guidance').value }),
      ...(later && { at: `${byId('at').value}:00+07:00` }),
    });
    byId('text').value = '';
    showForm();
    return later ? 'Đã hẹn giờ.' : 'Đã gửi ra loa.';
  });
});

async function follow() {
  try {
    if (!document.hidden) await show();
    away = false;
  } catch (error) {
    if (!away) setText(byId('away'), troubleOf(error));
    away = true;
  }
  byId('away').hidden = !away;
  setTimeout(follow, EVERY_MS);
}

read('/api/health').then(health => setText(byId('name'), health.name), () => {});
showForm();
follow();
