// The number, as large as the screen allows, with all that its owner wants to know.

import { el, setText } from '/dom.js';
import { icon } from './icons.js';
import { serviceName } from './words.js';

export function createTicket(app) {
  const [title, number, service] = [el('h1', {}), el('p', { class: 'number', id: 'number' }), el('p', { class: 'of' })];
  const [aheadLabel, ahead, waitLabel, wait] = [el('dt', {}), el('dd', { id: 'ahead' }), el('dt', {}), el('dd', { id: 'wait' })];
  const waitRow = el('div', {}, waitLabel, wait);
  const aheadRow = el('div', {}, aheadLabel, ahead);
  const paper = el('p', { class: 'slip', id: 'slip', role: 'status' });
  const [wrong, again, done] = [
    el('button', { type: 'button', class: 'action', 'data-field': 'wrong', onclick: () => app.giveUp() }),
    el('button', { type: 'button', class: 'action', 'data-field': 'again', onclick: () => app.printAgain() }),
    el('button', { type: 'button', class: 'action main', 'data-field': 'done', onclick: () => app.home() }),
  ];
  const leaves = el('p', { class: 'leaves' });
  const node = el('section', { class: 'screen ticket' }, title, number, service, el('dl', { class: 'facts' }, aheadRow, waitRow), paper, el('div', { class: 'actions' }, wrong, again, done), leaves);

  return { node, draw, open: () => done.focus(), count };

  function count(seconds, words) { setText(leaves, words.leaves(seconds)); }

  function draw({ ticket, words, language, looked }) {
    if (!ticket) return;
    const known = looked.services.find(one => one.code === ticket.service);
    setText(title, words.yours);
    setText(number, ticket.number);
    setText(service, known ? serviceName(known, language) : ticket.service);
    setText(aheadLabel, words.ahead);
    setText(ahead, String(ticket.ahead));
    aheadRow.hidden = ticket.ahead === null || ticket.counter != null;
    setText(waitLabel, words.wait);
    waitRow.hidden = !ticket.wait || ticket.counter != null;
    setText(wait, ticket.wait ? words.minutes(ticket.wait.fromMinutes, ticket.wait.toMinutes) : '');
    const [state, told] = ticket.counter != null ? ['called', words.called(ticket.counter)] : paperOf(ticket, looked, words);
    if (paper.dataset.told !== told) {
      paper.dataset.told = told;
      paper.className = `slip ${state}`;
      paper.replaceChildren(icon({ bad: 'warn', good: 'printer', called: 'voice', none: 'tick' }[state] ?? 'printer'), el('span', {}, told));
    }
    setText(wrong, words.wrong);
    wrong.hidden = ticket.counter != null || ticket.appointment;
    setText(again, words.again);
    again.hidden = ticket.print !== 'printed';
    setText(done, words.done);
  }
}

/** What is said of the paper, and how urgently. */
export function paperOf({ number, print, fault }, looked, words) {
  if (!looked.printer) return ['none', words.noPrinter];
  const broken = print === 'unprinted' ? fault : print === undefined ? looked.printer.fault : null;
  if (broken) return ['bad', broken === 'printer.paper-out' ? words.noPaper(number) : words.noPrint(number)];
  return print === 'printed' ? ['good', words.printed] : ['waits', words.printing];
}
