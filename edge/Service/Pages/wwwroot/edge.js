// The line to the edge: two streams that come back by themselves, and requests whose refusals are sentences.

/** Beats come every four seconds; after three missed ones the line is dead, whatever the browser still believes. */
const SILENCE_MS = 13000;
const AGAIN_MS = 1000;

/**
 * Listens, and can pause: a browser opens only six lines to one host, so hidden tabs must not hold them. The browser resumes with Last-Event-ID where it can; where it gave up (an answer that is no stream), a new
 * stream resumes with the id seen last.
 */
export function listen(url, { opened, message, lost, watch = false }) {
  let source;
  let last = '';
  let silence;
  let again;

  const alive = () => {
    clearTimeout(silence);
    if (watch) silence = setTimeout(() => { lost(); restart(); }, SILENCE_MS);
  };
  const pause = () => {
    clearTimeout(silence);
    clearTimeout(again);
    source?.close();
  };
  const restart = () => {
    pause();
    source = new EventSource(last === '' ? url() : url(last));
    source.onopen = () => { alive(); opened?.(); };
    source.onmessage = event => { alive(); last = event.lastEventId; message(JSON.parse(event.data)); };
    source.addEventListener('beat', alive);
    source.onerror = () => {
      clearTimeout(silence);
      lost?.();
      if (source.readyState === EventSource.CLOSED) again = setTimeout(restart, AGAIN_MS);
    };
  };
  restart();
  return { pause, restart };
}

// AbortSignal.timeout is younger than some clerks' browsers.
function endAfter(ms) {
  const end = new AbortController();
  setTimeout(() => end.abort(), ms);
  return end.signal;
}

export async function read(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: endAfter(5000) });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return answer.json();
}

export async function send(path, body) {
  const answer = await fetch(path, {
    method: 'POST', signal: endAfter(5000),
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await reasonOf(answer));
}

/** Changes something and brings the answer back. A body that is no plain object goes as it is. */
export async function change(method, path, body, within = 5000) {
  const raw = body instanceof Blob;
  const answer = await fetch(path, {
    method, signal: endAfter(within),
    ...(body && { headers: { 'Content-Type': raw ? body.type || 'application/octet-stream' : 'application/json' }, body: raw ? body : JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return answer.json();
}

export async function readBytes(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: endAfter(20000) });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return answer.arrayBuffer();
}

/** What to tell a person of a request that failed. */
export const troubleOf = error => error instanceof TypeError || error.name === 'AbortError'
  ? 'Máy không trả lời. Nếu vừa gửi việc gì thì chưa biết đã làm hay chưa: xem lại trang trước khi gửi lần nữa.' : error.message;

async function reasonOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? `Máy trả lời ${answer.status}.`;
}

/** Runs a task at once, and once more if it was asked for while it ran. */
export function coalesced(task) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) { again = true; return; }
    running = true;
    do {
      again = false;
      await task();
    } while (again);
    running = false;
  };
}
