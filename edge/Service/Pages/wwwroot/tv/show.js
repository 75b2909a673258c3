// Pictures and films while nobody is called. A call takes the stage at once; a film stops and goes on where it was.

const AFTER_MS = 20000;
const PICTURE_MS = 12000;
const FILM_MS = 15 * 60 * 1000;

/** A film that does not move for so long is left out. */
const STALLED_MS = 15000;
const NOTHING_MS = 60000;

/** @param list Promise of what there is, read anew at each round, so that files may come and go. */
export function createShow(box, list) {
  const picture = document.createElement('img');
  const film = document.createElement('video');
  picture.alt = '';
  film.playsInline = true;
  film.hidden = picture.hidden = true;
  box.appendChild(picture);
  box.appendChild(film);
  let files = [];
  let place = 0;
  let on = false;
  let asking = false;
  let calmSince = null;
  let until = 0;
  let movedAt = 0;
  let movedTo = -1;
  let broken = false;
  let worked = false;
  picture.onerror = film.onerror = () => { broken = true; };
  picture.onload = film.onplaying = () => { worked = true; };
  film.onended = () => { until = 0; };

  return { rouse, tick, isOn: () => on };

  /** Someone is called, or nothing is known: the stage is needed. */
  function rouse(now) {
    calmSince = now;
    if (!on) return;
    on = false;
    box.hidden = true;
    film.pause();
  }

  function tick(now) {
    if (calmSince === null || now - calmSince < AFTER_MS || asking) return;
    if (!on && files.length > 0 && files[place] && files[place].film && !film.hidden && !broken && until > now) {
      reveal();
      play(now);
    } else if (!on) {
      round(now);
    } else if (now >= until || broken || stalled(now)) {
      place += 1;
      if (place < files.length) show(now);
      else if (worked) round(now);
      else hide(now); // None of them can be shown; asking every second would change nothing.
    }
  }

  function round(now) {
    asking = true;
    list().then(found => {
      asking = false;
      if (now - calmSince < AFTER_MS) return; // Somebody was called meanwhile.
      files = found;
      // On from where a call broke in, or the first few would be all that is ever seen.
      place = files.length > 0 ? place % files.length : 0;
      worked = false;
      if (files.length > 0) show(now);
      else hide(now);
    }, () => { asking = false; hide(now); });
  }

  function hide(now) {
    on = false;
    box.hidden = true;
    calmSince = now - AFTER_MS + NOTHING_MS;
  }

  function show(now) {
    const file = files[place];
    broken = false;
    picture.hidden = file.film;
    film.hidden = !file.film;
    if (file.film) {
      picture.removeAttribute('src');
      film.src = file.url;
      play(now);
    } else {
      if (film.getAttribute('src')) { film.removeAttribute('src'); film.load(); }
      picture.src = file.url;
    }
    until = now + (file.film ? FILM_MS : PICTURE_MS);
    reveal();
  }

  function reveal() {
    on = true;
    box.hidden = false;
  }

  function play(now) {
    movedAt = now;
    movedTo = -1;
    film.muted = false;
    const begun = film.play();
    // Not allowed to sound: it plays without.
    if (begun) begun.catch(() => {
      film.muted = true;
      const silent = on ? film.play() : null;
      if (silent) silent.catch(() => { broken = on; });
    });
  }

  function stalled(now) {
    if (!files[place].film) return false;
    if (film.currentTime !== movedTo) {
      movedTo = film.currentTime;
      movedAt = now;
    }
    return now - movedAt > STALLED_MS;
  }
}
