// The ticket kiosk: which screen is shown, and what a touch does. Whatever happens it says in a sentence what to do; it is never blank and never gives two numbers for one touch.

import { byId, setText } from '/dom.js';
import { coalesced, listen, read } from '/edge.js';
import { createEntry } from './entry.js';
import { addressOf, go } from './going.js';
import { createFrame } from './frame.js';
import { createHome } from './home.js';
import { createGroups, createTaking, createTold } from './panels.js';
import { createReader } from './reader.js';
import { createScanner } from './scanner.js';
import { createScanning } from './scanning.js';
import { createTicket, paperOf } from './ticket.js';
import { NoAnswer, Refusal, createWishes, tell } from './wish.js';
import { reasonOf, wordsOf } from './words.js';

const asked = new URLSearchParams(location.search);
const numberOf = (name, usual) => { const value = Number(asked.get(name)); return value >= 5 && value <= 10000 ? value : usual; };
/** After how long without a touch the next person gets a fresh screen; a number is looked at for longer. */
const IDLE = { ticket: numberOf('ticket-seconds', 25), told: 20, home: 30, other: numberOf('idle', 60) };
const PLACE = /^[a-z0-9-]{1,32}$/.test(asked.get('place') ?? '') ? asked.get('place') : 'may-lay-so';
/** A break shorter than this is no news. */
const GRACE_MS = 1500;
const REMEMBERED_PRINTS = 40;

const state = { screen: 'joining', looked: null, language: 'vi', muong: false, priority: null, ticket: null, told: null, late: false, reading: false, scanning: 'off' };
const wishes = createWishes();
const prints = new Map();
const main = byId('main');
let touchedAt = performance.now();
let lookedAt = 0;
let triedAt = 0;
let brokenAt = null;
let cut = false;

const reader = createReader(on => { state.reading = on; draw(); }, () => say(words => words.unread));
const scanning = createScanning(document, numberOf('step-ms', 0) || 1800);
const app = { take, togglePriority, choosePriority, lookUp, show, home, giveUp, printAgain, read: readAloud, help, switchLanguage, switchMuong, switchScanning };
const screens = {
  home: createHome(app), priority: createGroups(app), told: createTold(app), taking: createTaking(app), ticket: createTicket(app),
  code: createEntry(app, 'code', 40, checkIn), again: createEntry(app, 'again', 8, reprint),
};
const frame = createFrame(app);

function draw() {
  if (!state.looked) return;
  const view = { ...state, words: wordsOf(state.language), scanning: scanning.mode() };
  frame.draw(view);
  screens[state.screen]?.draw(view);
}

function show(name) {
  touchedAt = performance.now();
  reader.stop();
  state.screen = name;
  document.body.dataset.screen = name;
  draw();
  if (screens[name] && main.firstElementChild !== screens[name].node) main.replaceChildren(screens[name].node);
  screens[name]?.open?.();
  if (scanning.mode() !== 'off') {
    document.activeElement.blur(); // The frame begins at the top of each screen.
    scanning.set(scanning.mode());
  }
  main.scrollTop = 0;
}

/** The next person: nothing is left of the one before. */
function home(fresh = false) {
  Object.assign(state, { ticket: null, told: null, late: false, priority: null, muong: fresh ? false : state.muong });
  if (fresh) {
    state.language = 'vi';
    wishes.forget();
  }
  show('home');
}

/** @param make Gives the picture and the sentences, in the language of the moment. */
function tellPerson(make) {
  state.told = make;
  show('told');
}

const say = textOf => tellPerson(words => ({ tone: 'bad', name: 'warn', head: textOf(words) }));

async function take(service, procedure) {
  if (!state.looked || state.screen !== 'home' || cut) return;
  const known = state.looked.services.find(one => one.code === service);
  if (known?.refusal) {
    refused(known.refusal);
    return;
  }
  const language = state.muong ? 'mtq' : state.language === 'en' && state.looked.languages.includes('en') ? 'en' : null;
  await number('/api/tickets', { service, priority: state.priority, language, procedure, from: 'kiosk' });
}

async function checkIn(code) {
  await number('/api/kiosk/check-in', { code }, problem => {
    show('code');
    screens.code.type(code);
    screens.code.complain(problem);
  });
}

