// Dot patterns of an HD44780's character ROM (A00), seven rows from the top, one base-32 digit a row: its five bits are
// the five dots, the highest on the left. "ehhhvhh" is an A: .###. #...# #...# #...# ##### #...# #...#

const ROWS = {
  A: 'ehhhvhh', B: 'uhhuhhu', C: 'ehggghe', D: 'sihhhis', E: 'vgguggv', F: 'vgguggg', G: 'ehgnhhf', H: 'hhhvhhh', I: 'e44444e',
  J: '72222ic', K: 'hikokih', L: 'ggggggv', M: 'hrllhhh', N: 'hhpljhh', O: 'ehhhhhe', P: 'uhhuggg', Q: 'ehhhlid', R: 'uhhukih',
  S: 'fgge11u', T: 'v444444', U: 'hhhhhhe', V: 'hhhhha4', W: 'hhhllla', X: 'hha4ahh', Y: 'hhha444', Z: 'v1248gv',
  0: 'ehjlphe', 1: '4c4444e', 2: 'eh1248v', 3: 'v2421he', 4: '26aiv22', 5: 'vgu11he', 6: '68guhhe', 7: 'v124888', 8: 'ehhehhe', 9: 'ehhf12c',
  a: '00e1fhf', b: 'ggmphhu', c: '00egghe', d: '11djhhf', e: '00ehvge', f: '698s888', g: '0fhhf1e', h: 'ggmphhh', i: '40c444e',
  j: '20622ic', k: 'ggikoki', l: 'c44444e', m: '00qllhh', n: '00mphhh', o: '00ehhhe', p: '00uhugg', q: '00djf11', r: '00mpggg',
  s: '00ege1u', t: '88s8896', u: '00hhhjd', v: '00hhha4', w: '00hhlla', x: '00ha4ah', y: '00hhf1e', z: '00v248v',
  ' ': '0000000', '-': '000v000', '.': '00000cc', ',': '0000c48', ':': '0cc0cc0', ';': '0cc0c48', '/': '01248g0', '!': '4444004',
  '?': 'eh12404', '(': '2488842', ')': '8422248', '+': '044v440', '=': '00v0v00', '*': '04lel40', "'": 'c480000', '"': 'aaa0000',
  '%': 'op248j3', '&': 'cik8lid', '#': 'aavavaa', '<': '248g842', '>': '8421248', '_': '000000v', '@': 'eh1dlle', $: '4fke5u4',
  '[': 'e88888e', ']': 'e22222e', '^': '4ah0000', '`': '8420000', '{': '2448442', '|': '4444444', '}': '8442448',
  '¥': 'hav4v44', '→': '042v240', '←': '048v840', '°': 'eae0000', '▒': 'lalalal', '█': 'vvvvvvv',
};

/** Whether a dot is lit. A code this table does not draw (half-width katakana, after a disturbance) gets a pattern of its own: garbage looks like garbage. */
export function dot(character, column, row) {
  const rows = ROWS[character];
  if (rows === undefined) return ((character.codePointAt(0) * 2654435761 + row * 40503 + column * 9973) >>> 7) % 3 === 0;
  if (row === 7) return character === '█';
  return (parseInt(rows[row], 32) >> (4 - column) & 1) === 1;
}
