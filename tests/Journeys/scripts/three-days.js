/* Three days and ten thousand calls at three counters; now and then the line is gone for a while, and calls go on meanwhile. */
async ({ calls, from, everyMs, cutEvery, cutMs }) => {
  const { hall } = window;
  const standing = hall.current ? hall.current.calls.slice() : [];
  const told = { live: 0, cuts: 0, shown: 0 };
  const shows = id => document.getElementById('screen').hidden === false && document.getElementById('number').textContent === `A${String(id % 1000).padStart(3, '0')}`;
  for (let i = from; i < from + calls; i += 1) {
    const id = i * 3;
    const counter = 1 + i % 3;
    const place = standing.findIndex(call => call.counter === counter);
    if (place >= 0) standing.splice(place, 1);
    standing.unshift({ id, number: `A${String(id % 1000).padStart(3, '0')}`, counter });
    const cut = i % cutEvery === cutEvery - 1;
    if (cut) {
      told.cuts += 1;
      hall.cut();
      await hall.pass(cutMs / 2);
    }
    hall.current = Object.assign({}, hall.base, { calls: standing.slice(), waiting: [{ series: 'A', name: 'Chứng thực', waiting: i % 40, paused: false }] });
    if (cut) {
      if (!document.getElementById('screen').hidden) throw new Error(`Call ${i}: cut off, and the old call is left standing.`);
      await hall.pass(cutMs / 2);
      hall.down = false;
      await hall.pass(6000);
    } else {
      told.live += 1;
      hall.send(hall.current);
    }
    await hall.pass(everyMs);
    told.shown += shows(id) ? 1 : 0;
  }
  return JSON.stringify({
    live: told.live, cuts: told.cuts, shown: told.shown, rings: hall.rings, posts: hall.posts, most: hall.most, timers: hall.timers(), hours: hall.now() / 3600000,
    unanswered: Array.from({ length: calls }, (_, i) => (from + i) * 3).filter(id => !hall.acknowledged.has(id)).length,
    doubled: Array.from(hall.acknowledged.values()).reduce((sum, times) => sum + times - 1, 0),
    children: document.getElementsByTagName('*').length,
  });
}
