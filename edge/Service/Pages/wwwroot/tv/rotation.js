// What does not fit side by side takes turns: services, notices, names. Turning also keeps the picture from burning in.

/** A line of the foot holds so many letters, whatever sans-serif the television has. */
const LETTERS = 84;

/** @param items Anything; the turn goes on where it was when they change. */
export function createRotation(everyMs, draw) {
  let items = [];
  let place = 0;
  let nextAt = 0;

  return {
    set(fresh, now) {
      items = fresh;
      if (place >= items.length) place = 0;
      if (nextAt === 0) nextAt = now + everyMs;
      draw(items[place], items.length);
    },
    tick(now) {
      if (items.length === 0 || now < nextAt) return;
      nextAt = now + everyMs;
      place = (place + 1) % items.length;
      draw(items[place], items.length);
    },
  };
}

/** A long text in pieces that fit, cut between words. */
export function piecesOf(text) {
  const pieces = [];
  let piece = '';
  for (const word of text.split(' ')) {
    for (let rest = word; rest !== '';) {
      const part = rest.slice(0, LETTERS);
      rest = rest.slice(LETTERS);
      if (piece === '') piece = part;
      else if (piece.length + 1 + part.length <= LETTERS) piece += ` ${part}`;
      else { pieces.push(piece); piece = part; }
    }
  }
  return piece === '' ? pieces : pieces.concat(piece);
}

export function pairsOf(list, size) {
  const pages = [];
  for (let i = 0; i < list.length; i += size) pages.push(list.slice(i, i + size));
  return pages;
}
