// Tells the edge which calls people can see here. It speaks up every ten seconds even when there is nothing to tell, since a silent page may be a dead one.

const ALIVE_MS = 10000;
const AGAIN_MS = 1000;

/** More than is shown within the time that a request may take; past it the oldest is dropped, and told as unseen by the edge. */
const MOST_OPEN = 16;

/** @param send Takes ids, returns a promise that is kept when the edge has them. */
export function createReceipts(send) {
  const open = new Set();
  const told = new Set();
  let epoch = null;
  let asked = -1;
  let busy = false;
  let nextAt = 0;

  return { painted, tick, forget };

  /** These calls stand on the glass now. */
  function painted(picture, now) {
    if (picture.epoch !== epoch || picture.tv.asked !== asked) {
      open.clear();
      told.clear();
      epoch = picture.epoch;
      asked = picture.tv.asked;
    }
    const ids = picture.calls.map(call => call.id);
    for (const id of Array.from(told)) if (ids.indexOf(id) < 0) told.delete(id);
    for (const id of ids) if (id > 0 && !told.has(id)) open.add(id);
    for (const id of Array.from(open).slice(0, Math.max(0, open.size - MOST_OPEN))) open.delete(id);
    if (open.size > 0) go(now);
  }

  function tick(now) {
    if (epoch !== null && now >= nextAt) go(now);
  }

  /** A page that is cut off has nothing to tell; what it shows when it is back is told anew. */
  function forget() {
    open.clear();
    told.clear();
    epoch = null;
  }

  function go(now) {
    if (busy) return;
    busy = true;
    const [ids, of] = [Array.from(open), epoch];
    nextAt = now + ALIVE_MS;
    send(ids).then(() => {
      busy = false;
      if (of !== epoch) return;
      for (const id of ids) if (open.delete(id)) told.add(id);
      if (open.size > 0) nextAt = Math.min(nextAt, now); // More came meanwhile.
    }, () => {
      busy = false;
      nextAt = now + AGAIN_MS;
    });
  }
}
