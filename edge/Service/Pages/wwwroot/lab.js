// The lab page: what a whole centre shows, says and hears, and the knobs that break it.

import { createCamera } from './cameras.js';
import { byId, el, setText } from './dom.js';
import { coalesced, listen, read, send } from './edge.js';
import { createGlass } from './glass.js';
import { createPhoto } from './photo.js';
import { createSign } from './sign.js';
import { createCounters, createTickets, slipOf } from './kiosk.js';
import { createDevices, isFaulty } from './knobs.js';
import { createPapers } from './papers.js';
import { createSelfTest } from './selftest.js';
import { createSound } from './sound.js';
import { createTv } from './tube.js';
import { clockOf, nameDevices, sentenceOf, toneOf, weekdayOf } from './words.js';

const FEED_LENGTH = 80;
const HEALTH_EVERY_MS = 3000;

/** Chips that the page draws by itself, sharper than a picture. */
const DRAWN_HERE = { hd44780: createGlass, max7219: createSign };

let parts = null; // What was drawn for this centre.
let queue = null;
let ahead = 0; // Clock of the edge minus clock of the browser, ms.
let replayed = false; // Older events have been shown; from here on they are news.
const calls = new Map(); // Numbers by sequence number of their call.
const faults = new Map(); // Titles by code.
const papers = createPapers(byId('papers'));
const sound = createSound(byId('sound'), byId('heard'), byId('sound-state'));

function build(centre) {
  const structure = JSON.stringify([centre.centre, centre.name, centre.buttons.map(b => [b.id, b.label, b.hold]), centre.boards.map(b => [b.id, b.chip, b.counter]), centre.expanders.map(e => e.id), centre.tvs.map(tv => tv.page), centre.neighbours, centre.cameras.map(c => c.id), centre.recorders.map(r => r.id), centre.printer?.id, centre.microphone != null]);
  if (parts?.structure === structure) return;
  const nameOf = nameDevices(centre);
  const buttonOf = id => `/lab/buttons/${encodeURIComponent(id)}`;
  const hand = {
    press: id => attempt(send(`${buttonOf(id)}/press`)),
    hold: id => attempt(send(`${buttonOf(id)}/press?holdMs=60000`)), // Let go after a minute even when this page is gone.
    release: id => attempt(send(`${buttonOf(id)}/release`)),
  };
  const turn = (device, fault, on) => attempt(send('/lab/faults', { device, fault, on }));
  const boards = centre.boards.map(({ id, chip, counter }) => ({ id, counter, board: (DRAWN_HERE[chip] ?? createPhoto)(nameOf(id)) }));
  const tvs = centre.tvs.map((tv, place) => ({ id: tv.id, tv: createTv(nameOf(tv.id), tv.page, place === 0) }));
  const cameras = centre.cameras.map(camera => ({ id: camera.id, camera: createCamera(camera) }));
  parts = {
    structure, nameOf, boards, tvs, cameras, name: centre.name,
    tickets: createTickets(centre, hand), counters: createCounters(centre, hand), devices: createDevices(centre, nameOf, turn),
  };
  setText(byId('name'), centre.name);
  document.title = `${centre.name} · Trang thực hành`;
  const frame = ({ id, board }) => el('figure', { class: 'board', 'data-board': id }, board.node, el('figcaption', {}, nameOf(id), el('small', {}, id)));
  // The glass hangs below the signs, as in a hall; what belongs to a counter hangs over it.
  const over = boards.filter(({ counter }) => parts.counters.hangs(counter));
  const hung = boards.filter(board => !over.includes(board)).sort((a, b) => a.board.node.classList.contains('lcd') - b.board.node.classList.contains('lcd'));
  byId('boards').replaceChildren(...hung.map(frame), ...tvs.map(({ id, tv }) => el('figure', { class: 'board tube', 'data-board': id }, tv.node, el('figcaption', {}, nameOf(id), tv.link))),
    ...cameras.map(({ id, camera }) => el('figure', { class: 'board camera', 'data-camera': id }, camera.node, el('figcaption', {}, nameOf(id), el('small', {}, id)))));
  for (const board of over) parts.counters.hang(board.counter, frame(board));
  byId('tickets').replaceChildren(...parts.tickets.nodes);
  byId('counters').replaceChildren(...parts.counters.nodes);
  byId('devices').replaceChildren(...parts.devices.nodes);
  if (queue) showQueue();
}

function showCentre(centre) {
  build(centre);
  const buttons = new Map(centre.buttons.map(button => [button.id, button]));
  parts.tickets.light(buttons);
  parts.counters.light(buttons);
  for (const { id, board } of parts.boards) {
    const seen = centre.boards.find(one => one.id === id);
    board.update(seen);
    board.node.parentElement.classList.toggle('dead', seen.unplugged);
  }
  for (const { id, tv } of parts.tvs) {
    const seen = centre.tvs.find(one => one.id === id);
    tv.update(seen);
    tv.node.parentElement.classList.toggle('off', seen.unplugged);
  }
  for (const { id, camera } of parts.cameras) camera.update(centre.cameras.find(one => one.id === id));
  parts.devices.showKnobs(centre);
  papers.show(centre.printer);
  sound.update(centre.speaker);
}

