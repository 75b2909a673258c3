// Looking up a procedure as one types, reading what it needs, and taking a number for it. On a kiosk, and on a phone in the hall.

import { byId, el, setText } from '/dom.js';
import { coalesced, listen, read } from '/edge.js';
import { addressOf, go } from '/kiosk/going.js';
import { createTaking, createTold } from '/kiosk/panels.js';
import { createScanning } from '/kiosk/scanning.js';
import { createTicket } from '/kiosk/ticket.js';
import { Refusal, createWishes, tell } from '/kiosk/wish.js';
import { reasonOf, wordsOf } from '/kiosk/words.js';
import { sheetOf } from './sheet.js';
import { lookupWords } from './words.js';

const KEYS = 'abcdefghijklmnopqrstuvwxyz';
const AGAIN_MS = 3000;
const atKiosk = new URLSearchParams(location.search).has('kiosk');
/** What was chosen at the kiosk goes along; the address tells nobody which priority it was. */
const chosen = atKiosk ? JSON.parse(sessionStorage.getItem('kiosk') ?? '{}') : {};
/** How the machine was set up; it goes back with whoever goes back. */
const asked = new URLSearchParams(chosen.search ?? '');
const numberOf = (name, usual) => { const value = Number(asked.get(name)); return value >= 5 && value <= 10000 ? value : usual; };
const IDLE_S = numberOf('idle', 75);
const TICKET_S = numberOf('ticket-seconds', 40);

const [ask, count, found, main, finder] = [byId('ask'), byId('count'), byId('found'), byId('main'), byId('finder')];
const state = { language: chosen.language === 'en' ? 'en' : 'vi', looked: { services: [], languages: [], printer: null }, ticket: null, told: null, late: false, sheet: null };
const wishes = createWishes();
const prints = new Map();
const app = { home: leave, giveUp, printAgain };
const [ticket, taking, told] = [createTicket(app), createTaking(), createTold(app)];
const scanning = createScanning(document, numberOf('step-ms', 0) || 1800);
const words = () => ({ ...wordsOf(state.language), ...lookupWords(state.language) });
let touchedAt = performance.now();
let screen = 'search';
let source = null;
let retry = 0;
let leaving = false;

const search = coalesced(async () => {
  clearTimeout(retry);
  const question = ask.value;
  try {
    const answer = await read(`/api/procedures?q=${encodeURIComponent(question)}`);
    if (question === ask.value) list(answer, question);
  } catch {
    // What stands there stays; nobody has to type it again.
    setText(count, words().cut);
    count.classList.add('bad');
    retry = setTimeout(search, AGAIN_MS);
  }
});

function list({ procedures, fitting, known }, question) {
  const say = words();
  const empty = question.trim() === '';
  setText(count, known === 0 ? say.none : empty ? say.all(known) : fitting === 0 ? say.nothing : say.fitting(fitting, procedures.length));
  count.classList.toggle('bad', known === 0 || fitting === 0);
  found.replaceChildren(...procedures.map(one => el('li', {}, el('button', { type: 'button', 'data-code': one.code, onclick: () => { location.hash = one.code; } }, el('b', { lang: 'vi' }, one.name), el('span', { lang: 'vi' }, one.field)))));
  found.scrollTop = 0;
}

function show(name, node) {
  screen = name;
  touchedAt = performance.now();
  document.body.dataset.screen = name;
  if (main.firstElementChild !== node) main.replaceChildren(node);
  if (scanning.mode() !== 'off') {
    document.activeElement.blur(); // The frame begins at the top of each screen.
    scanning.set(scanning.mode());
  }
  main.scrollTop = 0;
}

/** The address holds which sheet is open, so that «back» of a phone works. */
async function route() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code === '') {
    state.sheet = null;
    show('search', finder);
    if (scanning.mode() === 'off' && (!matchMedia('(pointer: coarse)').matches || atKiosk)) ask.focus();
    return;
  }
  try {
    const procedure = await read(`/api/procedures/${encodeURIComponent(code)}`);
    state.sheet = procedure;
    const node = sheetOf(procedure, words(), { gives: state.looked.gives !== false, back: () => { location.hash = ''; }, take });
    show('sheet', node);
    if (scanning.mode() === 'off') node.querySelector('h1').focus();
  } catch (error) {
    tellPerson(() => ({ tone: 'bad', name: 'warn', head: words().cannot, body: error instanceof TypeError || error.name === 'AbortError' ? words().cut : error.message }));
  }
}

function tellPerson(make) {
  state.told = make;
  told.draw({ ...state, words: words() });
  show('told', told.node);
  told.open();
}

