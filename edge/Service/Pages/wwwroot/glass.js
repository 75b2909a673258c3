// A 20×4 character LCD, dot by dot as light falls through it.

import { dot } from './glyphs.js';
import { el, setAttribute } from './dom.js';

const COLUMNS = 20;
const ROWS = 4;
const PITCH = 6; // One dot and its gap, in units of the drawing.
const CELL_WIDTH = 5 * PITCH + 5;
const CELL_HEIGHT = 8 * PITCH + 8;
const MARGIN = 16;
const WIDTH = COLUMNS * CELL_WIDTH + 2 * MARGIN - 5;
const HEIGHT = ROWS * CELL_HEIGHT + 2 * MARGIN - 8;

const LOOKS = {
  lit: { top: '#1f54d6', bottom: '#1843b4', cell: '#1c49c2', dot: '#f2f8ff' },
  unlit: { top: '#141c33', bottom: '#10172a', cell: '#131a2f', dot: '#33415f' },
  dead: { top: '#181b22', bottom: '#14171d', cell: '#161a20', dot: '#161a20' },
};

export function createGlass(label) {
  const canvas = el('canvas', { class: 'lcd', role: 'img', width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext('2d');
  let drawn = '';
  return { node: canvas, update };

  function update(board) {
    const look = board.unplugged ? 'dead' : board.backlight ? 'lit' : 'unlit';
    const lines = board.unplugged || !board.on ? Array(ROWS).fill('') : board.lines;
    const scale = Math.min(3, Math.ceil((window.devicePixelRatio || 1) * 1.25));
    const key = JSON.stringify([look, lines, scale]);
    if (key === drawn) return;
    drawn = key;
    canvas.width = WIDTH * scale;
    canvas.height = HEIGHT * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    draw(LOOKS[look], lines);
    const text = lines.map(line => line.trimEnd()).filter(line => line !== '').join('. ');
    setAttribute(canvas, 'aria-label', `${label}: ${board.unplugged ? 'mất điện, không hiện gì' : text || 'không hiện gì'}`);
    canvas.dataset.text = lines.map(line => line.trimEnd()).join('\n');
  }

  function draw(look, lines) {
    const light = pen.createLinearGradient(0, 0, 0, HEIGHT);
    light.addColorStop(0, look.top);
    light.addColorStop(1, look.bottom);
    pen.fillStyle = light;
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    const [ghost, ink] = [new Path2D(), new Path2D()];
    for (let row = 0; row < ROWS; row++) {
      for (let column = 0; column < COLUMNS; column++) {
        const character = lines[row]?.[column] ?? ' ';
        const [left, top] = [MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT];
        for (let y = 0; y < 8; y++) {
          for (let x = 0; x < 5; x++) {
            (dot(character, x, y) ? ink : ghost).rect(left + x * PITCH, top + y * PITCH, PITCH - 0.8, PITCH - 0.8);
          }
        }
      }
    }
    pen.fillStyle = look.cell;
    pen.fill(ghost);
    // Liquid crystal has a little depth: the dots throw a faint shadow on the back.
    pen.shadowColor = 'rgb(0 0 0 / 0.35)';
    pen.shadowOffsetX = pen.shadowOffsetY = 1.5;
    pen.fillStyle = look.dot;
    pen.fill(ink);
    pen.shadowColor = 'transparent';
    pen.shadowOffsetX = pen.shadowOffsetY = 0;
  }
}
