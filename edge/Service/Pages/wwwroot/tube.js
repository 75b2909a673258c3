// A television of the hall: its real page, small. One that is switched off opens no page.

import { el } from './dom.js';

/** @param live False: only its address. A browser opens six lines to one host, and each television holds one. */
export function createTv(label, page, live) {
  const screen = el('iframe', { title: label, src: page, tabindex: '-1' });
  const node = el('div', { class: 'glass' });
  const link = el('a', { href: page, target: '_blank', rel: 'noopener', title: 'Mở trang của TV trong cửa sổ riêng' }, page);
  return { node, link, update };

  function update(tv) {
    if (tv.unplugged || !live) screen.remove();
    else if (!screen.isConnected) node.append(screen);
  }
}
