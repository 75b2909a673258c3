// Hands: figures and the numeric pad, a presenter (its keys are those of a slide show), and Enter.

const BY_CODE = {
  NumpadEnter: '1', NumpadAdd: '2', NumpadSubtract: '4', NumpadMultiply: '5', NumpadDivide: '6', NumpadDecimal: '9',
};
const BY_KEY = { PageDown: '1', Enter: '1', PageUp: '2', b: '4', B: '4', '.': '4', F5: '7' };

/** @param press Told '1' to '9', or '?'. */
export function listenToKeys(press) {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    // In a window that asks something, figures choose its buttons; see choices.js.
    if (document.querySelector('dialog[open]') !== null) return;
    const key = /^Numpad[1-9]$/.test(event.code) ? event.code.slice(6) : BY_CODE[event.code] ?? BY_KEY[event.key] ?? (/^[1-9?]$/.test(event.key) ? event.key : null);
    if (key === null) return;
    // A button or a link that has the focus is pressed by Enter as everywhere.
    if (event.key === 'Enter' && event.code !== 'NumpadEnter' && ['BUTTON', 'A'].includes(document.activeElement?.tagName)) return;
    event.preventDefault();
    if (!event.repeat) press(key);
  });
}

export const KEY_WORDS = [
  ['1 · Enter', 'PageDown (nút tới)', 'Việc của nút lớn: gọi số, bắt đầu, xong & gọi tiếp'],
  ['2 · +', 'PageUp (nút lui)', 'Gọi lại'],
  ['3', '', 'Chỉ xong, chưa gọi ai'],
  ['4 · −', 'b (nút tắt màn hình)', 'Lỡ lượt'],
  ['5 · *', '', 'Tạm gác'],
  ['6 · /', '', 'Chuyển'],
  ['7', 'F5 (nút trình chiếu)', 'Tạm ngừng, mở lại quầy'],
  ['8', '', 'Gọi hỗ trợ'],
  ['9 · Del số', '', 'Hoàn tác trong 5 giây'],
  ['?', '', 'Bảng này'],
];
