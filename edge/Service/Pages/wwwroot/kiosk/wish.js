// One touch, one ticket: every wish has an id, and asking again with it can never give a second one.

const TRY_MS = 4000;
const AGAIN_MS = 800;
const GIVE_UP_MS = 25000;

/** How long a wish that got no answer keeps its id, so that a second touch of the same field asks for the same ticket. */
const OPEN_MS = 180000;

/** The edge answered, and not with what was asked for. */
export class Refusal extends Error {
  constructor(problem, status) {
    super(problem.detail ?? `Máy trả lời ${status}.`);
    this.code = (problem.type ?? '').replace('urn:motcua:problem:', '');
  }
}

/** The edge did not answer at all, however often it was asked. */
export class NoAnswer extends Error {}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

/** Not randomUUID, which a page that came without TLS lacks. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

export function createWishes(now = () => performance.now()) {
  const open = new Map();

  return { ask, forget };

  /** The next person: what they wish is a wish of their own. */
  function forget() { open.clear(); }

  /** @param late Told once when the first answer does not come. */
  async function ask(path, body, late) {
    const key = path + JSON.stringify(body);
    const kept = open.get(key);
    const wish = kept && now() - kept.at < OPEN_MS ? { id: kept.id, unsure: true } : { id: newId(), unsure: false };
    open.delete(key);
    try {
      return await insist(path, { ...body, request: wish.id }, late, wish);
    } catch (error) {
      // Whichever round it was that got no answer, its ticket may lie there; asked with the same id it is that one.
      if (wish.unsure) open.set(key, { id: wish.id, at: now() });
      throw error;
    }
  }

  async function insist(path, body, late, wish) {
    const begun = now();
    for (let round = 0; ; round++) {
      const answer = await post(path, body);
      if (answer?.ok) return answer.json();
      const problem = answer && await answer.json().catch(() => ({}));
      wish.unsure ||= !answer || answer.status >= 500;
      if (answer && answer.status < 500) throw new Refusal(problem, answer.status);
      if (now() - begun > GIVE_UP_MS) throw answer ? new Refusal(problem, answer.status) : new NoAnswer();
      if (round === 0) late?.();
      await sleep(AGAIN_MS);
    }
  }
}

/** @returns Null when nothing came. */
async function post(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TRY_MS);
  try {
    return await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** A change that asking twice does no harm: help, another print. */
export async function tell(path, body = {}) {
  const answer = await post(path, body);
  if (!answer) throw new NoAnswer();
  if (!answer.ok) throw new Refusal(await answer.json().catch(() => ({})), answer.status);
}
