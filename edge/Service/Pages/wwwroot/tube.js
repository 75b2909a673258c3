// A television of the hall: its real page, small. One that is switched off opens no page.

import { el } from './dom.js';

export function createTv(label, page) {
  const screen = el('iframe', { title: label, src: page, tabindex: '-1' });
  const node = el('div', { class: 'glass' });
  const link = el('a', { href: page, target: '_blank', rel: 'noopener', title: 'Mở trang của TV trong cửa sổ riêng' }, page);
  return { node, link, update };

  function update(tv) {
    if (tv.unplugged) screen.remove();
    else if (!screen.isConnected) node.append(screen);
  }
}
