// From page to page of one kiosk. There is no keyboard and nobody who reloads: the browser's own page of errors would stand there until the evening.

import { read } from '/edge.js';

/** @returns False: the edge did not answer, and the page stays. */
export async function go(address) {
  try {
    await read('/api/kiosk');
  } catch {
    return false;
  }
  location.href = address;
  return true;
}

/** How this machine was set up, with the switch access that is on now. */
export function addressOf(search, mode) {
  const asked = new URLSearchParams(search);
  if (mode === 'off') asked.delete('switch');
  else asked.set('switch', mode);
  return String(asked) === '' ? '' : `?${asked}`;
}
