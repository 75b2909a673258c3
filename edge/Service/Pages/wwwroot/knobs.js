// Devices with their state, what to do about a fault, and the knobs that break and mend them.

import { el, setAttribute, setText } from './dom.js';
import { STATES } from './words.js';

const BOARD_KNOBS = [['unplugged', 'Rút dây'], ['nack', 'NACK'], ['brown-out', 'Sụt nguồn', true], ['garbage', 'Nhiễu', true]];
const EXPANDER_KNOBS = [['unplugged', 'Rút dây'], ['interrupt-cut', 'Đứt dây INT'], ['brown-out', 'Sụt nguồn', true], ['garbage', 'Nhiễu', true]];

/** Nobody can deny an answer who never gives one: SPI has none. */
const knobsOf = chip => BOARD_KNOBS.filter(([knob]) => knob !== 'nack' || !chip.startsWith('max7219'));

/** A line of an expander is watched by its chip, which the expander's own knobs disturb. */
const fingerKnobs = line => [['stuck', 'Kẹt'], ['noise', 'Nhiễu', true]].filter(([knob]) => knob !== 'noise' || !line.includes('/'));

const PRINTER_KNOBS = [
  ['unplugged', 'Rút dây'], ['paper-out', 'Hết giấy'], ['near-end', 'Sắp hết giấy'], ['cover-open', 'Mở nắp'], ['cutter', 'Kẹt dao'],
  ['offline', 'Ngoại tuyến'], ['rubbish', 'Trả lời sai'], ['slow', 'Chậm'],
];

const CAMERA_KNOBS = [['cut', 'Rút dây'], ['hangs', 'Treo'], ['covered', 'Che'], ['black', 'Tắt đèn'], ['blurred', 'Mờ'], ['moved', 'Xoay'], ['frozen', 'Đứng hình'], ['muted', 'Tắt mic'], ['unkept', 'Ngừng ghi'], ['crowd', 'Đông người']];

/** Parts of the program speak up only when something is wrong. */
const QUIET = new Set(['journal', 'edge']);

/** @param turn Called with device, fault and its new state. */
export function createDevices(centre, nameOf, turn) {
  const rows = new Map();
  const row = (device, knobs) => {
    const one = createRow(device, nameOf(device), knobs, turn);
    rows.set(device, one);
    return one.node;
  };
  const buttons = centre.buttons.map(button => row(button.id, fingerKnobs(button.line)));
  const count = el('span', { class: 'many' });
  const group = el('details', { class: 'buttons' }, el('summary', {}, `Nút bấm (${buttons.length})`, count), buttons);
  const nodes = [
    ...centre.boards.map(board => row(board.id, knobsOf(board.chip))),
    ...centre.tvs.map(tv => row(tv.id, [['unplugged', 'Tắt TV']])),
    ...centre.expanders.map(expander => row(expander.id, EXPANDER_KNOBS)),
    ...(centre.printer ? [row(centre.printer.id, PRINTER_KNOBS)] : []),
    row('speaker', [['unplugged', 'Rút dây'], ['hangs', 'Treo'], ['silent', 'Loa câm']]),
    ...(centre.microphone ? [row('microphone', [['unplugged', 'Rút dây'], ['deaf', 'Điếc']])] : []),
    ...centre.cameras.flatMap(camera => camera.roles.map(role => row(role.device, role.device === camera.id ? CAMERA_KNOBS.filter(([knob]) => knob in camera.knobs) : []))),
    ...centre.recorders.map(recorder => row(recorder.id, recorder.simulated ? [['cut', 'Rút dây'], ['disk-failed', 'Hỏng ổ cứng']] : [])),
    row('uplink', [['cut', 'Cắt đường truyền']]),
    ...centre.neighbours.map(neighbour => row(neighbour.id, [])), // Real ones: nothing here breaks them.
    group,
    ...['journal', 'speech', 'edge'].map(part => row(part, [])),
  ];

  return { nodes, showKnobs, showHealth };

  function showKnobs(picture) {
    for (const board of picture.boards) rows.get(board.id)?.set({ unplugged: board.unplugged, nack: board.nack });
    for (const expander of picture.expanders) rows.get(expander.id)?.set({ unplugged: expander.unplugged, 'interrupt-cut': expander.interruptCut });
    for (const tv of picture.tvs) rows.get(tv.id)?.set({ unplugged: tv.unplugged });
    for (const button of picture.buttons) rows.get(button.id)?.set({ stuck: button.stuck });
    if (picture.printer) rows.get(picture.printer.id)?.set(picture.printer.knobs);
    rows.get('speaker').set({ unplugged: picture.speaker.unplugged, hangs: picture.speaker.hangs, silent: picture.speaker.silent });
    if (picture.microphone) rows.get('microphone')?.set(picture.microphone);
    for (const camera of picture.cameras) rows.get(camera.id)?.set(camera.knobs);
    for (const recorder of picture.recorders) rows.get(recorder.id)?.set({ cut: recorder.cut, 'disk-failed': recorder.diskFailed });
    rows.get('uplink').set({ cut: picture.uplinkCut });
  }

  function showHealth(health) {
    const known = new Map(health.devices.map(device => [device.device, device]));
    for (const [device, one] of rows) one.show(known.get(device), device === 'uplink' ? health.uplink : null);
    const broken = centre.buttons.filter(button => isFaulty(known.get(button.id))).length;
    setText(count, broken === 0 ? '' : `${broken} nút có lỗi`);
    if (broken > 0 && !group.classList.contains('faulty')) group.open = true;
    group.classList.toggle('faulty', broken > 0);
  }
}

