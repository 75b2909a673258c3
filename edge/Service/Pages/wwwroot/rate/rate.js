// Rating at a counter: three faces, shown only while the ticket that was just done there can be rated. Written for Chromium 68.

/** A look is a hundred bytes; the faces should be there when somebody looks up. */
const LOOK_MS = 1200;
const ANSWER_MS = 5000;
/** Who has not answered why after this long has gone; the word that was given counts. */
const WHY_MS = 30000;
const THANKS_MS = 6000;
const LOST_MS = 3000;

const FACES = [['very-satisfied', 'Rất hài lòng', 'Very satisfied', 'M7.5 13.5c1 3 2.7 4.3 4.5 4.3s3.5-1.3 4.5-4.3z'], ['satisfied', 'Hài lòng', 'Satisfied', 'M8 14.5c1.2 1.6 2.5 2.3 4 2.3s2.8-.7 4-2.3'], ['not-satisfied', 'Chưa hài lòng', 'Not satisfied', 'M8 17c1.2-1.6 2.5-2.3 4-2.3s2.8.7 4 2.3']];
const REASONS = [['long-wait', 'Chờ lâu', 'Long wait'], ['unclear-guidance', 'Hướng dẫn chưa rõ', 'Unclear guidance'], ['attitude', 'Thái độ phục vụ', 'Attitude'], ['extra-papers', 'Phải bổ sung giấy tờ nhiều lần', 'Asked for papers again and again'], ['late-result', 'Trả kết quả chậm', 'Late result'], ['other', 'Điều khác', 'Something else']];
const SCREENS = ['joining', 'idle', 'open', 'why', 'thanks', 'cut', 'wrong'];

const byId = id => document.getElementById(id);
const address = /^\/rate\/(\d{1,2})\/?$/.exec(location.pathname);
const counter = address ? Number(address[1]) : 0;
const now = () => performance.now();

let screen = 'joining';
let ticket = null;
let version = null;
let shownAt = now();
let lookedAt = 0;
let brokenAt = null;
let sending = false;

function show(name) {
  if (screen === name) return;
  screen = name;
  shownAt = now();
  document.body.setAttribute('data-screen', name);
  SCREENS.forEach(one => { byId(one).hidden = one !== name; });
}

function drawn(tag, classes, text) {
  const node = document.createElement(tag);
  node.className = classes;
  if (text) node.textContent = text;
  return node;
}

function faceOf(path) {
  const space = 'http://www.w3.org/2000/svg';
  const picture = document.createElementNS(space, 'svg');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('aria-hidden', 'true');
  ['M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20z', 'M8.5 9v.6M15.5 9v.6', path].forEach(line => {
    const stroke = document.createElementNS(space, 'path');
    stroke.setAttribute('d', line);
    picture.appendChild(stroke);
  });
  return picture;
}

function english(text) {
  const node = drawn('span', '', text);
  node.lang = 'en';
  return node;
}

function build() {
  FACES.forEach(([rating, words, foreign, path]) => {
    const node = drawn('button', `face ${rating}`);
    const label = drawn('span', '');
    node.type = 'button';
    node.setAttribute('data-rating', rating);
    label.appendChild(drawn('b', '', words));
    label.appendChild(english(foreign));
    node.appendChild(faceOf(path));
    node.appendChild(label);
    node.addEventListener('click', () => rated(rating));
    byId('faces').appendChild(node);
  });
  REASONS.forEach(([reason, words, foreign]) => {
    const node = drawn('button', 'reason');
    node.type = 'button';
    node.setAttribute('data-reason', reason);
    node.setAttribute('aria-pressed', 'false');
    node.appendChild(drawn('span', '', `${words} · `));
    node.appendChild(english(foreign));
    node.addEventListener('click', () => {
      shownAt = now();
      node.setAttribute('aria-pressed', node.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
    });
    byId('reasons').appendChild(node);
  });
  byId('back').addEventListener('click', () => show('open'));
  byId('send').addEventListener('click', () => send('not-satisfied', chosen()));
}

const buttons = () => Array.from(byId('reasons').children);
const chosen = () => buttons().filter(node => node.getAttribute('aria-pressed') === 'true').map(node => node.getAttribute('data-reason'));

function rated(rating) {
  if (rating !== 'not-satisfied') {
    send(rating, []);
    return;
  }
  buttons().forEach(node => node.setAttribute('aria-pressed', 'false'));
  show('why');
}

/** Sent again while no answer comes: a ticket takes one word, so a second one does no harm. */
function send(rating, reasons) {
  if (sending || ticket === null) return;
  sending = true;
  const body = { ticket, rating, reasons };
  insist(body, 4).then(answer => {
    sending = false;
    thank(answer.ok, rating);
  }, () => {
    sending = false;
    show('cut');
  });
}

function insist(body, tries) {
  return ask(`/api/rate/${counter}`, body).catch(problem => {
    if (tries <= 1) throw problem;
    return new Promise(resolve => setTimeout(resolve, 1000)).then(() => insist(body, tries - 1));
  });
}

function thank(taken, rating) {
  byId('thanks-title').textContent = 'Cảm ơn quý vị!';
  byId('thanks-text').textContent = !taken ? 'Lượt này đã được đánh giá hoặc đã hết thời gian đánh giá.'
    : rating === 'not-satisfied' ? 'Ý kiến của quý vị đã được ghi nhận để trung tâm phục vụ tốt hơn.' : 'Đánh giá của quý vị đã được ghi nhận.';
  ticket = null;
  show('thanks');
}

function ask(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_MS);
  const options = body ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : { cache: 'no-store' };
  return fetch(path, Object.assign(options, { signal: stop.signal })).then(answer => { clearTimeout(timer); return answer; }, problem => { clearTimeout(timer); throw problem; });
}

function look() {
  lookedAt = now();
  ask(`/api/rate/${counter}`).then(answer => answer.json().then(told => {
    brokenAt = null;
    if (!answer.ok) {
      byId('wrong-text').textContent = told.detail || 'Mở lại địa chỉ /rate/ và số quầy.';
      show('wrong');
      return;
    }
    taken(told);
  })).catch(() => { if (brokenAt === null) brokenAt = now(); });
}

function taken(told) {
  if (version !== null && version !== told.version) location.reload();
  version = told.version;
  byId('place').textContent = told.name;
  byId('counter').textContent = `Quầy ${counter}`;
  if (screen === 'thanks' || sending) return;
  // Somebody who is choosing reasons is not sent away by a look at the clock.
  if (screen === 'why' && ticket !== null && (told.ticket === ticket || now() - shownAt < WHY_MS)) return;
  ticket = told.ticket;
  if (ticket === null) {
    show('idle');
  } else {
    byId('ticket').textContent = `Số thứ tự ${ticket}`;
    show('open');
  }
}

function tick() {
  const at = now();
  if (at - lookedAt > LOOK_MS) look();
  if (brokenAt !== null && at - brokenAt > LOST_MS && !sending && screen !== 'thanks') {
    ticket = null;
    show('cut');
  }
  if (screen === 'thanks' && at - shownAt > THANKS_MS) { show('idle'); look(); }
  if (screen === 'why' && at - shownAt > WHY_MS) send('not-satisfied', chosen());
}

build();
look();
setInterval(tick, 500);
