// An eight-digit LED sign from the raw segment bytes, bits DP A B C D E F G from the highest.

import { setAttribute, svg } from './dom.js';

const DIGIT_WIDTH = 64;
const HEIGHT = 100;
// A to G clockwise from the top, then the middle; each a bar with pointed ends, as in the usual modules.
const SHAPES = [
  '16,10 21,5 43,5 48,10 43,15 21,15',
  '50,12 55,17 55,42 50,48 45,42 45,17',
  '50,52 55,58 55,83 50,88 45,83 45,58',
  '16,90 21,85 43,85 48,90 43,95 21,95',
  '14,52 19,58 19,83 14,88 9,83 9,58',
  '14,12 19,17 19,42 14,48 9,42 9,17',
  '16,50 21,45 43,45 48,50 43,55 21,55',
];

export function createSign(label, digits = 8) {
  const places = Array.from({ length: digits }, (_, place) => {
    const bars = SHAPES.map(points => svg('polygon', { points, class: 'segment' }));
    const point = svg('circle', { cx: 60, cy: 90, r: 4, class: 'segment' });
    return { point, bars, group: svg('g', { transform: `translate(${place * DIGIT_WIDTH + 12} 0) skewX(-5)` }, point, bars) };
  });
  const node = svg('svg', { class: 'led', viewBox: `0 0 ${digits * DIGIT_WIDTH + 16} ${HEIGHT}`, role: 'img' }, places.map(place => place.group));
  return { node, update };

  function update(board) {
    places.forEach(({ point, bars }, place) => {
      const byte = board.unplugged ? 0 : board.segments[place] ?? 0;
      light(point, byte & 0x80);
      bars.forEach((bar, index) => light(bar, byte & (0x40 >> index)));
    });
    const text = board.unplugged ? '' : board.text.trim();
    setAttribute(node, 'aria-label', `${label}: ${text || 'tối, không hiện gì'}`);
    setAttribute(node, 'data-text', text);
  }
}

function light(segment, lit) {
  setAttribute(segment, 'class', lit ? 'segment lit' : 'segment');
}