async function take() {
  if (screen === 'taking') return;
  const { code, service } = state.sheet;
  hear();
  state.late = false;
  taking.draw({ ...state, words: words() });
  show('taking', taking.node);
  const language = chosen.muong ? 'mtq' : state.language === 'en' && state.looked.languages.includes('en') ? 'en' : null;
  try {
    const given = await wishes.ask('/api/tickets', { service, procedure: code, priority: chosen.priority ?? null, language, from: 'lookup' }, () => { state.late = true; taking.draw({ ...state, words: words() }); });
    state.ticket = { number: given.number, token: given.token, service: given.service, ahead: given.ahead, wait: null, counter: null, ...prints.get(given.number) };
    drawTicket();
    show('ticket', ticket.node);
    ticket.open();
    follow();
  } catch (error) {
    const reason = error instanceof Refusal ? `${reasonOf({ code: error.code, reason: error.message }, state.language)} ${words().askDesk}` : words().noAnswer;
    tellPerson(() => ({ tone: 'bad', name: 'warn', head: words().cannot, body: reason, extra: words().back, run: route }));
  }
}

function drawTicket() { if (state.ticket) ticket.draw({ ...state, words: words() }); }

const follow = coalesced(async () => {
  const { ticket: mine } = state;
  if (!mine) return;
  try {
    const now = await read(`/api/tickets/${mine.number}`);
    Object.assign(mine, { ahead: now.ahead, wait: now.wait, counter: now.counter });
  } catch { /* What stands on the screen was true. */ }
  drawTicket();
});

/** Only who takes a number listens: a phone that looks something up keeps no line. */
function hear() {
  source ??= listen(last => last ? `/api/stream?after=${last}` : '/api/stream', {
    message({ type, data }) {
      if (type === 'ticket.printed' || type === 'ticket.unprinted') {
        const print = { print: type.slice(7), fault: data.fault };
        if (prints.size < 40) prints.set(data.number, print);
        if (state.ticket?.number === data.number) Object.assign(state.ticket, print);
      }
      if (type.startsWith('ticket.') && state.ticket) follow();
    },
  });
}

async function giveUp() {
  const { number, token } = state.ticket;
  await act('/api/kiosk/give-up', { ticket: number, token }, say => ({ tone: 'good', name: 'tick', head: say.wrongDone, body: say.wrongNext }));
}

async function printAgain() {
  const { number } = state.ticket;
  await act(`/api/tickets/${number}/reprint`, {}, say => ({ tone: 'good', name: 'printer', head: say.againDone(number), body: say.againTake }));
}

async function act(path, body, done) {
  try {
    await tell(path, body);
    tellPerson(() => done(words()));
  } catch (error) {
    tellPerson(() => ({ tone: 'bad', name: 'warn', head: words().cannot, body: error instanceof Refusal ? error.message : words().cut }));
  }
}

/** To the first screen of the kiosk; on a phone, to the list. */
function leave() {
  state.ticket = null;
  state.told = null;
  source?.pause();
  source = null;
  if (atKiosk) { backToKiosk(); return; }
  ask.value = '';
  search();
  if (location.hash === '') route();
  else location.hash = '';
}

/** Nothing of whoever leaves stays on the glass, also while the edge is away. */
async function backToKiosk() {
  if (leaving) return;
  leaving = true;
  ask.value = '';
  for (let round = 0; !await go(`/kiosk${addressOf(asked, scanning.mode())}`); round++) {
    if (round === 0) tellPerson(() => ({ tone: 'bad', name: 'warn', head: words().cannot, body: words().cut }));
    await new Promise(resolve => setTimeout(resolve, AGAIN_MS));
  }
  sessionStorage.removeItem('kiosk');
}

function keyboard() {
  const board = byId('keyboard');
  board.hidden = !atKiosk;
  if (!atKiosk) return;
  ask.inputMode = 'none';
  const type = text => { ask.value = text; search(); };
  const key = (label, classes, onclick) => el('button', { type: 'button', class: classes, onclick }, label);
  board.setAttribute('role', 'group');
  board.setAttribute('aria-label', words().letters);
  board.replaceChildren(...[...KEYS].map(letter => key(letter, '', () => type(ask.value + letter))),
    key('⌫', '', () => type(ask.value.slice(0, -1))), key(words().clear, 'clear', () => type('')), key(words().blank, 'blank', () => type(`${ask.value} `)));
  board.querySelector('button:nth-last-child(3)').setAttribute('aria-label', words().erase);
}

function tick() {
  if (!atKiosk) return;
  const left = (screen === 'ticket' ? TICKET_S : IDLE_S) - (performance.now() - touchedAt) / 1000;
  if (screen === 'ticket') ticket.count(Math.max(0, Math.ceil(left)), words());
  if (left <= 0 && screen !== 'taking') leave();
}

document.documentElement.lang = state.language;
document.title = words().title;
setText(byId('title'), words().title);
setText(byId('kind'), words().kind);
ask.placeholder = words().ask;
setText(byId('leave'), words().leave);
byId('leave').hidden = !atKiosk;
byId('leave').addEventListener('click', leave);
keyboard();
if (atKiosk && ['auto', 'step'].includes(asked.get('switch'))) scanning.set(asked.get('switch'));
ask.addEventListener('input', search);
for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, () => { touchedAt = performance.now(); }, { capture: true });
addEventListener('hashchange', route);
setInterval(tick, 500);
read('/api/kiosk').then(looked => { state.looked = looked; setText(byId('place'), looked.name); }, () => {});
search();
route();
