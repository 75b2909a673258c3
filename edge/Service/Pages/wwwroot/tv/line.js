// The line to the edge, with a watch of its own: a browser may believe for minutes in a connection that is dead.

/** Beats come every two seconds. */
const SILENCE_MS = 7000;

/** A connection that breaks and is back within this time is no news. */
const GRACE_MS = 2000;
const AGAIN_MS = 1500;
const STUCK_MS = 5000;

/**
 * @param open Makes an event source.
 * @param now Monotonic milliseconds: a clock that is set must not look like silence.
 */
export function createLine(open, now, { picture, beat, lost }) {
  let source = null;
  let heardAt = now();
  let brokenAt = null;
  let openedAt = 0;
  let cut = false;

  return { begin, stop, tick };

  function begin() {
    if (source === null) [heardAt, brokenAt] = [now(), null];
    connect();
  }

  function connect() {
    close();
    openedAt = now();
    source = open();
    source.onmessage = event => { alive(); picture(JSON.parse(event.data), back()); };
    source.addEventListener('beat', event => { alive(); beat(JSON.parse(event.data)); });
    source.onerror = () => { if (brokenAt === null) brokenAt = now(); };
  }

  /** Nobody looks: the line is given back, and what stands on the glass is not true any more. */
  function stop() {
    close();
    cut = true;
    lost();
  }

  function close() {
    if (source === null) return;
    source.onmessage = source.onerror = null;
    source.close();
    source = null;
  }

  /** Called twice a second. */
  function tick() {
    if (source === null) return;
    const at = now();
    const dead = at - heardAt > SILENCE_MS || (brokenAt !== null && at - brokenAt > GRACE_MS);
    if (dead && !cut) {
      cut = true;
      lost();
    }
    // The browser tries again by itself, unless it was refused or waits on a line that says nothing.
    if (source.readyState === 2 ? at - openedAt > AGAIN_MS : dead && at - openedAt > STUCK_MS) connect();
  }

  function alive() {
    heardAt = now();
    brokenAt = null;
  }

  function back() {
    const was = cut;
    cut = false;
    return was;
  }
}
