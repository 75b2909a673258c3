// Every word of a pack, in the order of recording.

import { el } from './dom.js';

const GROUPS = [['phrase', 'Câu'], ['number', 'Số'], ['letter', 'Chữ cái'], ['optional', 'Không bắt buộc']];
const STATES = { missing: 'chưa ghi', recorded: 'đã ghi', given: 'có sẵn trong gói' };
const MARKS = { missing: '○', recorded: '●', given: '◐' };

const groupOf = clip => clip.optional ? 'optional' : clip.group;

/** The words in the order in which the list shows them. */
export const inOrder = clips => GROUPS.flatMap(([group]) => clips.filter(clip => groupOf(clip) === group));

/** @param chosen Called with the name of a word. */
export function createWords(list, chosen) {
  return { show };

  function show(clips, current) {
    const key = JSON.stringify([clips, current]);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...GROUPS.map(([group, title]) => [title, clips.filter(clip => groupOf(clip) === group)]).filter(([, some]) => some.length > 0).map(([title, some]) =>
      el('section', {}, el('h3', {}, title), el('ul', {}, some.map(clip => el('li', {}, button(clip, clip.name === current)))))));
    list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  function button(clip, current) {
    return el('button', {
      type: 'button', class: clip.state, 'data-word': clip.name, 'aria-current': current ? 'true' : null,
      'aria-label': `${clip.words}: ${STATES[clip.state]}`, title: [STATES[clip.state], clip.note].filter(Boolean).join(' · '), onclick: () => chosen(clip.name),
    }, el('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[clip.state]), clip.words);
  }
}
