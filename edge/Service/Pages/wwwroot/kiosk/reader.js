// Reads a screen aloud with the box's own voice, for one person who asked for it.

/** @param changed Told whether it is reading. @param failed Told when nothing could be heard. */
export function createReader(changed, failed) {
  const sound = new Audio();
  let reading = false;
  sound.addEventListener('ended', () => set(false));

  return { read, stop, isReading: () => reading };

  function read(text, language, ticket) {
    const asked = new URLSearchParams({ language });
    if (ticket) asked.set('ticket', ticket);
    sound.src = `/api/kiosk/speech/${text}?${asked}`;
    set(true);
    sound.play().catch(error => {
      if (error.name === 'AbortError' || !reading) return;
      set(false);
      failed();
    });
  }

  function stop() {
    if (!reading) return;
    set(false);
    sound.pause();
  }

  function set(on) {
    reading = on;
    changed(on);
  }
}
