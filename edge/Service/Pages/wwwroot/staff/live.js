// The line of a staff page to the edge: whole pictures, the box's own clock, and an honest word when it is gone.

import { createLine } from '/tv/line.js';
import { byId, setText } from '/dom.js';
import { minuteOf } from '/words.js';

const CUT = 'Mất kết nối với máy. Nút trên trang tạm khóa; trang tự nối lại. Nếu kéo dài, dùng phím bấm ở quầy và báo đội hỗ trợ.';
const FULL = 'Máy chưa nhận thêm trang theo dõi: có thể quá nhiều cửa sổ đang mở. Đóng bớt cửa sổ không dùng; trang tự thử lại sau vài giây.';

/** A line that is refused sooner than this was refused for itself and not for a session that ended; it is asked for again no faster. */
const AT_ONCE_MS = 3000;

/**
 * @param url Of the stream.
 * @param picture Told a picture once the box's clock is known, and again whenever one differs.
 * @param changed Told whether the line holds.
 * @param refused Told that the edge may ask for a log-in.
 */
export function follow(url, { picture, changed, refused, tick }) {
  let offset = null;
  let newest = null;
  let live = false;
  let version = null;
  let quiet = false;
  let again = 0;

  const line = createLine(() => {
    const source = new EventSource(url);
    const openedAt = performance.now();
    source.addEventListener('ended', () => refused());
    // The browser gives up where the answer is a refusal; whose turn it is to log in, the session tells.
    source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) closed(performance.now() - openedAt); });
    return source;
  }, () => performance.now(), { picture: told, beat, lost });

  function closed(after) {
    if (after >= AT_ONCE_MS) return refused();
    stop();
    setText(byId('cut'), FULL);
    byId('cut').hidden = false;
    again = setTimeout(refused, AT_ONCE_MS);
  }

  function told(next) {
    if (version !== null && next.version !== version) location.reload();
    version = next.version;
    newest = next;
    if (offset !== null) show();
  }

  function beat({ mono, now, sure }) {
    const first = offset === null;
    offset = mono - performance.now();
    setText(byId('time'), sure ? minuteOf(now) : '--:--');
    if (newest !== null && (first || !live)) show();
  }

  function show() {
    if (!live) {
      live = true;
      byId('cut').hidden = true;
      changed(true);
    }
    picture(newest);
  }

  function lost() {
    live = false;
    offset = null;
    setText(byId('cut'), CUT);
    byId('cut').hidden = quiet;
    changed(false);
  }

  // Nobody looks, or nobody is logged in: nothing is broken, and what stands there may not be pressed.
  function stop() {
    clearTimeout(again);
    quiet = true;
    line.stop();
    quiet = false;
  }

  setInterval(() => { line.tick(); if (live) tick?.(); }, 500);
  return {
    begin: line.begin,
    stop,
    /** Milliseconds that have passed since a moment of the box's clock. */
    since: moment => Math.max(0, performance.now() + (offset ?? 0) - moment),
    /** Milliseconds that are left until it. */
    until: moment => moment - performance.now() - (offset ?? 0),
    isLive: () => live,
    picture: () => newest,
  };
}

/** 4:05, or 1:04:05. */
export function lengthOf(ms) {
  const all = Math.floor(ms / 1000);
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, String(all % 60).padStart(2, '0')];
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** «12 phút», «dưới 1 phút». */
export const minutesOf = ms => ms < 60000 ? 'dưới 1 phút' : ms < 5400000 ? `${Math.floor(ms / 60000)} phút` : `${Math.floor(ms / 3600000)} giờ ${Math.floor(ms / 60000) % 60} phút`;
