namespace MotCua.Edge.Queue;

/// <summary>Every refusal of the queue: a stable code for programs, and a reason that a clerk or citizen understands.</summary>
public static class Refusals
{
    public static Refused UnknownService => new("unknown-service", "Trung tâm không có lĩnh vực này.");

    public static Refused UnknownPriority => new("unknown-priority", "Bảng ưu tiên không có đối tượng này, hoặc quy định chưa có hiệu lực.");

    public static Refused TooManyWaiting => new("too-many-waiting", "Quá đông người chờ; vui lòng đến bàn hướng dẫn.");

    public static Refused NumbersUsedUp => new("numbers-used-up", "Đã hết số của lĩnh vực này trong ngày; vui lòng đến bàn hướng dẫn.");

    public static Refused OutsideHours => new("outside-hours", "Ngoài giờ tiếp nhận; vui lòng quay lại trong giờ làm việc.");

    public static Refused AfterLastTicket => new("after-last-ticket", "Đã hết giờ lấy số của buổi này; vui lòng quay lại buổi làm việc sau.");

    public static Refused DayIsClosed => new("day-closed", "Hôm nay trung tâm đã ngừng tiếp nhận.");

    public static Refused DayIsOpen => new("day-already-open", "Ngày làm việc đang mở.");

    public static Refused DayAlreadyClosed => new("day-already-closed", "Ngày làm việc đã đóng hoặc chưa mở.");

    public static Refused NobodyWaiting => new("nobody-waiting", "Không còn công dân nào đang chờ.");

    /// <remarks>One object, since a timer asks all day.</remarks>
    public static Refused NothingDue { get; } = new("nothing-due", "Chưa có việc gì đến giờ.");

    public static Refused NothingToUndo => new("nothing-to-undo", "Không có thao tác nào để hoàn tác; lượt gọi đã đọc loa thì không rút lại được.");

    public static Refused UndoTooLate => new("undo-too-late", "Đã quá thời gian hoàn tác.");

    public static Refused UndoUnsafe => new("undo-unsafe", "Không hoàn tác được: số này đã được gọi, trở lại, đánh giá hoặc kết thúc ở nơi khác.");

    public static Refused UnknownAppointment => new("unknown-appointment", "Không tìm thấy lịch hẹn này, hoặc lịch hẹn đã được nhận.");

    public static Refused AppointmentExists => new("appointment-exists", "Mã lịch hẹn này đã có.");

    public static Refused TooManyAppointments => new("too-many-appointments", "Đã đủ số lịch hẹn mà trung tâm lưu được.");

    public static Refused SlotIsPast => new("slot-past", "Giờ hẹn đã qua.");

    public static Refused SlotTooFar => new("slot-too-far", "Giờ hẹn không hợp lệ: phải trong vòng một năm tới.");

    public static Refused NotToday => new("not-today", "Lịch hẹn này không phải của hôm nay.");

    public static Refused HelpAlreadyAsked => new("help-already-asked", "Đội hỗ trợ đã được gọi đến đây.");

    public static Refused TooManyHelpRequests => new("too-many-help-requests", "Đội hỗ trợ đang được gọi ở quá nhiều nơi.");

    public static Refused NoHelpAsked => new("no-help-asked", "Không có yêu cầu hỗ trợ nào ở đây.");

    public static Refused HelpOnTheWay => new("help-on-the-way", "Đội hỗ trợ đang đến; xin nói với người đến là không cần nữa.");

    public static Refused HelpOfStaff => new("help-of-staff", "Yêu cầu này do cán bộ gửi; đội hỗ trợ đánh dấu xong trên trang /help.");

    public static Refused HelpTakenAlready => new("help-taken-already", "Vừa có người khác nhận yêu cầu này.");

    public static Refused UnknownMember => new("unknown-member", "Số của thành viên đội hỗ trợ từ 1 đến 99.");

