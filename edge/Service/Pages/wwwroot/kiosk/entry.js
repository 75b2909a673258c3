// A code or a number, typed with large keys; a keyboard and a scanner work as well.

import { el, setText } from '/dom.js';
import { icon } from './icons.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FIGURES = '1234567890';

/**
 * @param kind Such as <c>code</c>: what the words of it are called.
 * @param go Called with what was typed.
 */
export function createEntry(app, kind, longest, go) {
  const [title, how] = [el('h1', { id: `${kind}-title` }), el('p', { class: 'touch' })];
  const input = el('input', { type: 'text', class: 'entry', 'aria-labelledby': `${kind}-title`, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: longest, inputmode: 'none' });
  const [erase, confirm, back] = [
    el('button', { type: 'button', class: 'key wide', onclick: () => type(input.value.slice(0, -1)) }, icon('erase')),
    el('button', { type: 'button', class: 'action main', 'data-field': `${kind}-go`, onclick: send }),
    el('button', { type: 'button', class: 'action', 'data-field': 'back', onclick: () => app.home() }),
  ];
  const key = letter => el('button', { type: 'button', class: 'key', onclick: () => type(input.value + letter) }, letter);
  const keys = el('div', { class: 'keys', role: 'group' }, [...FIGURES].map(key), [...LETTERS].map(key), key('-'), erase);
  const trouble = el('p', { class: 'trouble', role: 'alert' });
  const node = el('section', { class: 'screen typing' }, title, how, input, trouble, keys, el('div', { class: 'actions' }, back, confirm));
  input.addEventListener('keydown', event => { if (event.key === 'Enter') send(); });
  input.addEventListener('input', () => type(input.value));

  return { node, draw, open, type, complain };

  function open() {
    type('');
    input.focus();
  }

  function type(text) {
    input.value = text.toUpperCase().slice(0, longest);
    setText(trouble, '');
    confirm.disabled = input.value === '';
  }

  function complain(text) { setText(trouble, text); }

  function send() { if (input.value !== '') go(input.value); }

  function draw({ words }) {
    setText(title, words[`${kind}Ask`]);
    setText(how, words[`${kind}How`]);
    setText(confirm, words[`${kind}Go`]);
    setText(back, words.back);
    keys.setAttribute('aria-label', words[`${kind}Ask`]);
    erase.setAttribute('aria-label', words.erase);
  }
}
