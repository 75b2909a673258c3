using System.Text.Json;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.Faults;
using MotCua.Protocols.Snapshots;

namespace MotCua.CloudBridge.Fleet;

/// <summary>Says an event in Vietnamese, as an operator would.</summary>
public static class EventSentence
{
    private const int MaxLength = 200;

    /// <returns>Null when the bytes are not an event of the contract; the log keeps them all the same.</returns>
    public static EventLine? TryRead(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var read = EventCodec.Read(bytes.Span);
            var text = read.Data is { } data ? Say(data) : $"Sự kiện mới: {read.Type}";
            return new EventLine($"{read.Header.Epoch}.{read.Header.Seq}", read.Type, read.Header.Time, text.Length <= MaxLength ? text : text[..MaxLength], EventCamera.Of(read.Data));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    public static string Say(EventData data) => data switch
    {
        JournalOpened { Reason: "damage" } => "Mở nhật ký mới sau khi nhật ký cũ bị hỏng",
        JournalOpened => "Mở nhật ký mới",
        EdgeStarted(var version, _) => $"Máy tại trung tâm khởi động, phiên bản {version}",
        DayOpened { ByClerk: true } day => $"Cán bộ mở ngày làm việc {day.Date:dd/MM/yyyy}",
        DayOpened day => $"Mở ngày làm việc {day.Date:dd/MM/yyyy}",
        DayClosed day => $"Đóng ngày làm việc {day.Date:dd/MM/yyyy}",
        DayReopened day => $"Mở lại ngày làm việc {day.Date:dd/MM/yyyy}",
        DayConfirmed day => $"Đồng hồ đã đúng, ngày làm việc là {day.Date:dd/MM/yyyy}",
        ClockCorrected { StepMs: var step } => $"Đồng hồ của máy được chỉnh {(step < 0 ? "lùi" : "tới")} {Math.Abs(step) / 1000.0:0} giây",
        TicketIssued issued => $"Cấp số {issued.Number} ({issued.Service}), {issued.Ahead} người chờ trước",
        TicketCalled called => $"Gọi số {called.Number} đến quầy {called.Counter}",
        TicketRecalled recalled => $"Gọi lại số {recalled.Number} đến quầy {recalled.Counter}, lần {recalled.Call}",
        TicketServing serving => $"Số {serving.Number} đang được phục vụ tại quầy {serving.Counter}",
        TicketDone { Inferred: true } done => $"Số {done.Number} xong tại quầy {done.Counter}, theo lượt gọi tiếp",
        TicketDone done => $"Số {done.Number} xong tại quầy {done.Counter}",
        TicketMissed missed => $"Số {missed.Number} lỡ lượt tại quầy {missed.Counter}",
        TicketParked parked => $"Số {parked.Number} tạm gác tại quầy {parked.Counter}: {parked.Why}",
        TicketReturned returned => $"Số {returned.Number} trở lại hàng chờ",
        TicketTransferred { To: { } to } moved => $"Số {moved.Number} chuyển từ quầy {moved.From} sang quầy {to}: {moved.Why}",
        TicketTransferred moved => $"Số {moved.Number} chuyển từ quầy {moved.From} sang lĩnh vực {moved.Service}: {moved.Why}",
        TicketCancelled cancelled => $"Hủy số {cancelled.Number}: {cancelled.Why}",
        TicketExpired expired => $"Số {expired.Number} hết hiệu lực, chưa được phục vụ",
        ActionUndone undone => $"Quầy {undone.Counter} hoàn tác thao tác vừa rồi với số {undone.Number}",
        TicketReprinted reprinted => $"In lại số {reprinted.Number}, bản thứ {reprinted.Copy}",
        TicketPrinted { Copy: 1 } printed => $"Đã in phiếu số {printed.Number}",
        TicketPrinted printed => $"Đã in lại phiếu số {printed.Number}, bản thứ {printed.Copy}",
        TicketUnprinted { Copy: 1 } unprinted => $"Không in được phiếu số {unprinted.Number}, đã hiện số và đọc thay: {FaultTitle(unprinted.Fault)}",
        TicketUnprinted unprinted => $"Không in lại được phiếu số {unprinted.Number}: {FaultTitle(unprinted.Fault)}",
        TicketRated rated => $"Đánh giá số {rated.Number}: {RatingName(rated.Rating)}",
        HelpRequested { Kind: "home" } help => $"Yêu cầu phục vụ tại nhà {help.Place}{(help.Area is null ? "" : $", {help.Area}")}",
        HelpRequested { Kind: "emergency" } help => $"KHẨN CẤP tại {help.Place}",
        HelpRequested help => $"Cần người hỗ trợ {(help.Kind is null ? "" : "kỹ thuật ")}tại {help.Place}",
        HelpTaken help => $"Đội hỗ trợ (số {help.Member}) đã nhận yêu cầu tại {help.Place}",
        HelpAnswered help => $"Đã có người hỗ trợ tại {help.Place}",
        HelpWithdrawn help => $"Không cần hỗ trợ tại {help.Place} nữa",
        CounterPaused paused => $"Quầy {paused.Counter} tạm ngừng: {paused.Why}",
        CounterResumed resumed => $"Quầy {resumed.Counter} làm việc trở lại",
        ServicePaused paused => $"Tạm ngừng lĩnh vực {paused.Service}: {paused.Why}",
        ServiceResumed resumed => $"Lĩnh vực {resumed.Service} hoạt động trở lại",
        CentrePaused paused => $"Trung tâm tạm ngừng: {paused.Why}",
        CentreResumed => "Trung tâm hoạt động trở lại",
        AppointmentBooked booked => $"Lịch hẹn {booked.Id} ({booked.Service}) lúc {booked.Slot:HH:mm dd/MM}",
        AppointmentCancelled cancelled => $"Hủy lịch hẹn {cancelled.Id}",
        CallDelivered { Heard: false } delivered => $"Lượt gọi đã phát trên {delivered.Output} nhưng không nghe thấy tiếng",
        CallDelivered { Result: "muted" } delivered => $"Lượt gọi không đọc trên {delivered.Output}: giờ im lặng",
        CallDelivered { Result: "done" } delivered => $"Lượt gọi đã phát trên {delivered.Output}",
        CallDelivered { Result: "expired" } delivered => $"Lượt gọi quá hạn trên {delivered.Output}",
        CallDelivered delivered => $"Lượt gọi không phát được trên {delivered.Output}",
        SelfTestFinished test => SelfTestSentence(test),
        ButtonsCounted counted => $"Số lần bấm của {counted.Buttons.Count} nút từ khi lắp: {counted.Buttons.Sum(button => button.Presses + button.Holds)}",
        AnnouncementSaid { Result: "done", Kind: "guidance" } => "Loa đã phát hướng dẫn",
        AnnouncementSaid { Result: "done" } => "Loa đã đọc thông báo của trung tâm",
        AnnouncementSaid => "Loa không đọc hết thông báo",
        CommandAnswered answered => $"Lệnh {KindName(answered.Kind)}: {CommandWord(answered.State)}{(answered.Reason is { } why ? $". {why}" : "")}",
        ConfigurationChanged { Errors: [var first, ..] } changed => $"Cấu hình của tỉnh: {ConfigurationWord(changed.Outcome)}. {first}",
        ConfigurationChanged changed => $"Cấu hình của tỉnh: {ConfigurationWord(changed.Outcome)}{(changed.Reason is { } why ? $". {why}" : "")}",
        CameraOffline { Role: "recording" } unkept => $"{unkept.Camera}: đầu ghi không ghi hình camera này",
        CameraOnline { Role: "recording" } kept => $"{kept.Camera}: đầu ghi ghi hình lại sau {Lasting(kept.Seconds)}",
        CameraUnsure unsure => $"{unsure.Camera}: không còn biết sự cố trước ({RoleName(unsure.Role)}) đã hết chưa",
        CameraOffline lost => $"{lost.Camera}: mất luồng {RoleName(lost.Role)}, {FaultTitle(lost.Fault)}",
        CameraOnline back => $"{back.Camera}: có lại luồng {RoleName(back.Role)} sau {Lasting(back.Seconds)}",
        CameraCovered { Phase: "end" } seen => $"{seen.Camera}: camera nhìn lại được sau {Lasting(seen.Seconds)}",
        CameraCovered covered => $"{covered.Camera}: {covered.Look switch { "black" => "hình tối đen", "white" => "hình lóa trắng", _ => "ống kính bị che" }}",
        CameraFrozen { Phase: "end" } moving => $"{moving.Camera}: hình chạy lại sau {Lasting(moving.Seconds)}",
        CameraFrozen frozen => $"{frozen.Camera}: hình bị đứng",
        CameraBlurred { Phase: "end" } sharp => $"{sharp.Camera}: hình rõ lại sau {Lasting(sharp.Seconds)}",
        CameraBlurred blurred => $"{blurred.Camera}: hình bị mờ",
        CameraMoved { Phase: "end" } settled => $"{settled.Camera}: hướng nhìn ổn định lại sau {Lasting(settled.Seconds)}",
        CameraMoved turned => $"{turned.Camera}: camera bị xoay sang hướng khác",
        CameraClock { Phase: "end" } right => $"{right.Camera}: đồng hồ camera đúng lại sau {Lasting(right.Seconds)}",
        CameraClock wrong => $"{wrong.Camera}: đồng hồ camera {(wrong.DriftSeconds > 0 ? "nhanh" : "chậm")} {Lasting(Math.Abs(wrong.DriftSeconds))}",
        CameraMotion { Phase: "end" } still => $"{still.Camera}: hết {CauseName(still.Cause)} sau {Lasting(still.Seconds)}",
        CameraMotion moves => $"{moves.Camera}: camera báo có {CauseName(moves.Cause)}",
        CameraTamper { Phase: "end" } over => $"{over.Camera}: camera thôi báo bị tác động sau {Lasting(over.Seconds)}",
        CameraTamper meddled => $"{meddled.Camera}: camera báo bị tác động",
        CameraDeaf { Phase: "end" } hearing => $"{hearing.Camera}: nghe lại được sau {Lasting(hearing.Seconds)}",
        CameraDeaf deaf => $"{deaf.Camera}: {(deaf.Cause == "silent" ? "camera không nghe thấy gì" : "camera không gửi âm thanh")}",
        CameraSnapshot shot => SnapshotSentence(shot),
        DeviceChanged { State: "ready" } device => $"{device.Device}: hoạt động tốt",
        DeviceChanged device => $"{device.Device}: {FaultTitle(device.Fault) ?? StateName(device.State)}",
        _ => data.GetType().Name,
    };

    private static string RoleName(string role) => role switch { "detect" => "hình", "record" => "ghi hình", "sound" => "âm thanh", "recording" => "bản ghi ở đầu ghi", "service" => "camera tự báo", _ => role };

    private static string SnapshotSentence(CameraSnapshot shot)
    {
        var why = shot.Cause == SnapshotCause.Emergency ? $"nút khẩn cấp quầy {shot.Counter}" : $"tỉnh yêu cầu, {ReasonName(shot.Reason)}";
        return shot.Phase switch
        {
            SnapshotPhase.Sent => $"{shot.Camera}: đã gửi ảnh về tỉnh ({why})",
            SnapshotPhase.Failed => $"{shot.Camera}: không có ảnh ({why}){(shot.Note is { } note ? $". {note}" : "")}",
            _ => $"{shot.Camera}: chụp một ảnh{(shot.Blur ? " đã làm mờ" : "")} ({why})",
        };
    }

    /// <param name="reason">Of a picture, as on the wire.</param>
    public static string ReasonName(string reason) => reason switch
    {
        SnapshotReason.Security => "an ninh, trật tự",
        SnapshotReason.Incident => "sự cố",
        SnapshotReason.Device => "kiểm tra camera",
        SnapshotReason.Complaint => "xác minh phản ánh",
        SnapshotReason.Emergency => "khẩn cấp",
        _ => reason,
    };

    private static string CauseName(string cause) => cause switch { "motion" => "chuyển động", "sound" => "tiếng động", "input" => "tín hiệu ngõ vào", _ => cause };

    private static string Lasting(long seconds) => seconds >= 3600 ? $"{seconds / 3600.0:0.#} giờ" : seconds >= 120 ? $"{seconds / 60} phút" : $"{seconds} giây";

    // What failed is named; a device that failed twice, as a button with its lamp may, once.
    private static string SelfTestSentence(SelfTestFinished test)
    {
        const int MostNamed = 6;
        var failed = test.Devices.Where(device => device.Result == "failed").Select(device => device.Device).Distinct(StringComparer.Ordinal).ToList();
        var untried = test.Devices.Count(device => device.Result == "not-tried");
        return $"Đã tự kiểm tra thiết bị: {test.Devices.Count(device => device.Result == "ok")} phép thử đạt"
            + (failed.Count > 0 ? $"; có lỗi: {string.Join(", ", failed.Take(MostNamed))}{(failed.Count > MostNamed ? " …" : "")}" : "") + (untried > 0 ? $"; {untried} chưa thử" : "");
    }

    /// <returns>Null without a code; the code itself when this version does not know it.</returns>
    public static string? FaultTitle(string? code) => code is null ? null : FaultCatalogue.Find(code)?.Title ?? $"Lỗi {code}";

    /// <param name="rating">As on the wire.</param>
    public static string RatingName(string rating) => rating switch
    {
        "very-satisfied" => "rất hài lòng",
        "satisfied" => "hài lòng",
        "not-satisfied" => "chưa hài lòng",
        _ => rating,
    };

    /// <param name="kind">Of a command, as on the wire.</param>
    public static string KindName(string kind) => kind switch
    {
        CommandKinds.Announce => "phát loa",
        CommandKinds.SelfTest => "tự kiểm tra",
        CommandKinds.Snapshot => "chụp ảnh camera",
        _ => kind,
    };

    /// <param name="state">Of a command, as on the wire.</param>
    public static string CommandWord(string state) => state switch
    {
        CommandState.Accepted => "đã nhận",
        CommandState.Running => "đang chạy",
        CommandState.Done => "xong",
        CommandState.Failed => "không làm được",
        CommandState.Refused => "từ chối",
        _ => state,
    };

    /// <param name="outcome">Of a configuration, as on the wire.</param>
    public static string ConfigurationWord(string outcome) => outcome switch
    {
        ConfigurationOutcome.Tried => "bắt đầu dùng thử",
        ConfigurationOutcome.Kept => "chạy tốt, đã giữ",
        ConfigurationOutcome.Refused => "có lỗi, không dùng",
        ConfigurationOutcome.RolledBack => "không chạy được, đã trở về bản trước",
        ConfigurationOutcome.SetAside => "thôi dùng, trung tâm dùng tệp tại chỗ",
        _ => outcome,
    };

    /// <param name="state">Of a device, as on the wire.</param>
    public static string StateName(string state) => state switch
    {
        "ready" => "hoạt động tốt",
        "degraded" => "hoạt động kém",
        "failed" => "bị hỏng",
        "absent" => "không có mặt",
        _ => state,
    };
}
