// The ticket panel, the slip it prints, and the keys of the counters.

import { el, setText, svg } from './dom.js';
import { dayOf, minuteOf } from './words.js';

const ICONS = {
  'chung-thuc': 'M9 3h6v5l2 4H7l2-4zM5 12h14v5H5zM5 21h14',
  'ho-tich': 'M9 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20v-2a6 6 0 0 1 12 0v2M17 12a2.4 2.4 0 1 0 0-4.8M17 15a5 5 0 0 1 4 5',
  'dat-dai': 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  'ho-tro-truc-tuyen': 'M3 4h18v12H3zM8 21h8M12 16v5M12 13V7.5M9.5 9.5 12 7l2.5 2.5',
  'dang-ky-kinh-doanh': 'M4 10h16v10H4zM4 10l2-6h12l2 6M10 20v-6h4v6',
  'bao-tro-xa-hoi': 'M12 20C6 16 3 13 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 4-3 7-9 11z',
  'bao-hiem': 'M12 3l8 3v6c0 4.5-3.2 7.5-8 9-4.8-1.5-8-4.5-8-9V6zM9 12l2 2 4-4',
  'cu-tru': 'M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6',
};
const OTHER = 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7';
const KEYS = { next: 'Gọi tiếp', recall: 'Gọi lại', done: 'Xong' };

/**
 * A mouse presses when it goes down, as a finger does on a real button; touch (which may scroll) and the keyboard press on click.
 * A button that can be held stays down until mouse or finger leave it.
 */
function pressable(button, id, hand, holds) {
  let byMouse = false;
  const press = () => hand.press(id);
  if (holds) return holdable(button, id, hand, press);
  button.addEventListener('pointerdown', event => {
    byMouse = event.pointerType === 'mouse' && event.button === 0;
    if (byMouse) go();
  });
  button.addEventListener('click', event => {
    if (byMouse && event.detail > 0) byMouse = false;
    else go();
  });
  function go() {
    // Feedback at once; the lamp and the level come from the wire a moment later.
    button.classList.add('touched');
    setTimeout(() => button.classList.remove('touched'), 160);
    press();
  }
  return button;
}

function holdable(button, id, hand, press) {
  button.classList.add('holdable');
  let touched = null; // The press that is going on: the release must not overtake it.
  const leave = () => {
    touched?.then(() => hand.release(id));
    touched = null;
    button.classList.remove('touched');
  };
  button.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    button.classList.add('touched');
    // A finger stays a tenth of a second at least; a shorter touch is no press on a real button either.
    touched = Promise.all([hand.hold(id), new Promise(resolve => setTimeout(resolve, 100))]);
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) button.addEventListener(end, leave);
  button.addEventListener('contextmenu', event => event.preventDefault());
  button.addEventListener('click', event => { if (event.detail === 0) press(); }); // The keyboard.
  return button;
}

export function createTickets(centre, hand) {
  const tickets = centre.buttons.filter(button => button.action === 'ticket').map(button => {
    const [count, next] = [el('b', { class: 'count' }, '0'), el('span', { class: 'next' })];
    const series = el('span', { class: 'series', 'aria-hidden': 'true' });
    const node = pressable(
      el('button', { type: 'button', class: 'ticket', 'data-button': button.id },
        el('span', { class: 'lamp' }), svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: ICONS[button.service] ?? OTHER })),
        el('span', { class: 'label' }, button.label, next, button.hold ? el('span', { class: 'hold' }, `Giữ lâu: ${button.hold}`) : ''), el('span', { class: 'waiting' }, count, el('span', {}, 'đang chờ')), series),
      button.id, hand, button.hold != null);
    return { button, node, count, next, series };
  });
  return {
    nodes: tickets.map(ticket => ticket.node),
    light(buttons) {
      for (const { button, node } of tickets) showLevel(node, buttons.get(button.id));
    },
    show(queue) {
      for (const { button, count, next, series } of tickets) {
        const service = queue.services.find(one => one.code === button.service);
        setText(count, String(service?.waiting ?? 0));
        setText(series, service?.series ?? '');
        const coming = service?.next.slice(0, 4).join(' · ') ?? '';
        setText(next, coming === '' ? 'Chưa có người chờ' : coming + (service.waiting > 4 ? ' …' : ''));
      }
    },
  };
}

export function createCounters(centre, hand) {
  const numbers = [...new Set(centre.buttons.map(button => button.counter).filter(counter => counter != null))];
  const counters = numbers.map(number => {
    const [signs, ticket, note, services] = [el('div', { class: 'signs' }), el('p', { class: 'serving' }), el('p', { class: 'note' }), el('p', { class: 'serves' })];
    const refusal = el('p', { class: 'note', role: 'status' });
    const keys = centre.buttons.filter(button => button.counter === number).map(button => ({
      button,
      node: pressable(
        el('button', { type: 'button', class: `key ${button.action}`, 'data-button': button.id, 'aria-label': button.label }, el('span', { class: 'lamp' }), KEYS[button.action] ?? button.action),
        button.id, hand, button.hold != null),
    }));
    const node = el('article', { class: 'counter', 'aria-label': `Quầy ${number}`, 'data-counter': number },
      el('h3', {}, 'Quầy ', el('b', {}, String(number))), signs, ticket, note, services, refusal, el('div', { class: 'keys' }, keys.map(key => key.node)));
    return { number, node, signs, ticket, note, services, refusal, keys };
  });
  return {
    nodes: counters.map(counter => counter.node),
    hangs: number => counters.some(counter => counter.number === number),
    hang: (number, board) => counters.find(counter => counter.number === number).signs.append(board),
    light(buttons) {
      for (const { refusal, keys } of counters) {
        for (const { button, node } of keys) showLevel(node, buttons.get(button.id));
        setText(refusal, keys.map(({ button }) => buttons.get(button.id).refusal).find(why => why) ?? '');
      }
    },
    show(queue) {
      for (const { number, node, ticket, note, services } of counters) {
        const now = queue.counters.find(counter => counter.number === number);
        if (!now) continue;
        setText(ticket, now.ticket ?? '– – –');
        setText(note, now.ticket ? `${now.stage === 'serving' ? 'đang phục vụ' : now.calls > 1 ? `gọi lần ${now.calls}` : 'đang gọi'}, từ ${minuteOf(now.calledAt)}` : 'chưa gọi số nào');
        setText(services, now.services.map(code => queue.services.find(service => service.code === code)?.name ?? code).join(' · '));
        node.classList.toggle('busy', now.ticket != null);
      }
    },
  };
}

function showLevel(node, button) {
  node.title = button.refusal ?? (button.hold ? `Giữ lâu: ${button.hold}` : '');
  node.classList.toggle('down', button.down);
  node.classList.toggle('lit', button.lit === true);
  node.classList.toggle('lampless', button.lit === null);
}

/** A ticket as the printer would give it. */
export function slipOf(event, place, service, justNow) {
  const { number, ahead } = event.data;
  return el('article', { class: justNow ? 'slip printing' : 'slip', 'data-number': number },
    el('p', { class: 'head' }, 'Trung tâm Phục vụ hành chính công', el('br'), el('b', {}, place)),
    el('p', { class: 'caption' }, 'Số thứ tự'), el('p', { class: 'number' }, number),
    el('dl', {},
      [['Lĩnh vực', service], ['Số người chờ trước', String(ahead)], ['Giờ lấy số', `${minuteOf(event.time)} ${dayOf(event.time)}`]]
        .map(([label, value]) => el('div', {}, el('dt', {}, label), el('dd', {}, value)))),
    el('p', { class: 'foot' }, 'Vui lòng chờ gọi số'));
}
