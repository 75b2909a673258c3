// A barcode scanner is a keyboard that types a code and ends with Enter. It needs no field to have the focus.

/** In a text field a scanner is told from a hand by its speed: its keys come within 30 ms, those of the fastest typist in 80. */
const FASTEST_HAND_MS = 60;
/** Outside of text fields nobody types, so that even a slow wireless one is heard, and its Enter presses no button. */
const SLOWEST_SCANNER_MS = 1000;
const SHORTEST = 4;
const LONGEST = 200;

/** @param scanned Called with what was read. */
export function createScanner(target, scanned) {
  let text = '';
  let last = -Infinity;

  target.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.key === 'Shift') return;
    const at = event.timeStamp;
    const follows = at - last < (event.target.matches?.('input') ? FASTEST_HAND_MS : SLOWEST_SCANNER_MS);
    if (event.key === 'Enter' && follows && text.length >= SHORTEST) {
      // Not for whatever has the focus: a scanned code must press no button.
      event.preventDefault();
      event.stopImmediatePropagation();
      scanned(text);
      text = '';
      return;
    }
    if (event.key.length !== 1 || event.key === ' ') {
      text = '';
      return;
    }
    text = (follows ? text : '') + event.key;
    if (text.length > LONGEST) text = '';
    last = at;
  }, { capture: true });
}
