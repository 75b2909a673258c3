// The box's clock, carried on by the monotonic one: a cheap TV does not know what time it is.

const ZONE_MS = 7 * 3600 * 1000; // Việt Nam has one zone and no summer time.
const DAYS = ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy'];

const two = number => (number < 10 ? '0' : '') + number;

export function createClock(now) {
  let ahead = null;
  return {
    set(beat) { ahead = beat.sure ? beat.now - now() : null; },
    /** Null while the box is not sure. */
    read() {
      if (ahead === null) return null;
      const at = new Date(now() + ahead + ZONE_MS);
      return { time: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`, date: `${DAYS[at.getUTCDay()]} ${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}` };
    },
  };
}
