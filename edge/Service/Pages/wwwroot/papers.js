// The papers that fell out of the printer, as its bytes were decoded.

import { el } from './dom.js';
import { clockOf } from './words.js';

export function createPapers(node) {
  return { show };

  function show(printer) {
    node.hidden = !printer || printer.papers.length === 0;
    const key = JSON.stringify(printer?.papers ?? []);
    if (node.dataset.key === key) return;
    node.dataset.key = key;
    node.replaceChildren(...[...(printer?.papers ?? [])].reverse().map(paper => el('a', {
      href: paper.url, target: '_blank', rel: 'noopener', 'data-paper': paper.id, title: `Phiếu in lúc ${clockOf(paper.at)}`,
    }, el('img', { src: paper.url, width: paper.width, height: paper.height, alt: `Phiếu giấy in lúc ${clockOf(paper.at)}` }))));
  }
}
