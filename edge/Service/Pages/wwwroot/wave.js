// A take as a picture: where it is loud, where it is silent, and where it touches the top.

import { setAttribute } from './dom.js';
import { peakOf } from './tape.js';

const TOUCHES = 0.99;

/** @param take Null clears the picture. */
export function drawWave(canvas, take) {
  const pen = canvas.getContext('2d');
  const { width, height } = canvas;
  const colour = name => getComputedStyle(canvas).getPropertyValue(name);
  pen.clearRect(0, 0, width, height);
  pen.fillStyle = colour('--line');
  pen.fillRect(0, height / 2 - 0.5, width, 1);
  if (take === null) {
    setAttribute(canvas, 'aria-label', 'Chưa có bản ghi');
    return;
  }
  const { samples, rate } = take;
  for (let x = 0; x < width; x++) {
    const peak = peakOf(samples.subarray(Math.floor(x * samples.length / width), Math.max(1, Math.floor((x + 1) * samples.length / width))));
    pen.fillStyle = colour(peak >= TOUCHES ? '--bad' : '--info');
    const half = Math.max(0.5, peak * height / 2);
    pen.fillRect(x, height / 2 - half, 1, 2 * half);
  }
  setAttribute(canvas, 'aria-label', `Bản ghi dài ${(samples.length / rate).toFixed(1).replace('.', ',')} giây, chỗ to nhất ${Math.round(peakOf(samples) * 100)} %`);
}
