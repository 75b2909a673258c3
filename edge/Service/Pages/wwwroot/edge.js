// The line to the edge: two streams that come back by themselves, and requests whose refusals are sentences.

/** Beats come every four seconds; after three missed ones the line is dead, whatever the browser still believes. */
const SILENCE_MS = 13000;
const AGAIN_MS = 1000;

/**
 * Listens until the page is closed. The browser resumes with Last-Event-ID where it can; where it gave up (an answer that is no stream), a new
 * stream resumes with the id seen last.
 */
export function listen(url, { opened, message, lost, watch = false }) {
  let source;
  let last = '';
  let silence;

  const alive = () => {
    clearTimeout(silence);
    if (watch) silence = setTimeout(() => { lost(); restart(); }, SILENCE_MS);
  };
  const restart = () => {
    clearTimeout(silence);
    source?.close();
    source = new EventSource(last === '' ? url() : url(last));
    source.onopen = () => { alive(); opened?.(); };
    source.onmessage = event => { alive(); last = event.lastEventId; message(JSON.parse(event.data)); };
    source.addEventListener('beat', alive);
    source.onerror = () => {
      clearTimeout(silence);
      lost?.();
      if (source.readyState === EventSource.CLOSED) setTimeout(restart, AGAIN_MS);
    };
  };
  restart();
}

export async function read(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return answer.json();
}

export async function send(path, body) {
  const answer = await fetch(path, {
    method: 'POST', signal: AbortSignal.timeout(5000),
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await reasonOf(answer));
}

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
