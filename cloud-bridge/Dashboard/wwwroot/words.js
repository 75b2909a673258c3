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
    "kind-announce": "Phát loa", "kind-self-test": "Tự kiểm tra", "kind-appointments": "Lịch hẹn", appointmentsCount: "{count} lịch hẹn, từ {from} đến {to}", sendIt: "Gửi lệnh", notYet: "Thôi", sending: "Đang gửi…", notSent: "Chưa gửi được: {why}",
    "confirm-announce": "Phát loa tại {centre}?", "confirm-self-test": "Cho {centre} tự kiểm tra mọi thiết bị? Bảng và loa sẽ chạy thử; lượt gọi vẫn đi trước.",
    "missing-command-text": "Nhập lời cần đọc.", "missing-command-who": "Cho biết ai ra lệnh.", "missing-command-reason": "Cho biết lý do, ít nhất 3 ký tự.",
    "state-waiting": "chờ gửi", "state-sent": "đã gửi", "state-accepted": "đã nhận", "state-running": "đang chạy", "state-done": "xong", "state-failed": "không làm được",
    "state-refused": "từ chối", "state-expired": "hết hạn", orderedBy: "{who} · {reason}",
    configTitle: "Cấu hình", configUnknown: "Trung tâm chưa báo đang dùng cấu hình nào.", configProvince: "Đang dùng bản tỉnh gửi lúc {time}", configEdited: "Sửa tại chỗ", configLocal: "Đang dùng tệp tại trung tâm",
    configGiven: "Gửi lúc", configState: "Kết quả", configWhy: "Người gửi · lý do",
    "config-waiting": "chờ gửi", "config-sent": "đã gửi", "config-superseded": "đã có bản mới hơn", "config-withdrawn": "đã thu hồi", "config-tried": "đang thử", "config-kept": "đã giữ",
    "config-refused": "có lỗi, không dùng", "config-rolled-back": "đã trở về bản trước", "config-set-aside": "sửa tại chỗ",
    "kind-snapshot": "Chụp ảnh camera", video: "Xem video ↗", snapshotsTitle: "Ảnh camera theo yêu cầu", snapshotCamera: "Camera", snapshotReason: "Mục đích", snapshotRole: "Vai trò người yêu cầu", snapshotTtl: "Lưu trong",
    "reason-security": "An ninh, trật tự", "reason-incident": "Sự cố, tai nạn", "reason-device": "Kiểm tra camera", "reason-complaint": "Xác minh phản ánh", "reason-emergency": "Khẩn cấp",
    "role-operator": "Điều hành", "role-supervisor": "Lãnh đạo", "role-technician": "Kỹ thuật", "ttl-60": "1 giờ", "ttl-1440": "1 ngày", "ttl-10080": "7 ngày",
    snapshotBlur: "Làm mờ, không nhận ra ai", snapshotAsk: "Chụp một ảnh", snapshotAsked: "Đã gửi yêu cầu; ảnh hiện ở danh sách dưới khi về tới tỉnh.", snapshotNone: "Chưa có ảnh nào.",
    snapshotRule: "Chỉ chụp và xem khi có mục đích rõ ràng. Mỗi lần chụp ghi vào nhật ký của trung tâm; mỗi lần xem ghi lại tên và lý do, không xóa được.",
    snapshotEmergency: "Nút khẩn cấp, quầy {counter}", snapshotBlurred: "đã làm mờ", snapshotSharp: "ảnh rõ", snapshotUntil: "Tự xóa lúc {time} · {size}", snapshotGone: "Đã xóa lúc {time}.",
    snapshotUnseen: "Chưa ai xem.", snapshotSeen: "Đã xem: {who}", snapshotLook: "Xem ảnh", snapshotLogged: "Đã ghi: {who} xem ảnh này. Ảnh tự xóa lúc {time}.", snapshotNotShown: "Không xem được: {why}",
    lookWho: "Người xem", lookWhy: "Lý do xem", "missing-look-who": "Cho biết ai xem.",
    "snapshot-asked": "đang chờ ảnh", "snapshot-sent": "đã gửi, chưa tới", "snapshot-stored": "có ảnh", "snapshot-failed": "không có ảnh", "snapshot-lost": "ảnh không tới", "snapshot-expired": "đã xóa",
    pages: "Các trang", overview: "Tổng quan", alertsTitle: "Cảnh báo", ledgerTitle: "Sổ đối chiếu", ledgerSubtitle: "Tỉnh có đủ mọi sự kiện của mọi trung tâm không", refusedTitle: "Bản tin bị từ chối",
    refusedSubtitle: "Những gì máy chủ không nhận, để tìm ra nơi gửi sai", byCentre: "Theo trung tâm", byDay: "Theo ngày", period: "Khoảng thời gian", lastDays: "{n} ngày gần nhất",
    centre: "Trung tâm", day: "Ngày", issued: "Số đã cấp", received: "Sự kiện đã nhận", lost: "Báo mất", result: "Kết quả", whole: "Đủ, chuỗi băm khớp", checking: "Đang kiểm tra",
    lacksCount: "Thiếu ở {n} chỗ", lacksTitle: "Chỗ thiếu", nothingLacks: "Không thiếu sự kiện nào.", noDay: "Không rõ ngày", allCentres: "← Tất cả trung tâm",
    ledgerWhole: "Đủ: {n} sự kiện, mọi mã băm đều khớp.", ledgerLacking: "Có {n} trung tâm thiếu sự kiện. Mở từng trung tâm để xem thiếu gì và cần làm gì.",
    ledgerChecking: "Đang kiểm tra chuỗi băm, còn {n} gói.", ledgerHow: "Mỗi sự kiện được kiểm tra mã băm một lần khi máy chủ đọc tới. Để đọc lại toàn bộ kho: cloud-bridge ledger.",
    lackRange: "Sự kiện {from}–{to} ({n} sự kiện, nhật ký {epoch}).",
    "lack-declaredLost": "Trung tâm báo đã mất.", "lack-declaredLost-do": "Thẻ nhớ đầy quá lâu khi mất mạng. Sửa đường truyền; không lấy lại được.",
    "lack-notDeliveredYet": "Trung tâm chưa gửi.", "lack-notDeliveredYet-do": "Trung tâm sẽ gửi khi có mạng.",
    "lack-altered": "Dữ liệu lưu bị thay đổi.", "lack-altered-do": "Khôi phục kho từ bản sao.", "lack-vanished": "Đã nhận nhưng không còn trong kho.", "lack-vanished-do": "Khôi phục kho từ bản sao.",
    "lack-forgotten": "Đã xóa theo thời hạn lưu.", "lack-forgotten-do": "Số liệu tổng hợp vẫn còn.",
    newestFirst: "Mới nhất trước", when: "Lúc", refusedWhy: "Lý do", times: "Số lần", size: "Độ lớn", firstBytes: "Các byte đầu", bytes: "{n} byte", noCentre: "Không rõ",
    refusedNone: "Không có bản tin nào bị từ chối.", refusedSome: "{n} bản tin bị từ chối. Bản tin của trung tâm thật thường do phiên bản cũ hoặc đồng hồ sai; bản tin lạ là có máy khác gửi vào.",
    viewsLag: "Số liệu tổng hợp chậm {n} giây.", viewsFault: "Số liệu tổng hợp đang dừng: {why}",
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
    "kind-announce": "Announce", "kind-self-test": "Self-test", "kind-appointments": "Appointments", appointmentsCount: "{count} appointments, {from} to {to}", sendIt: "Send", notYet: "Cancel", sending: "Sending…", notSent: "Not sent: {why}",
    "confirm-announce": "Announce at {centre}?", "confirm-self-test": "Have {centre} try all its devices? Boards and loudspeakers will be tried; calls still go first.",
    "missing-command-text": "Enter what is to be said.", "missing-command-who": "Say who gives the command.", "missing-command-reason": "Say why, with at least 3 characters.",
    "state-waiting": "waiting to be sent", "state-sent": "sent", "state-accepted": "received", "state-running": "running", "state-done": "done", "state-failed": "failed",
    "state-refused": "refused", "state-expired": "expired", orderedBy: "{who} · {reason}",
    configTitle: "Configuration", configUnknown: "The centre has not said what it runs by.", configProvince: "Runs by the province's file of {time}", configEdited: "Edited at the centre", configLocal: "Runs by its own file",
    configGiven: "Given", configState: "Result", configWhy: "Who · why",
    "config-waiting": "waiting", "config-sent": "sent", "config-superseded": "superseded", "config-withdrawn": "withdrawn", "config-tried": "on trial", "config-kept": "kept",
    "config-refused": "refused, has errors", "config-rolled-back": "rolled back", "config-set-aside": "edited at the centre",
    "kind-snapshot": "Camera picture", video: "Video ↗", snapshotsTitle: "Camera pictures on demand", snapshotCamera: "Camera", snapshotReason: "Purpose", snapshotRole: "Role", snapshotTtl: "Kept for",
    "reason-security": "Security", "reason-incident": "Incident, accident", "reason-device": "Checking the camera", "reason-complaint": "Verifying a complaint", "reason-emergency": "Emergency",
    "role-operator": "Operator", "role-supervisor": "Supervisor", "role-technician": "Technician", "ttl-60": "1 hour", "ttl-1440": "1 day", "ttl-10080": "7 days",
    snapshotBlur: "Blurred, nobody can be known", snapshotAsk: "Take a picture", snapshotAsked: "Asked for; the picture shows up in the list below when it is here.", snapshotNone: "No pictures yet.",
    snapshotRule: "Take and look only with a purpose. Each picture is written into the centre's journal; each look is kept with name and reason, for ever.",
    snapshotEmergency: "Emergency button, counter {counter}", snapshotBlurred: "blurred", snapshotSharp: "sharp", snapshotUntil: "Removed at {time} · {size}", snapshotGone: "Removed at {time}.",
    snapshotUnseen: "Nobody has looked.", snapshotSeen: "Seen by: {who}", snapshotLook: "Look", snapshotLogged: "Written down: {who} looks at this picture. It is removed at {time}.", snapshotNotShown: "Not shown: {why}",
    lookWho: "Who looks", lookWhy: "Why", "missing-look-who": "Say who looks.",
    "snapshot-asked": "waiting for the picture", "snapshot-sent": "sent, not here yet", "snapshot-stored": "here", "snapshot-failed": "no picture", "snapshot-lost": "never came", "snapshot-expired": "removed",
    pages: "Pages", overview: "Overview", alertsTitle: "Alerts", ledgerTitle: "Ledger", ledgerSubtitle: "Does the province hold every event of every centre", refusedTitle: "Refused messages",
    refusedSubtitle: "What the bridge did not take, to find who sends it", byCentre: "By centre", byDay: "By day", period: "Period", lastDays: "Last {n} days",
    centre: "Centre", day: "Day", issued: "Tickets issued", received: "Events received", lost: "Declared lost", result: "Result", whole: "Complete, hash chain fits", checking: "Being checked",
    lacksCount: "Missing in {n} places", lacksTitle: "What is missing", nothingLacks: "No event is missing.", noDay: "Day not known", allCentres: "← All centres",
    ledgerWhole: "Complete: {n} events, every hash fits.", ledgerLacking: "{n} centres lack events. Open one to see what is missing and what to do.",
    ledgerChecking: "The hash chain is being checked, {n} stretches to go.", ledgerHow: "Each event's hash is checked once, when the bridge comes to it. To read all of the store again: cloud-bridge ledger.",
    lackRange: "Events {from}–{to} ({n} events, journal {epoch}).",
    "lack-declaredLost": "Declared lost by the centre.", "lack-declaredLost-do": "Its card was full for too long without a line. Mend the line; they cannot be had back.",
    "lack-notDeliveredYet": "Not delivered yet.", "lack-notDeliveredYet-do": "The centre sends them once its line is back.",
    "lack-altered": "Stored bytes were altered.", "lack-altered-do": "Restore the store from a backup.", "lack-vanished": "Was held and is gone.", "lack-vanished-do": "Restore the store from a backup.",
    "lack-forgotten": "Forgotten on purpose.", "lack-forgotten-do": "Figures made of them are still there.",
    newestFirst: "Newest first", when: "When", refusedWhy: "Reason", times: "Times", size: "Size", firstBytes: "First bytes", bytes: "{n} bytes", noCentre: "Not known",
    refusedNone: "No message was refused.", refusedSome: "{n} messages were refused. Those of a real centre mostly come from an old version or a wrong clock; strange ones from another machine.",
    viewsLag: "Figures are {n} seconds behind.", viewsFault: "Figures stand still: {why}",
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

/** A page that has many words of its own brings them. */
export function learn(more) {
  for (const [name, of] of Object.entries(more)) Object.assign(words[name], of);
}

export function say(key, values = {}) {
  const text = words[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Puts the words of the language into the page, now and whenever it is switched. */
export function drawWords(then) {
  const draw = () => {
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
    document.getElementById("language").textContent = say("language");
    then();
  };
  document.getElementById("language").addEventListener("click", () => { switchLanguage(); draw(); });
  draw();
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

export const dayOf = (iso) => iso.split("-").reverse().join("/");

export const numberOf = (n) => n.toLocaleString("vi-VN");
