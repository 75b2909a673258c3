// In place of time, of the line to the edge and of the loudspeaker: a page lives through days in seconds. Put into it before its own scripts run.

(() => {
  let at = 5000;
  let names = 0;
  const timers = new Map();
  const hall = window.hall = { rings: 0, posts: 0, acknowledged: new Map(), most: 0, media: [], line: null, opened: 0, down: false, current: null };

  performance.now = () => at;
  window.setInterval = (run, every) => { timers.set(names += 1, { due: at + every, every, run }); return names; };
  window.setTimeout = (run, after) => { timers.set(names += 1, { due: at + (after || 0), every: 0, run }); return names; };
  window.clearTimeout = window.clearInterval = name => { timers.delete(name); };
  window.requestAnimationFrame = run => window.setTimeout(() => run(at), 16);
  window.Audio = class { play() { hall.rings += 1; return Promise.resolve(); } };
  window.EventSource = class {
    constructor(url) {
      Object.assign(this, { url, readyState: 1, beat: null });
      hall.opened += 1;
      if (hall.down) {
        window.setTimeout(() => this.onerror && this.onerror(), 5);
        return;
      }
      hall.line = this;
      window.setTimeout(() => { if (hall.line === this && hall.current !== null) hall.send(hall.current); }, 10);
    }
    addEventListener(name, run) { this.beat = run; }
    close() { this.readyState = 2; if (hall.line === this) hall.line = null; }
  };
  window.fetch = async (path, asked) => {
    if (hall.down) throw new TypeError('Failed to fetch');
    if (path === '/api/board/media') return { ok: true, json: async () => ({ files: hall.media }) };
    const { calls } = JSON.parse(asked.body);
    hall.posts += 1;
    hall.most = Math.max(hall.most, calls.length);
    for (const id of calls) hall.acknowledged.set(id, (hall.acknowledged.get(id) || 0) + 1);
    return { ok: true, json: async () => ({ known: calls.length }) };
  };

  hall.cut = () => {
    const line = hall.line;
    hall.down = true;
    hall.line = null;
    line.onerror();
  };
  hall.send = picture => hall.line && hall.line.onmessage && hall.line.onmessage({ data: JSON.stringify(picture) });
  hall.beat = () => hall.line && hall.line.beat && hall.line.beat({ data: JSON.stringify({ now: 1795000000000 + at, sure: true }) });
  hall.now = () => at;

  /** Lets time pass; what is due runs in its order, and what it promised is kept before the next. */
  hall.pass = async (ms, beats = true) => {
    const end = at + ms;
    let beatAt = at + 2000;
    for (;;) {
      let [due, who] = [beats ? beatAt : Infinity, null];
      for (const [name, timer] of timers) if (timer.due < due) [due, who] = [timer.due, name];
      if (due > end) break;
      at = due;
      if (who === null) {
        hall.beat();
        beatAt += 2000;
      } else {
        const timer = timers.get(who);
        if (timer.every > 0) timer.due += timer.every;
        else timers.delete(who);
        timer.run();
      }
      for (let i = 0; i < 8; i += 1) await null;
    }
    at = end;
  };
  hall.timers = () => timers.size;
})();
