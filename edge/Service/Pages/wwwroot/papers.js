// The papers that fell out of the printer, as its bytes were decoded.

import { el } from './dom.js';
import { clockOf } from './words.js';

/** @param slip The drawn slip of a centre without a printer; a real paper takes its place. */
export function createPapers(node, slip) {
  return { show };

  function show(printer) {
    node.hidden = !printer || printer.papers.length === 0;
    slip.classList.toggle('beside', !node.hidden);
    const key = JSON.stringify(printer?.papers ?? []);
    if (node.dataset.key === key) return;
    node.dataset.key = key;
    const drawn = new Set([...node.children].map(child => child.dataset.paper));
    node.replaceChildren(...(printer?.papers ?? []).toReversed().map(paper => el('a', {
      href: paper.url, target: '_blank', rel: 'noopener', class: drawn.has(String(paper.id)) ? null : 'fresh', 'data-paper': paper.id, title: `Phiếu in lúc ${clockOf(paper.at)}`,
    }, el('img', { src: paper.url, width: paper.width, height: paper.height, alt: `Phiếu giấy in lúc ${clockOf(paper.at)}` }))));
  }
}
