// The walk over all devices: its button, what is being tried, and the result, as an untrained clerk reads it.

import { el, setText } from './dom.js';
import { read, send } from './edge.js';

const EVERY_MS = 500;
const MARKS = { ok: '✓', failed: '✗', 'not-tried': '–' };
const RESULTS = { ok: 'đạt', failed: 'có lỗi', 'not-tried': 'chưa thử' };

/** @param attempt Tells a refusal to the person. */
export function createSelfTest(button, panel, nameOf, attempt) {
  const now = el('p', { class: 'now', 'aria-live': 'polite' });
  const rows = el('ol', { class: 'rows' });
  panel.replaceChildren(now, rows);
  let timer = null;
  let drawn = '';
  button.addEventListener('click', async () => {
    await attempt(send('/api/self-test?by=page'));
    follow();
  });
  follow();

  async function follow() {
    clearTimeout(timer);
    try {
      show(await read('/api/self-test'));
    } catch {
      timer = setTimeout(follow, EVERY_MS * 4); // The banner tells that the edge is away.
    }
  }

  function show(test) {
    button.disabled = test.running;
    panel.hidden = test.number === 0;
    setText(now, test.running ? `${test.rows.length + 1}/${test.steps}. ${test.now}` : test.summary ?? '');
    const key = `${test.number}.${test.rows.length}`;
    if (key !== drawn) {
      drawn = key;
      rows.replaceChildren(...test.rows.map(row => el('li', { class: row.result, 'data-tested': row.device },
        el('b', { 'aria-hidden': 'true' }, MARKS[row.result]), el('span', {}, `${nameOf(row.device)}: ${RESULTS[row.result]}. `, el('small', {}, row.text)))).reverse());
    }
    // A test that a button or the command began is shown as well.
    timer = setTimeout(follow, test.running ? EVERY_MS : EVERY_MS * 6);
  }
}
