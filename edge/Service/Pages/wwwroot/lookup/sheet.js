// The sheet of one procedure, as it would lie on the desk.

import { el } from '/dom.js';
import { icon } from '/kiosk/icons.js';

/** @param back To the list. @param take Asks for a number. */
export function sheetOf(procedure, words, { gives, back, take }) {
  const rows = [[words.fee, procedure.fee], [words.days, procedure.days], [words.basis, procedure.basis]];
  return el('section', { class: 'screen sheet', 'data-procedure': procedure.code, lang: 'vi' },
    el('h1', { tabindex: '-1' }, procedure.name),
    el('p', { class: 'of' }, `${words.field}: ${procedure.field}`),
    el('div', { class: 'papers' }, el('h2', {}, words.papers), el('ul', {}, procedure.papers.map(paper => el('li', {}, paper)))),
    el('dl', {}, rows.flatMap(([label, text]) => [el('dt', {}, label), el('dd', {}, text)])),
    procedure.service && gives ? null : el('p', { class: 'touch' }, procedure.service ? words.machine : words.noTicket),
    el('div', { class: 'actions' },
      el('button', { type: 'button', class: 'action', 'data-field': 'list', onclick: back }, words.list),
      procedure.service && gives && el('button', { type: 'button', class: 'action main take', 'data-field': 'take', onclick: take }, icon('printer'), el('span', {}, words.take))));
}
