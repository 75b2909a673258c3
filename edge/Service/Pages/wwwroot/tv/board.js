// The television of the hall: who is called where, how many wait, and an honest word when nothing is known.

import { createClock } from './clock.js';
import { createLine } from './line.js';
import { createNews } from './news.js';
import { createReceipts } from './receipts.js';
import { createScreen } from './screen.js';
import { createShow } from './show.js';
import { createSound } from './sound.js';

const TICK_MS = 500;
const ANSWER_MS = 4000;

const now = () => performance.now();
// Whatever stands behind /board/ is a code, a wrong one too: the box says so, rather than that a mistyped television looks on for ever.
const address = /^\/board\/([^/]+)\/?$/.exec(location.pathname);
const code = address ? address[1].toLowerCase() : '';
const clock = createClock(now);
const news = createNews();
const screen = createScreen();
const show = createShow(document.getElementById('show'), () => read('/api/board/media').then(answer => answer.files));
const receipts = createReceipts(calls => read('/api/board/shown', { tv: code, calls }));
const sound = createSound();
const line = createLine(() => new EventSource(code ? `/api/board/stream?tv=${code}` : '/api/board/stream'), now, { picture: taken, beat: clock.set, lost });

let picture = null;
let version = null;
let live = false;

function taken(fresh, back) {
  // The box was given a newer program: this page is of the old one.
  if (version !== null && version !== fresh.version) {
    location.reload();
    return;
  }
  version = fresh.version;
  const first = picture === null;
  picture = fresh;
  live = true;
  const what = news(picture, back);
  const at = now();
  if (first || back) screen.joined();
  if (what.calls.length > 0 || what.stage || first || back || isShut()) show.rouse(at);
  if (what.calls.length > 0 || what.stage) screen.mark(picture, what, at);
  draw(at);
  const mode = picture.tv ? picture.tv.sound : 'none';
  sound.prepare(mode !== 'none');
  if (what.ring !== '' && (mode === 'calls' || mode === what.ring)) sound.ring();
  // Two frames later it stands on the glass; a page that is not drawn has no frames and tells nothing.
  requestAnimationFrame(() => requestAnimationFrame(() => { if (live && picture === fresh && picture.tv) receipts.painted(picture, now()); }));
}

function draw(at) {
  screen.draw(picture, show.isOn(), code !== '' && picture.tv === null, at);
}

/** That nobody is served now is said for as long as it is so. */
function isShut() {
  return picture.notice && picture.calls.length === 0;
}

function lost() {
  live = false;
  screen.lost();
  show.rouse(now());
  receipts.forget();
}

function tick() {
  const at = now();
  line.tick();
  const showed = show.isOn();
  if (live && !isShut()) show.tick(at);
  if (live && show.isOn() !== showed) draw(at);
  screen.tick(at, clock.read());
  if (live && picture.tv) receipts.tick(at);
}

function read(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  const asked = body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : { cache: 'no-store' };
  return fetch(path, Object.assign(asked, { signal: stop.signal })).then(answer => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }).then(value => { clearTimeout(timer); return value; }, problem => { clearTimeout(timer); throw problem; });
}

document.addEventListener('visibilitychange', () => { if (document.hidden) line.stop(); else line.begin(); });
setInterval(tick, TICK_MS);
if (!document.hidden) line.begin();
