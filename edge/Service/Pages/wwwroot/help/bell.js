// A bell that a phone lets a page ring only after somebody has touched it once.

import { setAttribute } from '/dom.js';

const NOTES = [880, 1175, 880];

export function createBell(button) {
  let audio = null;
  button.addEventListener('click', () => {
    audio ??= new AudioContext();
    const on = button.getAttribute('aria-pressed') !== 'true';
    setAttribute(button, 'aria-pressed', on);
    button.firstChild.nodeValue = on ? 'Đang bật chuông ' : 'Bật chuông báo ';
    if (on) {
      audio.resume();
      sound();
    }
  });

  function sound() {
    NOTES.forEach((pitch, index) => {
      const [tone, level, at] = [audio.createOscillator(), audio.createGain(), audio.currentTime + index * 0.22];
      tone.frequency.value = pitch;
      level.gain.setValueAtTime(0.25, at);
      level.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
      tone.connect(level).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.2);
    });
  }

  return {
    ring() {
      document.documentElement.dataset.rings = String(Number(document.documentElement.dataset.rings ?? 0) + 1);
      if (button.getAttribute('aria-pressed') !== 'true') return;
      sound();
      // Only some phones can, and only where the page was touched.
      navigator.vibrate?.([300, 150, 300]);
    },
  };
}
