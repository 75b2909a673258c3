// A board as the edge draws it from its chip: a picture that is fetched again whenever its glass changed.

import { el, setAttribute } from './dom.js';

export function createPhoto(label) {
  const node = el('img', { class: 'photo', alt: label, decoding: 'async', draggable: 'false' });
  return { node, update };

  function update(board) {
    const text = board.unplugged || !board.on ? '' : board.text.trim();
    setAttribute(node, 'src', board.picture);
    setAttribute(node, 'alt', `${label}: ${text || 'tối, không hiện gì'}`);
    setAttribute(node, 'data-text', text);
  }
}
