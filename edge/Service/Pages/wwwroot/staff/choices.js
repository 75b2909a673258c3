// A window that asks one thing: large buttons, figures choose, Escape leaves.

import { el } from '/dom.js';

/**
 * @param options { label, note, badge, value, disabled }; at most nine get a figure.
 * @param free Label of a field for words of one's own; null for none.
 * @returns The chosen value, a text from the field, or null.
 */
export function choose({ title, note, options, free = null }) {
  return new Promise(done => {
    let chosen = null;
    const buttons = options.map((option, index) => el('button', { class: 'key', type: 'button', disabled: option.disabled ?? false, onclick: () => take(option.value) },
      option.badge && el('span', { class: 'badge', 'aria-hidden': 'true' }, option.badge),
      el('span', {}, option.label, option.note && [el('br'), el('small', { class: 'soft' }, option.note)]),
      index < 9 && el('kbd', { 'aria-hidden': 'true' }, String(index + 1))));
    const own = free !== null && el('input', { maxlength: free.most ?? 120, id: 'own-words', autocomplete: 'off' });
    const dialog = el('dialog', { 'aria-labelledby': 'choice-title' },
      el('h2', { id: 'choice-title' }, title),
      note && el('p', {}, note),
      el('div', { class: 'choices' }, buttons),
      own && el('form', { onsubmit: event => { event.preventDefault(); if (own.value.trim() !== '') take(own.value.replace(/\s+/g, ' ').trim()); } },
        el('label', { class: 'field', for: 'own-words' }, free.label, own, free.note && el('small', {}, free.note)),
        el('button', { class: 'key', type: 'submit' }, 'Ghi')),
      el('button', { class: 'key', type: 'button', onclick: () => dialog.close() }, 'Không làm gì ', el('small', { lang: 'en' }, 'Cancel'), ' ', el('kbd', { 'aria-hidden': 'true' }, 'Esc')));
    dialog.addEventListener('keydown', event => {
      // The page behind has keys of its own, and by the time they see this one the window may be closed.
      event.stopPropagation();
      const figure = /^(Digit|Numpad)([1-9])$/.exec(event.code)?.[2];
      if (figure === undefined || event.target.tagName === 'INPUT' || event.repeat) return;
      event.preventDefault();
      const button = buttons[Number(figure) - 1];
      if (button !== undefined && !button.disabled) button.click();
    });
    dialog.addEventListener('close', () => { dialog.remove(); done(chosen); });
    document.body.append(dialog);
    dialog.showModal();

    function take(value) {
      chosen = value;
      dialog.close();
    }
  });
}

/** A window that only tells. */
export function tellAll(title, ...content) {
  const dialog = el('dialog', { 'aria-labelledby': 'told-title' }, el('h2', { id: 'told-title' }, title), ...content,
    el('form', { method: 'dialog' }, el('button', { class: 'key' }, 'Đóng ', el('small', { lang: 'en' }, 'Close'), ' ', el('kbd', { 'aria-hidden': 'true' }, 'Esc'))));
  dialog.addEventListener('keydown', event => event.stopPropagation());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
