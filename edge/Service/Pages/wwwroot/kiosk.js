// The ticket panel, the slip it prints, and the keys of the counters.

import { el, setText } from './dom.js';
import { icon } from './kiosk/icons.js';
import { dayOf, minuteOf } from './words.js';

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
        el('span', { class: 'lamp' }), icon(button.service),
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
