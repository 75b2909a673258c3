// Simulated cameras: the drawn hall that each one films, and what the edge makes of it. Of real cameras there is no picture here.

import { el, setAttribute, setText } from './dom.js';

const FILLED = { unknown: 'chưa rõ', empty: 'vắng', normal: 'vừa', full: 'đông' };

export function createCamera(camera) {
  const image = el('img', { alt: `Hình vẽ mà ${camera.name} đang quay`, decoding: 'async', draggable: 'false' });
  const values = el('p', { class: 'values' });
  const node = el('div', { class: 'scene' }, image, values);
  return { node, update };

  function update({ picture, seen, knobs }) {
    setAttribute(image, 'src', picture);
    node.parentElement?.classList.toggle('dead', knobs.cut);
    setText(values, describe(seen));
  }
}

const aged = seconds => seconds >= 120 ? `${Math.round(seconds / 60)} phút` : `${seconds} s`;

function describe(seen) {
  if (!seen?.measures) return 'máy chưa xem hình nào';
  const { brightness, alike, lost, sharpness, same, noise } = seen.measures;
  const share = value => `${Math.round(value * 100)} %`;
  return [
    `${seen.codec ?? ''} ${seen.size ?? ''}`.trim(), `hình cách đây ${Math.round(seen.pictureAgeSeconds)} s`, `sáng ${Math.round(brightness)}`, `nhiễu ${noise.toFixed(1)}`,
    `giống ${share(alike)}`, `mất nét ${share(lost)}`, `nét ${sharpness.toFixed(2)}`, `trùng ${share(same)}`, `phòng ${FILLED[seen.occupancy] ?? seen.occupancy}`,
    ...(seen.decibels == null ? [] : [`tiếng ${seen.decibels} dB`]), ...(seen.newestRecordingAgeSeconds == null ? [] : [`ghi hình cách đây ${aged(seen.newestRecordingAgeSeconds)}`]), ...(seen.knowsScene ? [] : ['đang làm quen khung cảnh']),
  ].join(' · ');
}
