// Pictures of our own, drawn with one pen: 24 by 24, no fill.

import { svg } from '/dom.js';

const PATHS = {
  'chung-thuc': 'M9 3h6v5l2 4H7l2-4zM5 12h14v5H5zM5 21h14',
  'ho-tich': 'M9 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20v-2a6 6 0 0 1 12 0v2M17 12a2.4 2.4 0 1 0 0-4.8M17 15a5 5 0 0 1 4 5',
  'dat-dai': 'M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  'ho-tro-truc-tuyen': 'M3 4h18v12H3zM8 21h8M12 16v5M12 13V7.5M9.5 9.5 12 7l2.5 2.5',
  'dang-ky-kinh-doanh': 'M4 10h16v10H4zM4 10l2-6h12l2 6M10 20v-6h4v6',
  'bao-tro-xa-hoi': 'M12 20C6 16 3 13 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 4-3 7-9 11z',
  'bao-hiem': 'M12 3l8 3v6c0 4.5-3.2 7.5-8 9-4.8-1.5-8-4.5-8-9V6zM9 12l2 2 4-4',
  'cu-tru': 'M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6',
  paper: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z',
  calendar: 'M4 6h16v15H4zM4 11h16M8 3v5M16 3v5M9 16l2 2 4-4',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21',
  printer: 'M7 9V3h10v6M5 9h14a2 2 0 0 1 2 2v6h-4M7 17H3v-6a2 2 0 0 1 2-2M7 14h10v7H7z',
  speaker: 'M4 9v6h4l5 4V5L8 9zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  stop: 'M6 6h12v12H6z',
  hand: 'M8 12V5.5a1.5 1.5 0 0 1 3 0V11M11 10.5V4a1.5 1.5 0 0 1 3 0v6.5M14 11V5.5a1.5 1.5 0 0 1 3 0V14c0 4-2.5 7-6 7-3 0-4.5-1.5-6-4.5L3.5 13.5a1.5 1.5 0 0 1 2.7-1.2L8 15',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18',
  voice: 'M4 5h16v11h-8l-5 4v-4H4zM8 9h8M8 12h5',
  switch: 'M12 4v5M5 13a7 7 0 0 1 14 0M3 13h18v7H3z',
  back: 'M20 12H5M11 5l-7 7 7 7',
  tick: 'M4 12.5l5.5 5.5L20 6.5',
  warn: 'M12 3.5 22 20H2zM12 10v4.5M12 17v.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2',
  erase: 'M9 5h12v14H9l-6-7zM12.5 9.5l5 5M17.5 9.5l-5 5',
};

export const icon = name => svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: PATHS[name] ?? PATHS.paper }));
