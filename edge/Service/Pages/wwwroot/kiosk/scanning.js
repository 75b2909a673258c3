// Switch access: a frame goes from field to field by itself, and one key chooses; or one key steps and another chooses.

const CONTROLS = 'button:not([disabled]), a[href], input:not([disabled])';
const HOLD_MS = 1000;

/**
 * Modes: «auto», where the frame moves and space, Enter or a click of a switch that is a mouse chooses; «step», where space steps and Enter, or space held for a second, chooses.
 * @param stepMs How long the frame rests on a field.
 */
export function createScanning(document, stepMs) {
  let mode = 'off';
  let timer = 0;
  let heldAt = 0;

  document.addEventListener('keydown', event => {
    if (mode === 'off' || (event.key !== ' ' && event.key !== 'Enter')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (mode === 'auto' || event.key === 'Enter') choose();
    else heldAt = performance.now();
  }, { capture: true });
  document.addEventListener('keyup', event => {
    if (mode === 'off' || (event.key !== ' ' && event.key !== 'Enter')) return;
    event.preventDefault();
    if (mode !== 'step' || event.key !== ' ' || heldAt === 0) return;
    if (performance.now() - heldAt >= HOLD_MS) choose();
    else step();
    heldAt = 0;
  }, { capture: true });

  return { set, mode: () => mode };

  function set(next) {
    mode = next;
    document.documentElement.dataset.scan = next;
    clearInterval(timer);
    if (mode === 'auto') timer = setInterval(step, stepMs);
    if (mode !== 'off') step();
  }

  function controls() {
    return [...document.querySelectorAll(CONTROLS)].filter(node => node.offsetParent !== null && !node.closest('[inert]'));
  }

  function step() {
    const all = controls();
    if (all.length === 0) return;
    const next = all[(all.indexOf(document.activeElement) + 1) % all.length];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }

  function choose() {
    const node = document.activeElement;
    if (controls().includes(node)) node.click();
    else step();
    // Whoever chose has time to look before the frame moves on.
    if (mode === 'auto') { clearInterval(timer); timer = setInterval(step, stepMs); }
  }
}
