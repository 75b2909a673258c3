// The first screen: every field is one touch from a number.

import { el, setText } from '/dom.js';
import { icon } from './icons.js';
import { labelOf, reasonOf, serviceName } from './words.js';

/** A field of the screen: a picture, what it is, and a line below. */
export function field(name, picture, classes, onclick) {
  const [title, hint] = [el('span', { class: 'title' }), el('span', { class: 'hint' })];
  const node = el('button', { type: 'button', class: `field ${classes}`, 'data-field': name, onclick }, icon(picture), el('span', { class: 'words' }, title, hint));
  return { node, say(text, below = '') { setText(title, text); setText(hint, below); hint.hidden = below === ''; } };
}

export function createHome(app) {
  const [title, touch] = [el('h1', {}), el('p', { class: 'touch' })];
  const shut = el('div', { class: 'card shut', role: 'status' });
  const priority = field('priority', 'star', 'priority', () => app.togglePriority());
  const services = el('div', { class: 'services', role: 'group' });
  const [code, lookup] = [field('code', 'calendar', 'other', () => app.show('code')), field('lookup', 'search', 'other', () => app.lookUp())];
  const paper = el('p', { class: 'paper', role: 'status' });
  const node = el('section', { class: 'screen home' }, title, touch, paper, shut, priority.node, services, el('div', { class: 'others' }, code.node, lookup.node));
  let tiles = [];

  return { node, draw };

  function draw({ looked, words, language, priority: chosen }) {
    const { closed } = looked;
    setText(title, closed ? words.closed : words.ask);
    setText(touch, closed ? '' : words.touch);
    touch.hidden = Boolean(closed);
    drawShut(looked, words, language);
    drawPaper(looked, words);
    priority.node.hidden = Boolean(closed) || looked.priorities.length === 0;
    priority.node.classList.toggle('on', chosen !== null);
    priority.node.setAttribute('aria-pressed', String(chosen !== null));
    if (chosen) priority.say(words.priorityOn, `${words.priorityOnHint} · ${words.priorityOff}`);
    else priority.say(words.priority, words.priorityHint(looked.priorities.map(group => group.label)));
    services.hidden = Boolean(closed);
    services.setAttribute('aria-label', words.services);
    drawServices(looked, words, language);
    code.say(words.code, words.codeHint);
    code.node.hidden = Boolean(closed) && closed.code !== 'outside-hours' && closed.code !== 'after-last-ticket';
    lookup.say(words.lookup, words.lookupHint);
    lookup.node.hidden = !(looked.procedures > 0);
  }

  function drawShut({ closed, opensAt }, words, language) {
    shut.hidden = !closed;
    if (!closed) return;
    const lines = [reasonOf(closed, language), opensAt ? openingOf(opensAt, words, language) : '', words.meanwhile].filter(Boolean);
    if (shut.dataset.key === lines.join()) return;
    shut.dataset.key = lines.join();
    shut.replaceChildren(icon('clock'), el('div', {}, lines.map(line => el('p', {}, line))));
  }

  function drawPaper({ printer, closed }, words) {
    const fault = !closed && printer?.fault;
    paper.hidden = !fault;
    setText(paper, !fault ? '' : fault === 'printer.paper-out' ? words.paperSoon : words.printerSoon);
  }

  function drawServices({ services: all }, words, language) {
    const key = all.map(service => service.code).join();
    if (services.dataset.key !== key) {
      services.dataset.key = key;
      tiles = all.map(({ code: service }) => field(`service-${service}`, service, 'service', () => app.take(service)));
      services.replaceChildren(...tiles.map(tile => tile.node));
      services.classList.toggle('many', all.length > 6);
    }
    all.forEach((service, index) => {
      const { refusal } = service;
      tiles[index].say(labelOf(serviceName(service, language)), refusal ? words.closedService : words.waiting(service.waiting));
      tiles[index].node.classList.toggle('refused', Boolean(refusal));
    });
  }
}

function openingOf(opensAt, words, language) {
  const zone = { timeZone: 'Asia/Ho_Chi_Minh' };
  const date = new Date(opensAt);
  const dayOf = moment => new Intl.DateTimeFormat('en-CA', zone).format(moment);
  const day = dayOf(date) === dayOf(new Date()) ? words.today
    : dayOf(date) === dayOf(new Date(Date.now() + 86400000)) ? words.tomorrow
      : new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'vi-VN', { ...zone, weekday: 'long', day: '2-digit', month: '2-digit' }).format(date);
  return words.opens(day, new Intl.DateTimeFormat('vi-VN', { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date));
}
