// Every word of the page, Vietnamese first. Event sentences and faults come from the bridge in Vietnamese.
const words = {
  vi: {
    title: "Điều hành một cửa",
    subtitle: "Trung tâm Phục vụ hành chính công trong tỉnh",
    centres: "Trung tâm",
    feed: "Sự kiện mới nhất",
    figures: "Tổng hợp",
    close: "Đóng",
    search: "Tìm trung tâm…",
    language: "English",
    all: "Tất cả", online: "Trực tuyến", lost: "Mất kết nối", stopped: "Đã tắt", unknown: "Chưa rõ", faulty: "Có sự cố thiết bị",
    connected: "Đang cập nhật", connecting: "Đang kết nối…", broken: "Mất kết nối với máy chủ",
    brokenLong: "Mất kết nối với máy chủ. Số liệu dưới đây dừng ở {time} và có thể đã cũ; trang tự kết nối lại.",
    bridgeTrouble: "Cầu nối gặp sự cố; trung tâm vẫn phục vụ và giữ dữ liệu để gửi lại. ",
    none: "Chưa có trung tâm nào gửi dữ liệu.", noMatch: "Không có trung tâm nào khớp.",
    waiting: "{n} sự kiện chờ gửi", devices: "{n} thiết bị", allReady: "{n} thiết bị hoạt động tốt", more: "và {n} thiết bị khác",
    since: "từ {time}", noEvents: "Chưa có sự kiện", devicesTitle: "Thiết bị", eventsTitle: "Sự kiện gần đây", machine: "Máy tại trung tâm",
    version: "Phiên bản", clock: "Đồng hồ", memory: "Bộ nhớ", disk: "Thẻ nhớ còn trống", temperature: "Nhiệt độ", held: "Sự kiện đã lưu ở tỉnh", pending: "Chờ gửi",
    synced: "đúng giờ", holdover: "đang tự giữ giờ", unsynced: "chưa đúng giờ",
    ready: "Sẵn sàng", degraded: "Hoạt động kém", failed: "Có lỗi", absent: "Không có", loading: "Đang tải…", notLoaded: "Không tải được. Thử lại sau.", whatToDo: "Việc cần làm",
    commandsTitle: "Lệnh của tỉnh", commandText: "Lời đọc trên loa", commandReason: "Lý do", commandWho: "Người ra lệnh", announce: "Phát loa", selfTest: "Tự kiểm tra",
    "kind-announce": "Phát loa", "kind-self-test": "Tự kiểm tra", sendIt: "Gửi lệnh", notYet: "Thôi", sending: "Đang gửi…", notSent: "Chưa gửi được: {why}",
    "confirm-announce": "Phát loa tại {centre}?", "confirm-self-test": "Cho {centre} tự kiểm tra mọi thiết bị? Bảng và loa sẽ chạy thử; lượt gọi vẫn đi trước.",
    "missing-command-text": "Nhập lời cần đọc.", "missing-command-who": "Cho biết ai ra lệnh.", "missing-command-reason": "Cho biết lý do, ít nhất 3 ký tự.",
    "state-waiting": "chờ gửi", "state-sent": "đã gửi", "state-accepted": "đã nhận", "state-running": "đang chạy", "state-done": "xong", "state-failed": "không làm được",
    "state-refused": "từ chối", "state-expired": "hết hạn", orderedBy: "{who} · {reason}",
  },
  en: {
    title: "One-stop operations",
    subtitle: "Public administrative service centres of the province",
    centres: "Centres",
    feed: "Latest events",
    figures: "Summary",
    close: "Close",
    search: "Find a centre…",
    language: "Tiếng Việt",
    all: "All", online: "Online", lost: "Lost", stopped: "Stopped", unknown: "Unknown", faulty: "Device faults",
    connected: "Live", connecting: "Connecting…", broken: "Server not reachable",
    brokenLong: "The server is not reachable. What you see stopped at {time} and may be old; the page reconnects by itself.",
    bridgeTrouble: "The bridge is in trouble; centres go on serving and keep their data to send again. ",
    none: "No centre has sent anything yet.", noMatch: "No centre matches.",
    waiting: "{n} events wait", devices: "{n} devices", allReady: "{n} devices ready", more: "and {n} more devices",
    since: "since {time}", noEvents: "No events yet", devicesTitle: "Devices", eventsTitle: "Recent events", machine: "Box at the centre",
    version: "Version", clock: "Clock", memory: "Memory", disk: "Free on card", temperature: "Temperature", held: "Events held by the province", pending: "Waiting",
    synced: "synchronised", holdover: "holdover", unsynced: "not synchronised",
    ready: "ready", degraded: "degraded", failed: "failed", absent: "absent", loading: "Loading…", notLoaded: "Could not be loaded. Try again later.", whatToDo: "What to do",
    commandsTitle: "Commands of the province", commandText: "Text for the loudspeakers", commandReason: "Reason", commandWho: "Given by", announce: "Announce", selfTest: "Self-test",
    "kind-announce": "Announce", "kind-self-test": "Self-test", sendIt: "Send", notYet: "Cancel", sending: "Sending…", notSent: "Not sent: {why}",
    "confirm-announce": "Announce at {centre}?", "confirm-self-test": "Have {centre} try all its devices? Boards and loudspeakers will be tried; calls still go first.",
    "missing-command-text": "Enter what is to be said.", "missing-command-who": "Say who gives the command.", "missing-command-reason": "Say why, with at least 3 characters.",
    "state-waiting": "waiting to be sent", "state-sent": "sent", "state-accepted": "received", "state-running": "running", "state-done": "done", "state-failed": "failed",
    "state-refused": "refused", "state-expired": "expired", orderedBy: "{who} · {reason}",
  },
};

const stored = () => {
  try { return localStorage.getItem("language"); } catch { return null; }
};

export let language = stored() === "en" ? "en" : "vi";

export function switchLanguage() {
  language = language === "vi" ? "en" : "vi";
  try { localStorage.setItem("language", language); } catch { /* A browser without storage forgets the choice. */ }
}

export function say(key, values = {}) {
  const text = words[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

const zone = "Asia/Ho_Chi_Minh";
const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: zone });
const shortClock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: zone });
const day = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", timeZone: zone });

export const timeOf = (iso) => clock.format(new Date(iso));

export function momentOf(iso) {
  const at = new Date(iso);
  return day.format(at) === day.format(new Date()) ? shortClock.format(at) : `${shortClock.format(at)} ${day.format(at)}`;
}

export const numberOf = (n) => n.toLocaleString("vi-VN");
