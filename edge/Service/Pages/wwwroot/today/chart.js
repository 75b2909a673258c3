// How many waited over the day, as an area whose steps are five minutes. The same stands beside it as a table.

import { el, svg } from '/dom.js';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [1000, 220, 34, 26, 10];

const minuteOf = at => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
const clockOf = minute => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

export function chart(points) {
  if (points.length === 0) return el('p', {}, 'Hôm nay chưa có ai lấy số.');
  const most = Math.max(4, ...points.map(point => point.waiting));
  const [from, to] = [minuteOf(points[0].at), minuteOf(points[points.length - 1].at) + 5];
  const span = Math.max(60, to - from);
  const x = minute => LEFT + (WIDTH - LEFT - 6) * (minute - from) / span;
  const y = waiting => TOP + (HEIGHT - TOP - BOTTOM) * (1 - waiting / most);
  const line = points.map(point => `H${x(minuteOf(point.at)).toFixed(1)}V${y(point.waiting).toFixed(1)}`).join('');
  const edge = `M${x(from)} ${y(points[0].waiting).toFixed(1)}${line}H${x(to).toFixed(1)}`;
  const highest = points.reduce((best, point) => point.waiting > best.waiting ? point : best);
  const rise = Math.max(1, Math.ceil(most / 4));
  const every = span > 360 ? 60 : span > 150 ? 30 : 15;
  const marks = [];
  for (let value = 0; value <= most; value += rise) marks.push(svg('line', { class: 'grid', x1: LEFT, x2: WIDTH - 6, y1: y(value), y2: y(value) }), svg('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, String(value)));
  for (let minute = Math.ceil(from / every) * every; minute <= from + span - every / 4; minute += every) marks.push(svg('text', { x: x(minute), y: HEIGHT - 6, 'text-anchor': 'middle' }, clockOf(minute)));
  return svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `Số người chờ từ ${points[0].at}: nhiều nhất ${highest.waiting} người lúc ${highest.at}, hiện nay ${points[points.length - 1].waiting} người.` },
    ...marks, svg('path', { class: 'area', d: `${edge}V${y(0)}H${x(from)}Z` }), svg('path', { class: 'edge', d: edge }));
}