/** @param otherwise What is done with a refusal; else it fills the screen. */
async function number(path, body, otherwise) {
  if (state.screen === 'taking') return;
  state.late = false;
  show('taking');
  try {
    const given = await wishes.ask(path, body, () => { state.late = true; draw(); });
    state.ticket = { number: given.number, token: given.token, service: given.service, ahead: given.ahead, wait: null, counter: null, appointment: path !== '/api/tickets', ...prints.get(given.number) };
    show('ticket');
    follow();
  } catch (error) {
    if (!(error instanceof Refusal)) tellPerson(words => ({ tone: 'bad', name: 'warn', head: words.cannot, body: words.noAnswer }));
    else if (otherwise) otherwise(reasonOf({ code: error.code, reason: error.message }, state.language));
    else refused({ code: error.code, reason: error.message });
  }
}

const refused = refusal => tellPerson(words => ({ tone: 'bad', name: 'warn', head: words.cannot, body: `${reasonOf(refusal, state.language)} ${words.askDesk}` }));

/** What has become of the number since: who is ahead, and how long it may take. Nothing is said of what is not known. */
const follow = coalesced(async () => {
  const { ticket } = state;
  if (!ticket) return;
  try {
    const now = await read(`/api/tickets/${ticket.number}`);
    if (state.ticket !== ticket) return;
    Object.assign(ticket, { ahead: now.ahead, wait: now.wait, counter: now.counter });
  } catch { /* It is done, or the line is cut: what stands on the screen was true. */ }
  draw();
});

async function giveUp() {
  const { ticket } = state;
  try {
    await tell('/api/kiosk/give-up', { ticket: ticket.number, token: ticket.token });
    tellPerson(words => ({ tone: 'good', name: 'tick', head: words.wrongDone, body: words.wrongNext }));
  } catch (error) { failed(error); }
}

async function printAgain() {
  const { ticket } = state;
  try {
    await tell(`/api/tickets/${ticket.number}/reprint`);
    tellPerson(words => ({ tone: 'good', name: 'printer', head: words.againDone(ticket.number), body: words.againTake }));
  } catch (error) { failed(error); }
}

async function reprint(text) {
  const number = text.replace(/[^A-Z0-9]/g, '').replace(/^([A-Z])(\d{1,2})$/, (_, letter, figures) => letter + figures.padStart(3, '0'));
  try {
    await tell(`/api/tickets/${encodeURIComponent(number || '-')}/reprint`);
    tellPerson(words => ({ tone: 'good', name: 'printer', head: words.againDone(number), body: words.againTake }));
  } catch (error) {
    if (error instanceof Refusal) screens.again.complain(reasonOf({ code: error.code, reason: error.message }, state.language));
    else failed(error);
  }
}

function failed(error) {
  if (error instanceof NoAnswer) say(words => words.away);
  else refused({ code: error.code, reason: error.message });
}

async function help() {
  const asking = !state.looked.helpSince;
  try {
    if (asking) await tell(`/api/help/${PLACE}`);
  } catch (error) {
    if (error.code !== 'help-already-asked') return failed(error);
  }
  await look();
  tellPerson(words => ({ tone: 'good', name: 'hand', head: words.helpAsked, body: words.helpText, extra: words.helpBack, run: withdraw, homeText: asking ? words.home : words.helpKept }));
}

async function withdraw() {
  try {
    await tell(`/api/help/${PLACE}/withdraw`);
  } catch (error) {
    if (error.code !== 'no-help-asked') return failed(error);
  }
  await look();
  tellPerson(words => ({ tone: 'good', name: 'tick', head: words.helpWithdrawn }));
}

function togglePriority() {
  if (state.priority !== null) choosePriority(null);
  else show('priority');
}

function choosePriority(group) {
  state.priority = group;
  show('home');
}

/** The one who looks a procedure up keeps what was chosen here; nobody else sees it. */
async function lookUp() {
  const search = addressOf(location.search, scanning.mode());
  sessionStorage.setItem('kiosk', JSON.stringify({ language: state.language, muong: state.muong, priority: state.priority, search }));
  if (await go('/lookup?kiosk=1')) return;
  say(words => words.away);
  look();
}

