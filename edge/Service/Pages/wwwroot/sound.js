// The hall's loudspeaker in the browser: new sounds in their order, once the person let the page be heard.

import { el, setAttribute, setText } from './dom.js';
import { clockOf } from './words.js';

/** The room hears one sound after another; more than this waiting here means that the tab slept, and old calls help nobody. */
const MOST_WAITING = 3;

export function createSound(button, list, stateText) {
  const waiting = [];
  let on = false;
  let player = null;
  let newest = null;

  button.addEventListener('click', () => {
    on = !on;
    setAttribute(button, 'aria-pressed', on);
    setText(button, on ? 'Tắt loa' : 'Bật loa');
    if (!on) silence();
  });
  return { update, isOn: () => on };

  function update(speaker) {
    const last = speaker.heard.at(-1)?.id ?? 0;
    // A restarted edge counts from 1 again; what was there before the page came is not played.
    if (newest === null || last < newest) newest = newest === null ? last : 0;
    for (const sound of speaker.heard.filter(one => one.id > newest)) enqueue(sound);
    newest = last;
    if (speaker.unplugged || speaker.silent) silence();
    setText(stateText, speaker.unplugged ? 'đã rút dây' : speaker.silent ? 'loa câm: phát mà không ai nghe thấy' : on ? 'đang phát qua trình duyệt' : 'bấm «Bật loa» để nghe');
    draw([...speaker.heard].reverse());
  }

  function enqueue(sound) {
    if (!on) return;
    waiting.push(sound.url);
    waiting.splice(0, waiting.length - MOST_WAITING);
    if (!player) playNext();
  }

  function playNext() {
    const url = waiting.shift();
    player = url === undefined ? null : play(url, playNext);
  }

  function play(url, ended) {
    const audio = new Audio(url);
    audio.addEventListener('ended', ended);
    audio.addEventListener('error', ended);
    audio.play().catch(ended);
    return audio;
  }

  function silence() {
    waiting.length = 0;
    player?.pause();
    player = null;
  }

  function draw(sounds) {
    const key = JSON.stringify(sounds);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    if (sounds.length === 0) {
      list.replaceChildren(el('li', { class: 'empty' }, 'Chưa có lời gọi nào.'));
      return;
    }
    list.replaceChildren(...sounds.map(sound => el('li', { class: sound.playing ? 'playing' : null, 'data-sound': sound.id },
      el('button', { type: 'button', class: 'again', 'aria-label': `Nghe: ${sound.text}`, title: 'Nghe', onclick: () => { silence(); player = play(sound.url, playNext); } }),
      el('span', { class: 'text' }, sound.text),
      el('span', { class: 'when' }, sound.playing ? 'đang đọc' : clockOf(sound.at)))));
  }
}