export const isFaulty = device => device != null && device.state !== 'ready';

function createRow(device, name, knobs, turn) {
  const state = el('span', { class: 'state' });
  const fault = el('div', { class: 'fault', hidden: true });
  const switches = new Map();
  const controls = knobs.map(([knob, label, once]) => {
    const control = el('button', {
      type: 'button', class: once ? 'once' : 'switch', role: once ? null : 'switch', 'aria-checked': once ? null : 'false',
      'aria-label': `${name}: ${label}`, 'data-fault': knob,
      onclick: () => turn(device, knob, once || control.getAttribute('aria-checked') !== 'true'),
    }, label);
    if (!once) switches.set(knob, control);
    return control;
  });
  const node = el('div', { class: 'device', 'data-device': device, 'data-state': 'unknown' },
    el('span', { class: 'dot', 'aria-hidden': 'true' }), el('span', { class: 'name' }, name), state, el('div', { class: 'knobs' }, controls), fault);
  return { node, set, show };

  function set(states) {
    for (const [knob, on] of Object.entries(states)) {
      const control = switches.get(knob);
      if (control) setAttribute(control, 'aria-checked', on);
    }
  }

  function show(known, uplink) {
    const now = known?.state ?? (QUIET.has(device) ? 'ready' : 'unknown');
    setAttribute(node, 'data-state', uplink?.configured && !known ? (uplink.online ? 'ready' : 'degraded') : now);
    setText(state, uplink ? uplinkState(uplink) : STATES[now] ?? (known ? now : 'Chưa dùng đến'));
    if (known) setAttribute(state, 'title', `Từ khi khởi động: mất ${known.failures} lần, tự hoạt động lại ${known.recoveries} lần`);
    if (uplink) switches.get('cut').disabled = !uplink.configured;
    const broken = isFaulty(known);
    if (broken) setFault(known);
    fault.hidden = !broken;
  }

  function setFault(known) {
    const text = [known.title ?? known.fault, known.whatToDo ?? '', known.detail ?? ''].join('\n');
    if (fault.dataset.text === text) return;
    fault.dataset.text = text;
    fault.replaceChildren(
      el('b', {}, known.title ?? known.fault ?? ''), known.whatToDo ? el('p', {}, known.whatToDo) : '', known.detail ? el('small', {}, known.detail) : '');
  }
}

const uplinkState = uplink => !uplink.configured ? 'Chưa cấu hình' : uplink.online ? 'Đã kết nối' : `Mất kết nối, ${uplink.pending} sự kiện chờ gửi`;
