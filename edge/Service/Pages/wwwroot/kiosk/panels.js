// Smaller screens: which priority, a word of the machine, and the moment in which a number is on its way.

import { el, setText } from '/dom.js';
import { icon } from './icons.js';
import { labelOf } from './words.js';

const ENGLISH = {
  'nguoi-cao-tuoi': 'Elderly (60 years or more)', 'nguoi-khuyet-tat': 'Disabled', 'phu-nu-mang-thai': 'Pregnant', 'con-nho': 'With a small child', 'nguoi-co-cong': 'Person of merit',
};

export function createGroups(app) {
  const [title, why] = [el('h1', {}), el('p', { class: 'touch' })];
  const list = el('div', { class: 'groups', role: 'group' });
  const none = el('button', { type: 'button', class: 'action', 'data-field': 'no-priority', onclick: () => app.choosePriority(null) });
  const node = el('section', { class: 'screen choice' }, title, why, list, el('div', { class: 'actions' }, none));

  return { node, draw, open: () => list.firstElementChild?.focus() };

  function draw({ looked, words, language }) {
    setText(title, words.priorityAsk);
    setText(why, words.priorityWhy);
    setText(none, words.priorityNone);
    list.setAttribute('aria-label', words.priorityAsk);
    const key = language + looked.priorities.map(group => group.group + group.label).join();
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...looked.priorities.map(({ group, label }) => el('button', { type: 'button', class: 'field group', 'data-group': group, onclick: () => app.choosePriority(group) },
      icon('star'), el('span', { class: 'words' }, el('span', { class: 'title' }, (language === 'en' && ENGLISH[group]) || labelOf(label))))));
  }
}

/** A sentence and what to do. */
export function createTold(app) {
  const [picture, title, text] = [el('div', { class: 'picture' }), el('h1', {}), el('p', { class: 'text' })];
  const [more, home] = [el('button', { type: 'button', class: 'action' }), el('button', { type: 'button', class: 'action main', 'data-field': 'home', onclick: () => app.home() })];
  const node = el('section', { class: 'screen told', role: 'alert' }, picture, title, text, el('div', { class: 'actions' }, more, home));
  let act = null;
  more.addEventListener('click', () => act?.());

  return { node, draw, open: () => home.focus() };

  function draw({ told, words }) {
    if (!told) return;
    const { tone, name, head, body, extra, run, homeText } = told(words);
    if (picture.dataset.name !== name) picture.replaceChildren(icon(name));
    picture.dataset.name = name;
    node.dataset.tone = tone;
    setText(title, head);
    setText(text, body ?? '');
    more.hidden = !extra;
    setText(more, extra ?? '');
    act = run;
    setText(home, homeText ?? words.home);
  }
}

export function createTaking() {
  const [title, text] = [el('h1', {}), el('p', { class: 'text' })];
  const node = el('section', { class: 'screen taking', role: 'status' }, el('div', { class: 'ring', 'aria-hidden': 'true' }), title, text);

  return { node, draw({ words, late }) { setText(title, words.taking); setText(text, late ? words.takingLong : ''); } };
}