    public static Refused NotPaused => new("not-paused", "Đang hoạt động, không có gì để mở lại.");

    public static Refused AlreadyPaused(Pause pause) => new("already-paused", $"Đã tạm ngừng trước đó: {pause.Why}.");

    public static Refused CentrePaused(Pause pause) => new("centre-paused", $"Trung tâm tạm ngừng phục vụ: {pause.Why}.");

    public static Refused ServicePaused(Service service, Pause pause) => new("service-paused", $"Lĩnh vực {service.Name} tạm ngừng phục vụ: {pause.Why}.");

    public static Refused CounterPaused(CounterId counter, Pause pause) => new("counter-paused", $"Quầy {counter} tạm ngừng phục vụ: {pause.Why}.");

    public static Refused QuotaReached(Service service) => new("quota-reached", $"Lĩnh vực {service.Name} đã nhận đủ {service.Quota} hồ sơ của hôm nay.");

    public static Refused UnknownCounter(CounterId counter) => new("unknown-counter", $"Trung tâm không có quầy {counter}.");

    public static Refused CounterEmpty(CounterId counter) => new("counter-empty", $"Quầy {counter} không có lượt nào đang phục vụ.");

    public static Refused PressedTwice(TicketNumber number) => new("pressed-twice", $"Vừa gọi số {number}; lần bấm này không tính.");

    public static Refused AlreadyServing(TicketNumber number) => new("already-serving", $"Công dân có số {number} đã đến quầy.");

    public static Refused NotCalledEnough(QueueTiming timing) =>
        new("not-called-enough", $"Chưa đủ {timing.CallsBeforeMissed} lượt gọi và {timing.MissedAfter.TotalSeconds:0} giây chờ sau lượt cuối.");

    public static Refused ChangedElsewhere => new("changed-elsewhere", "Quầy vừa được thao tác ở cửa sổ khác; lần bấm này không tính.");

    public static Refused CalledElsewhere(TicketNumber number) => new("called-elsewhere", $"Số {number} vừa được gọi ở cửa sổ khác; lần bấm này không tính.");

    public static Refused UnknownTicket(TicketNumber number) => new("unknown-ticket", $"Số {number} không còn trong hàng chờ.");

    public static Refused AtCounter(TicketNumber number, CounterId counter) => new("ticket-at-counter", $"Số {number} đang ở quầy {counter}.");

    public static Refused NotAside(TicketNumber number) => new("not-aside", $"Số {number} không ở trong danh sách lỡ lượt hoặc tạm gác.");

    public static Refused ReturnTooLate(TicketNumber number) => new("return-too-late", $"Số {number} đã quá thời gian được quay lại; vui lòng lấy số mới.");

    public static Refused ServiceNotTaken(CounterId counter) => new("service-not-taken", $"Quầy {counter} không nhận lĩnh vực của số này.");

    public static Refused SameService => new("same-service", "Số này đang thuộc lĩnh vực đó.");

    public static Refused SameCounter => new("same-counter", "Số này đang ở chính quầy đó.");

    public static Refused NoCounterFor(Service service) => new("no-counter-for-service", $"Không có quầy nào nhận lĩnh vực {service.Name}.");

    public static Refused NotSelfService(CounterId counter) => new("not-self-service", $"Quầy {counter} không phải quầy tự phục vụ.");

    public static Refused ReprintLimit(TicketNumber number) => new("reprint-limit", $"Số {number} đã in lại đủ số lần cho phép.");

    public static Refused NotDone(TicketNumber number) => new("not-done", $"Số {number} chưa xong nên chưa đánh giá được.");

    public static Refused ReasonsOfTheSatisfied => new("reasons-of-the-satisfied", "Lý do chỉ đi cùng đánh giá «Chưa hài lòng».");

    public static Refused NotRatable(TicketNumber number) => new("not-ratable", $"Số {number} đã được đánh giá, hoặc không có lượt phục vụ để đánh giá.");
}
