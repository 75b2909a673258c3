// The two tones of a call. A browser that lets no page sound unasked stays silent; the call blinks all the same.

export function createSound() {
  let tones = null;
  return {
    /** Fetched before it is needed, and only where the television may ring. */
    prepare(wanted) {
      if (!wanted || tones !== null) return;
      tones = new Audio('/api/board/chime.wav');
      tones.preload = 'auto';
    },
    ring() {
      if (tones === null) return;
      if (tones.error) tones.load(); // It could not be fetched once; without this it would stay silent for ever.
      tones.currentTime = 0;
      const begun = tones.play();
      if (begun) begun.catch(() => {});
    },
  };
}