function showQueue() {
  parts?.tickets.show(queue);
  parts?.counters.show(queue);
  const figures = [['Đã cấp', queue.issued], ['Đang chờ', queue.waiting], ['Đã gọi', queue.called], ['Đã xong', queue.done]];
  byId('figures').replaceChildren(...figures.map(([label, value]) => el('div', {}, el('dt', {}, label), el('dd', {}, String(value)))));
}

function showHealth(health) {
  parts?.devices.showHealth(health);
  const faulty = health.devices.filter(isFaulty).length;
  setText(byId('devices-state'), faulty === 0 ? 'tất cả sẵn sàng' : `${faulty} thiết bị cần xem`);
  byId('devices-state').classList.toggle('warn', faulty > 0);
  const uplink = byId('uplink');
  const { configured, online, pending } = health.uplink;
  setText(uplink, !configured ? 'Chưa nối về tỉnh' : online ? (pending > 0 ? `Tỉnh: trực tuyến, ${pending} sự kiện chờ gửi` : 'Tỉnh: trực tuyến') : `Mất kết nối với tỉnh, ${pending} sự kiện chờ gửi`);
  uplink.dataset.state = !configured ? 'none' : online ? 'online' : 'lost';
  ahead = Date.parse(health.host.at) - Date.now();
}

function happened(event) {
  if (event.type === 'ticket.called' || event.type === 'ticket.recalled') calls.set(Number(event.seq), event.data.number);
  const service = code => queue?.services.find(one => one.code === code)?.name ?? code;
  const say = { service, device: parts?.nameOf ?? String, call: seq => calls.get(seq) ?? `số ${seq}`, fault: code => faults.get(code) ?? code };
  const sentence = sentenceOf(event, say);
  const feed = byId('feed');
  feed.prepend(el('li', { class: toneOf(event), 'data-seq': event.seq }, el('time', { datetime: event.time }, clockOf(event.time)), el('span', {}, sentence)));
  while (feed.childElementCount > FEED_LENGTH) feed.lastElementChild.remove();
  if (event.type === 'ticket.issued') byId('slip').replaceChildren(slipOf(event, parts?.name ?? '', service(event.data.service), replayed));
  // Without paper nothing hangs out of the machine.
  if (event.type === 'ticket.unprinted' && event.data.copy === 1) byId('slip').replaceChildren();
  if (replayed && (event.type === 'ticket.called' || event.type === 'ticket.recalled')) {
    setText(byId('aloud'), `Mời công dân có số thứ tự ${event.data.number} đến quầy ${event.data.counter}`);
  }
}

const readQueue = coalesced(() => quietly(async () => { queue = await read('/api/queue'); showQueue(); }));
const readHealth = coalesced(() => quietly(async () => showHealth(await read('/api/health'))));

/** A reading that fails is tried again by the next event or the next round; the banner tells that the edge is away. */
async function quietly(work) {
  try { await work(); } catch { /* Told by the banner. */ }
}

let refusedTimer;
async function attempt(request) {
  try {
    await request;
  } catch (error) {
    const refused = byId('refused');
    setText(refused, error instanceof TypeError || error.name === 'TimeoutError' ? 'Máy không trả lời; lần bấm này chưa đến nơi.' : error.message);
    refused.hidden = false;
    clearTimeout(refusedTimer);
    refusedTimer = setTimeout(() => { refused.hidden = true; }, 6000);
  }
}

function away(since) {
  const banner = byId('away');
  byId('main').classList.toggle('stale', since !== null);
  byId('main').inert = since !== null;
  banner.hidden = since === null;
  if (since !== null) setText(banner, `Mất kết nối với máy từ ${clockOf(since + ahead)}. Đang thử nối lại; trang sẽ tự hoạt động trở lại.`);
}

let lostAt = null;
function lost() {
  if (lostAt === null) away(lostAt = Date.now());
}

function back() {
  lostAt = null;
  away(null);
  readQueue();
  readHealth();
}

async function begin() {
  let start;
  try {
    start = await read('/api/health');
    queue = await read('/api/queue');
    build(await read('/lab/centre'));
    for (const { code, title } of (await read('/api/faults')).faults) faults.set(code, title);
  } catch {
    lost();
    setTimeout(begin, 1000);
    return;
  }
  showHealth(start);
  showQueue();
  createSelfTest(byId('self-test'), byId('tested'), device => parts?.nameOf(device) ?? device, attempt);
  const centre = listen(() => '/lab/stream', { opened: back, message: showCentre, lost, watch: true });
  const from = `${start.epoch}.${Math.max(1, start.seq - FEED_LENGTH)}`;
  const journal = listen((last = from) => `/api/stream?after=${last}`, {
    message(event) {
      replayed ||= Number(event.seq) > start.seq || !event.id.startsWith(start.epoch);
      happened(event);
      readQueue();
      if (event.type === 'device.changed') readHealth();
    },
  });
  document.addEventListener('visibilitychange', () => {
    for (const stream of [centre, journal]) {
      if (!document.hidden) stream.restart();
      else if (!sound.isOn()) stream.pause();
    }
  });
}

setInterval(() => {
  const now = Date.now() + ahead;
  setText(byId('time'), clockOf(now));
  setText(byId('date'), weekdayOf(now));
}, 1000);
setInterval(() => { if (lostAt === null && !document.hidden) readHealth(); }, HEALTH_EVERY_MS);
begin();
