// Draws a picture into elements that stay: nothing is added or taken away in three days, only words change.

import { createRotation, pairsOf, piecesOf } from './rotation.js';

const ROWS = 5;
const MARK_MS = 6000;
const SHIFT_MS = 60000;

/** Where the whole picture stands, in hundredths of the height; a minute each, so that no edge burns in. */
const SHIFTS = [[0, 0], [0.9, 0.5], [1.3, 1], [0.9, 1.3], [0, 1.4], [-0.9, 1.3], [-1.3, 1], [-0.9, 0.5], [0, 0], [0.9, -0.5], [1.3, -1], [0.9, -1.3], [0, -1.4], [-0.9, -1.3], [-1.3, -1], [-0.9, -0.5]];

const CENTRE = 'Trung tâm Phục vụ hành chính công';
const WELCOME = 'Mời quý vị lấy số và chờ gọi';
const CAMERAS = 'Khu vực có camera ghi hình, ghi âm để bảo đảm an ninh, trật tự.';

const byId = id => document.getElementById(id);

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function make(parent, name, className) {
  const node = document.createElement(name);
  if (className) node.className = className;
  return parent.appendChild(node);
}

export function createScreen() {
  const parts = {};
  for (const id of ['screen', 'stage', 'label', 'number', 'counter', 'words', 'rows', 'waiting', 'line', 'lost', 'place', 'time', 'aloud']) parts[id] = byId(id);
  const rows = Array.from({ length: ROWS }, () => {
    const row = make(parts.rows, 'tr');
    return { row, number: make(row, 'td'), counter: make(row, 'td') };
  });
  const title = make(parts.waiting, 'p', 'title');
  title.textContent = 'ĐANG CHỜ';
  const cells = [0, 1].map(() => {
    const cell = make(parts.waiting, 'p', 'cell');
    return { cell, count: make(cell, 'b'), name: make(cell, 'span', 'name') };
  });
  const told = make(parts.waiting, 'p', 'told');
  const marks = new Map();
  const names = createRotation(10000, text => setText(parts.place, text));
  const lines = createRotation(8000, text => setText(parts.line, text || ''));
  const services = createRotation(6000, drawCells);
  let shown = null;
  let measured = '';
  let side = 2;
  let shift = -1;
  drawCells([]);

  return { draw, mark, tick, lost, joined };

  function draw(picture, showing, wrongCode, now) {
    shown = picture;
    const lead = picture.calls.length > 0 ? picture.calls[0] : null;
    parts.stage.className = lead !== null && marks.has(lead.id) ? 'stage new' : 'stage';
    parts.label.hidden = parts.number.hidden = parts.counter.hidden = lead === null;
    parts.words.hidden = lead !== null;
    if (lead === null) {
      setText(parts.words, picture.notice || WELCOME);
    } else {
      setText(parts.number, lead.number);
      parts.number.className = lead.number.length > 5 ? 'number longest' : lead.number.length > 4 ? 'number long' : 'number';
      setText(parts.counter, `QUẦY ${lead.counter}`);
    }
    // While pictures are shown on the stage, its call stands with the others.
    const listed = showing ? picture.calls : picture.calls.slice(1);
    rows.forEach(({ row, number, counter }, place) => {
      const call = listed[place];
      row.hidden = call === undefined;
      setText(number, call ? call.number : '');
      setText(counter, call ? String(call.counter) : '');
      row.className = call && marks.has(call.id) ? 'new' : '';
    });
    setText(told, picture.told ? `Số mới của quý vị: ${picture.told}` : '');
    measure(picture);
    services.set(pairsOf(picture.waiting, side), now);
    lines.set([].concat(
      lead !== null && picture.notice ? [picture.notice] : [], wrongCode ? ['Mã TV trong địa chỉ chưa đúng; màn hình này chỉ để xem.'] : [],
      ...picture.texts.map(piecesOf), picture.tv === null || picture.tv.cameraNotice ? [CAMERAS] : []), now);
  }

  /** Makes people look up at calls; the same call can be marked again. */
  function mark(picture, news, now) {
    shown = picture;
    for (const id of news.calls) marks.set(id, now + MARK_MS);
    if (news.stage) marks.set(picture.calls[0].id, now + MARK_MS);
    for (const { row } of rows) row.className = '';
    parts.stage.className = 'stage';
    void parts.screen.offsetWidth; // Else the browser sees no change, and what is marked again does not begin to blink anew.
    setText(parts.aloud, shown.calls.filter(call => news.calls.indexOf(call.id) >= 0).map(call => `Mời số ${call.number} đến quầy ${call.counter}.`).join(' '));
  }

  function tick(now, clock) {
    for (const [id, until] of Array.from(marks)) if (now >= until) marks.delete(id);
    const lead = shown && shown.calls.length > 0 ? shown.calls[0].id : 0;
    if (!marks.has(lead)) parts.stage.className = 'stage';
    for (const { row } of rows) if (marks.size === 0) row.className = '';
    for (const turn of [names, lines, services]) turn.tick(now);
    setText(parts.time, clock ? clock.time : '');
    if (shown) names.set([CENTRE, shown.name].concat(clock ? [clock.date] : []), now);
    wander(now);
  }

  /** What was called before may be over by now, so nothing of it is left standing. */
  function lost() {
    parts.screen.hidden = true;
    parts.lost.hidden = false;
    marks.clear();
  }

  function joined() {
    parts.screen.setAttribute('data-state', 'live');
    parts.screen.hidden = false;
    parts.lost.hidden = true;
  }

  function drawCells(page) {
    const hasTold = told.textContent !== '';
    told.hidden = !hasTold;
    title.hidden = hasTold;
    cells.forEach(({ cell, count, name }, place) => {
      const service = page ? page[place] : undefined;
      cell.hidden = hasTold || service === undefined;
      if (service === undefined) return;
      setText(count, service.paused ? '–' : String(service.waiting));
      setText(name, service.paused ? `${service.name} (tạm ngừng)` : service.name);
    });
  }

  // Two services stand beside each other where every name fits, whatever letters the television has.
  function measure(picture) {
    const key = `${window.innerWidth}×${window.innerHeight} ${picture.waiting.map(service => `${service.name}${service.paused}`).join('|')}`;
    if (key === measured || told.textContent !== '') return;
    measured = key;
    side = 2;
    for (const service of picture.waiting) {
      drawCells([service, service]);
      if (cells.some(({ name }) => name.scrollHeight > name.clientHeight + 1 || name.scrollWidth > name.clientWidth + 1)) side = 1;
    }
  }

  function wander(now) {
    const place = Math.floor(now / SHIFT_MS) % SHIFTS.length;
    if (place === shift) return;
    shift = place;
    const [x, y] = SHIFTS[place];
    const where = `translate(calc(${x} * var(--u)), calc(${y} * var(--u)))`;
    parts.screen.style.transform = where;
    byId('lost-words').style.transform = where;
  }
}
