// Devices as people call them.

const KINDS = {
  button: 'Nút bấm', hd44780: 'Bảng LCD', max7219: 'Bảng LED', 'max7219-matrix': 'Bảng ma trận', ht16k33: 'Bảng số', tm1637: 'Bảng số', ssd1306: 'Màn OLED', mcp23017: 'Bộ mở rộng chân',
  tv: 'Màn hình TV', printer: 'Máy in phiếu', speaker: 'Loa', microphone: 'Micrô', ds3231: 'Đồng hồ pin', camera: 'Camera', recorder: 'Đầu ghi', service: 'Phần mềm',
};
const PARTS = { speech: 'Giọng đọc', voice: 'Gói giọng đọc', journal: 'Nhật ký trên thẻ nhớ', 'journal-keeper': 'Dọn nhật ký', uplink: 'Đường truyền về tỉnh', edge: 'Chương trình' };

export const deviceName = ({ device, kind, name }) => name ?? PARTS[device] ?? (KINDS[kind] === undefined || device === kind ? KINDS[kind] ?? device : `${KINDS[kind]} ${device}`);

export const STATE_WORDS = { ready: 'Sẵn sàng', degraded: 'Hoạt động kém', failed: 'Có lỗi', absent: 'Không có' };

/** «Quầy 3», «Sảnh»: where help is wanted. */
export function placeName(place) {
  const counter = /^quay-(\d+)$/.exec(place)?.[1];
  const kiosk = /^may-lay-so(?:-(.+))?$/.exec(place);
  if (counter !== undefined) return `Quầy ${counter}`;
  if (kiosk !== null) return kiosk[1] === undefined ? 'Máy lấy số' : `Máy lấy số ${kiosk[1]}`;
  return { sanh: 'Sảnh', 'ban-huong-dan': 'Bàn hướng dẫn' }[place] ?? place;
}
