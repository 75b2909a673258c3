// Requests that are done once, however often they are sent: an answer that got lost is asked for again under the same name.

const WITHIN_MS = 5000;
const TRIES = 3;
const REST_MS = 700;

/** A refusal of the edge, with the sentence for people. */
export class Refusal extends Error {
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

// crypto.randomUUID exists only where the page came over TLS or from this machine.
const nameOf = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');

const rest = ms => new Promise(done => setTimeout(done, ms));

/**
 * @param sight What the page showed when the button was pressed.
 * @throws {Refusal} The edge said no; status 0 when it did not answer at all.
 */
export async function ask(method, path, { body, sight } = {}) {
  const headers = { 'Idempotency-Key': nameOf() };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (sight !== undefined) headers['If-Match'] = `"${sight}"`;
  for (let turn = 1; ; turn++) {
    const end = new AbortController();
    const late = setTimeout(() => end.abort(), WITHIN_MS);
    try {
      const answer = await fetch(path, { method, headers, cache: 'no-store', signal: end.signal, ...(body !== undefined && { body: JSON.stringify(body) }) });
      if (answer.ok) return await answer.json();
      const problem = await answer.json().catch(() => ({}));
      throw new Refusal(answer.status, (problem.type ?? '').replace('urn:motcua:problem:', ''), problem.detail ?? `Máy trả lời ${answer.status}; hãy thử lại.`);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (turn === TRIES) throw new Refusal(0, 'no-answer', 'Máy không trả lời. Khi nối lại, trang hiện đúng tình trạng; xem lại trước khi bấm lần nữa.');
      await rest(REST_MS);
    } finally {
      clearTimeout(late);
    }
  }
}
