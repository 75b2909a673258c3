// Logging in with a PIN, where somebody has one.

import { byId, el, setText } from '/dom.js';
import { ask } from './ask.js';

const LAST = 'motcua.name';
let current = { needed: false, readable: true, name: null, role: null, names: [] };
let waiting = null;

/** Whoever is logged in; asks for the PIN first where that is needed and resolves when it was right. */
export async function enter() {
  current = await ask('GET', '/api/session');
  show();
  if (!current.needed || current.name !== null) return current;
  waiting ??= open();
  return waiting;
}

export const session = () => current;

function show() {
  byId('who').hidden = current.name === null;
  setText(byId('who-name'), current.name ?? '');
}

function open() {
  return new Promise(done => {
    const name = el('select', { id: 'log-in-name' }, current.names.map(one => el('option', {}, one)));
    const pin = el('input', { id: 'log-in-pin', type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 8, pattern: '[0-9]*', required: true });
    const told = el('p', { class: 'told', role: 'alert' });
    const send = el('button', { class: 'key strong', type: 'submit' }, 'Đăng nhập ', el('small', { lang: 'en' }, 'Log in'));
    const dialog = el('dialog', { 'aria-labelledby': 'log-in-title', id: 'log-in' },
      el('form', { method: 'dialog', onsubmit: submit },
        el('h2', { id: 'log-in-title' }, 'Đăng nhập bằng mã PIN'),
        el('p', {}, 'Chọn tên của mình rồi nhập mã PIN. ', el('span', { lang: 'en' }, 'Choose your name, then type the PIN.')),
        el('label', { class: 'field', for: 'log-in-name' }, 'Tên', name),
        el('label', { class: 'field', for: 'log-in-pin' }, 'Mã PIN', pin),
        told, send));
    // There is nothing behind it that could be used without logging in.
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.addEventListener('close', () => { if (waiting !== null) dialog.showModal(); });
    name.value = current.names.find(one => one === localStorage.getItem(LAST)) ?? current.names[0] ?? '';
    if (!current.readable) tell('Máy không đọc được danh sách mã PIN; nhờ người quản trị chạy: edge clerk list.');
    document.body.append(dialog);
    dialog.showModal();
    pin.focus();

    function tell(text) {
      setText(told, text);
      told.classList.toggle('bad', text !== '');
    }

    async function submit(event) {
      event.preventDefault();
      send.disabled = true;
      tell('');
      try {
        current = await ask('POST', '/api/session', { body: { name: name.value, pin: pin.value } });
        localStorage.setItem(LAST, name.value);
        waiting = null;
        dialog.close();
        dialog.remove();
        show();
        done(current);
      } catch (refusal) {
        tell(refusal.message);
        pin.value = '';
      }
      send.disabled = false;
      pin.focus();
    }
  });
}

/** Lets «Thoát» end the session and the page begin anew. */
export function offerLeaving() {
  byId('leave').addEventListener('click', async () => {
    await ask('DELETE', '/api/session').catch(() => {});
    location.reload();
  });
}