function switchLanguage() {
  state.language = state.language === 'en' ? 'vi' : 'en';
  reader.stop();
  draw();
}

function switchMuong() {
  state.muong = !state.muong;
  draw();
}

function switchScanning() {
  scanning.set(scanning.mode() === 'off' ? 'auto' : 'off');
  setText(byId('aloud'), scanning.mode() === 'off' ? '' : wordsOf(state.language).scanHow);
  draw();
}

function readAloud() {
  if (reader.isReading()) return reader.stop();
  const { ticket, screen, looked } = state;
  const paper = ticket && paperOf(ticket, looked, wordsOf(state.language))[0];
  const text = screen === 'ticket' ? (paper === 'bad' ? ((ticket.fault ?? looked.printer.fault) === 'printer.paper-out' ? 'no-paper' : 'no-print') : 'ticket')
    : screen === 'told' ? (looked.helpSince ? 'help' : 'closed') : screen === 'home' && looked.closed ? 'closed' : screen;
  reader.read(text, state.language, screen === 'ticket' ? ticket.number : undefined);
}

/** What the centre offers now. */
const look = coalesced(async () => {
  const asks = state.looked;
  triedAt = performance.now();
  const looked = await read(`/api/kiosk?place=${PLACE}`).catch(() => null);
  if (!looked) {
    brokenAt ??= triedAt;
    return;
  }
  brokenAt = null;
  if (cut) stream.restart(); // It may hang on a connection that is dead.
  cut = false;
  if (asks && asks.version !== looked.version && state.screen === 'home') location.reload();
  if (asks?.helpSince && !looked.helpSince && state.screen === 'told' && state.told?.(wordsOf('vi')).extra) tellPerson(words => ({ tone: 'good', name: 'tick', head: words.helpCame }));
  lookedAt = performance.now();
  state.looked = looked;
  if (state.screen === 'joining') home(true);
  else draw();
});

function happened({ type, data }) {
  if (type === 'ticket.printed' || type === 'ticket.unprinted') {
    const print = { print: type.slice(7), fault: data.fault };
    prints.delete(data.number);
    prints.set(data.number, print);
    if (prints.size > REMEMBERED_PRINTS) prints.delete(prints.keys().next().value);
    if (state.ticket?.number === data.number) { Object.assign(state.ticket, print); draw(); }
  }
  if (type.startsWith('ticket.') && state.ticket) follow();
  lookSoon();
}

let soon = 0;
function lookSoon() { soon ||= setTimeout(() => { soon = 0; look(); }, 250); }

function tick() {
  const at = performance.now();
  const { looked, screen } = state;
  const dead = brokenAt !== null && at - brokenAt > GRACE_MS;
  if (looked && dead) cut = true;
  // While a number is on its way the screen says so itself, and a number that was given stands.
  if (looked) frame.cut(cut && screen !== 'taking' && screen !== 'ticket', wordsOf(state.language));
  frame.tick(looked?.trusted ? looked.now + at - lookedAt : null, state.language);
  // Opening hours and printers change without an event of the queue, and a line may be dead without a word.
  if (at - triedAt > (cut || !looked ? 2000 : 10000)) lookSoon();
  if (!looked || screen === 'joining' || screen === 'taking') return;
  const left = (IDLE[screen] ?? IDLE.other) - (at - touchedAt) / 1000;
  if (screen === 'ticket') screens.ticket.count(Math.max(0, Math.ceil(left)), wordsOf(state.language));
  if (left > 0) return;
  if (screen !== 'home') home(true);
  else if (state.priority !== null || state.language !== 'vi' || state.muong) home(true);
}

for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, () => { touchedAt = performance.now(); }, { capture: true });
document.addEventListener('contextmenu', event => event.preventDefault());
createScanner(window, code => {
  if (state.looked && !cut && state.screen !== 'taking') checkIn(code);
});
if (['auto', 'step'].includes(asked.get('switch'))) scanning.set(asked.get('switch'));
const stream = listen(last => last ? `/api/stream?after=${last}` : '/api/stream', {
  message: happened,
  opened: look,
  lost() { brokenAt ??= performance.now(); },
});
setInterval(tick, 500);
look();
