// What the page says, in Vietnamese. Times are those of the centre, wherever the page is looked at.

const ZONE = { timeZone: 'Asia/Ho_Chi_Minh' };
const clock = new Intl.DateTimeFormat('vi-VN', { ...ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minute = new Intl.DateTimeFormat('vi-VN', { ...ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('vi-VN', { ...ZONE, day: '2-digit', month: '2-digit', year: 'numeric' });
const weekday = new Intl.DateTimeFormat('vi-VN', { ...ZONE, weekday: 'long', day: '2-digit', month: '2-digit', year: 'numeric' });

export const clockOf = time => clock.format(new Date(time));
export const minuteOf = time => minute.format(new Date(time));
export const dayOf = time => day.format(new Date(time));
export const weekdayOf = time => weekday.format(new Date(time));

export const STATES = { ready: 'Sẵn sàng', degraded: 'Hoạt động kém', failed: 'Có lỗi', absent: 'Không có' };

const PARTS = { speaker: 'Loa', microphone: 'Micrô', speech: 'Giọng đọc', voice: 'Gói giọng đọc', clock: 'Đồng hồ pin', journal: 'Nhật ký trên thẻ nhớ', uplink: 'Đường truyền về tỉnh', edge: 'Chương trình' };
const CHIPS = { hd44780: 'Bảng LCD', max7219: 'Bảng LED', 'max7219-matrix': 'Bảng ma trận', ht16k33: 'Bảng số', tm1637: 'Bảng số', ssd1306: 'Màn OLED' };

/** Names devices as people call them; those of one kind are told apart by a number. */
export function nameDevices(centre) {
  const names = new Map(Object.entries(PARTS));
  for (const neighbour of centre.neighbours) names.set(neighbour.id, neighbour.name);
  for (const button of centre.buttons) names.set(button.id, button.action === 'ticket' ? `Nút ${button.label}` : button.label);
  for (const { id, chip, counter } of centre.boards.filter(board => board.counter != null)) names.set(id, `${CHIPS[chip] ?? chip} quầy ${counter}`);
  for (const label of new Set(Object.values(CHIPS))) {
    const boards = centre.boards.filter(board => CHIPS[board.chip] === label && board.counter == null);
    boards.forEach((board, index) => names.set(board.id, boards.length > 1 ? `${label} ${index + 1}` : label));
  }
  for (const camera of centre.cameras) for (const { device, role } of camera.roles) names.set(device, device === camera.id ? camera.name : `${camera.name} · ${ROLES[role] ?? role}`);
  for (const recorder of centre.recorders) names.set(recorder.id, recorder.name);
  centre.tvs.forEach((tv, index) => names.set(tv.id, centre.tvs.length > 1 ? `Màn hình TV ${index + 1}` : 'Màn hình TV'));
  if (centre.printer) names.set(centre.printer.id, 'Máy in phiếu');
  centre.expanders.forEach((expander, index) => names.set(expander.id, centre.expanders.length > 1 ? `Bộ mở rộng chân ${index + 1}` : 'Bộ mở rộng chân'));
  return device => names.get(device) ?? device;
}

const countOf = (data, result) => data.devices.filter(device => device.result === result).length;
const DELIVERED = { done: 'đã thực hiện', failed: 'không thực hiện được', expired: 'quá hạn, đã bỏ', muted: 'giờ im lặng, không đọc' };
const COMMANDS = { announce: 'phát loa', 'self-test': 'tự kiểm tra', appointments: 'lịch hẹn', snapshot: 'chụp ảnh camera' };
const ANSWERED = { accepted: 'đã nhận', running: 'đang chạy', done: 'xong', failed: 'không làm được', refused: 'từ chối' };
const HAPPENED = {
  'ticket.issued': (data, say) => `Cấp số ${data.number} · ${say.service(data.service)}${data.ahead > 0 ? `, ${data.ahead} người chờ trước` : ''}`,
  'ticket.called': data => `Gọi ${data.number} đến quầy ${data.counter}`,
  'ticket.recalled': data => `Gọi lại ${data.number} đến quầy ${data.counter}, lần ${data.call}`,
  'ticket.done': data => `Đã phục vụ xong ${data.number} tại quầy ${data.counter}${data.inferred ? ' (tự ghi khi gọi số sau)' : ''}`,
  'ticket.serving': data => `Đang phục vụ ${data.number} tại quầy ${data.counter}`,
  'ticket.missed': data => `${data.number} lỡ lượt tại quầy ${data.counter}`,
  'ticket.parked': data => `Tạm gác ${data.number} tại quầy ${data.counter}`,
  'ticket.returned': data => `${data.number} trở lại hàng chờ`,
  'ticket.transferred': (data, say) => `Chuyển ${data.number} sang ${data.to ? `quầy ${data.to}` : say.service(data.service)}`,
  'ticket.cancelled': data => `Hủy số ${data.number}`,
  'ticket.reprinted': data => `In lại ${data.number}, bản thứ ${data.copy}`,
  'ticket.printed': data => `Đã in phiếu ${data.number}${data.copy > 1 ? `, bản thứ ${data.copy}` : ''}`,
  'ticket.unprinted': (data, say) => `Không in được phiếu ${data.number}${data.copy > 1 ? '' : ', đã hiện số và đọc thay'} · ${say.fault(data.fault)}`,
  'ticket.rated': data => `Đã đánh giá ${data.number}`,
  'action.undone': data => `Quầy ${data.counter} hoàn tác với số ${data.number}`,
  'counter.paused': data => `Quầy ${data.counter} tạm ngừng: ${data.why}`,
  'counter.resumed': data => `Quầy ${data.counter} làm việc trở lại`,
  'service.paused': (data, say) => `${say.service(data.service)} tạm ngừng: ${data.why}`,
  'service.resumed': (data, say) => `${say.service(data.service)} hoạt động trở lại`,
  'centre.paused': data => `Trung tâm tạm ngừng: ${data.why}`,
  'centre.resumed': () => 'Trung tâm hoạt động trở lại',
  'help.requested': data => data.kind === 'emergency' ? `KHẨN CẤP tại ${data.place}` : data.kind === 'home' ? `Yêu cầu phục vụ tại nhà ${data.place}${data.area ? `, ${data.area}` : ''}` : `Cần người hỗ trợ tại ${data.place}`,
  'help.taken': data => `Đội hỗ trợ (số ${data.member}) đã nhận yêu cầu tại ${data.place}`,
  'help.answered': data => `Đã có người hỗ trợ tại ${data.place}`,
  'help.withdrawn': data => `Không cần hỗ trợ tại ${data.place} nữa`,
  'appointment.booked': () => 'Có lịch hẹn mới',
  'appointment.cancelled': () => 'Hủy một lịch hẹn',
  'day.closed': () => 'Đóng ngày làm việc',
  'day.reopened': () => 'Mở lại ngày làm việc',
  'day.confirmed': () => 'Đồng hồ đã đúng',
  'clock.corrected': data => `Đồng hồ được chỉnh ${data.stepMs < 0 ? 'lùi' : 'tới'} ${Math.round(Math.abs(data.stepMs) / 1000)} giây`,
  'buttons.counted': data => `Số lần bấm của ${data.buttons.length} nút từ khi lắp: ${data.buttons.reduce((sum, button) => sum + button.presses + button.holds, 0)}`,
  'ticket.expired': data => `${data.number} hết hạn, chưa được phục vụ`,
  'day.opened': data => `Mở ngày làm việc ${data.date.split('-').reverse().join('/')}`,
  'self-test.finished': data => `Đã tự kiểm tra thiết bị: ${countOf(data, 'ok')} đạt, ${countOf(data, 'failed')} có lỗi, ${countOf(data, 'not-tried')} chưa thử`,
  'edge.started': data => `Máy khởi động, phiên bản ${data.version}`,
  'journal.opened': data => data.reason === 'first' ? 'Mở nhật ký mới' : 'Mở nhật ký mới sau khi nhật ký cũ bị hỏng',
  'call.delivered': (data, say) => `${say.device(data.output)} · lượt gọi ${say.call(data.callSeq)}: ${data.heard === false ? 'đã phát nhưng không nghe thấy tiếng' : DELIVERED[data.result] ?? data.result}`,
  'announcement.said': data => `${data.kind === 'guidance' ? 'Hướng dẫn' : 'Thông báo'}: ${DELIVERED[data.result] ?? data.result}`,
  'command.answered': data => `Lệnh của tỉnh (${COMMANDS[data.kind] ?? data.kind}): ${ANSWERED[data.state] ?? data.state}${data.reason ? `. ${data.reason}` : ''}`,
  'device.changed': (data, say) => `${say.device(data.device)}: ${(STATES[data.state] ?? data.state).toLowerCase()}${data.fault ? ` · ${say.fault(data.fault)}` : ''}`,
};

const lasting = seconds => seconds >= 3600 ? `${Math.round(seconds / 360) / 10} giờ` : seconds >= 120 ? `${Math.round(seconds / 60)} phút` : `${seconds} giây`;
const ROLES = { detect: 'hình', record: 'ghi hình', sound: 'âm thanh', recording: 'bản ghi', service: 'camera tự báo' };
const SHOTS = { asked: 'chụp một ảnh', sent: 'đã gửi ảnh về tỉnh', failed: 'không có ảnh' };
const REASONS = { security: 'an ninh, trật tự', incident: 'sự cố', device: 'kiểm tra camera', complaint: 'xác minh phản ánh' };
const CAUSES = { motion: 'chuyển động', sound: 'tiếng động', input: 'tín hiệu ngõ vào' };
const LOOKS = { covered: 'bị che', black: 'tối đen', white: 'lóa trắng' };
const course = (what, over) => (data, say) => `${say.device(data.camera)}: ${data.phase === 'end' ? `${over}, sau ${lasting(data.seconds)}` : what(data)}`;
Object.assign(HAPPENED, {
  'camera.unsure': (data, say) => `${say.device(data.camera)}: không còn biết sự cố trước (${ROLES[data.role] ?? data.role}) đã hết chưa`,
  'camera.offline': (data, say) => data.role === 'recording' ? `${say.device(data.camera)}: đầu ghi không ghi hình` : `${say.device(data.camera)} mất luồng ${ROLES[data.role] ?? data.role} · ${say.fault(data.fault)}`,
  'camera.online': (data, say) => data.role === 'recording' ? `${say.device(data.camera)}: đầu ghi ghi hình lại, sau ${lasting(data.seconds)}` : `${say.device(data.camera)} có lại luồng ${ROLES[data.role] ?? data.role}, sau ${lasting(data.seconds)}`,
  'camera.covered': course(data => `ống kính ${LOOKS[data.look] ?? data.look}`, 'nhìn lại được'),
  'camera.frozen': course(() => 'hình bị đứng', 'hình chạy lại'),
  'camera.blurred': course(() => 'hình bị mờ', 'hình rõ lại'),
  'camera.moved': course(() => 'bị xoay sang hướng khác', 'hướng nhìn ổn định lại'),
  'camera.clock': course(data => `đồng hồ ${data.driftSeconds > 0 ? 'nhanh' : 'chậm'} ${lasting(Math.abs(data.driftSeconds))}`, 'đồng hồ đúng lại'),
  'camera.motion': course(data => `camera báo có ${CAUSES[data.cause] ?? data.cause}`, 'yên trở lại'),
  'camera.tamper': course(() => 'camera báo bị tác động', 'thôi báo bị tác động'),
  'camera.snapshot': (data, say) => `${say.device(data.camera)} ${SHOTS[data.phase] ?? data.phase}${data.phase === 'asked' && data.blur ? ' đã làm mờ' : ''} (${data.cause === 'emergency' ? `nút khẩn cấp quầy ${data.counter}` : `tỉnh yêu cầu, ${REASONS[data.reason] ?? data.reason}`})${data.note ? ` · ${data.note}` : ''}`,
  'camera.deaf': course(data => data.cause === 'silent' ? 'không nghe thấy gì' : 'không gửi âm thanh', 'nghe lại được'),
});

/** One sentence for an event; its type when a newer edge tells something this page does not know. */
export const sentenceOf = (event, say) => HAPPENED[event.type]?.(event.data, say) ?? event.type;

export const toneOf = ({ type, data }) =>
  type === 'device.changed' ? (data.state === 'ready' ? 'good' : 'bad')
    : type === 'call.delivered' ? (data.heard !== false && (data.result === 'done' || data.result === 'muted') ? 'quiet' : 'bad')
      : type === 'camera.snapshot' ? 'quiet'
      : type.startsWith('camera.') ? (type === 'camera.online' || data.phase === 'end' ? 'good' : type === 'camera.unsure' ? 'quiet' : 'bad')
      : type.startsWith('ticket.') ? type.slice(7) : 'quiet';
