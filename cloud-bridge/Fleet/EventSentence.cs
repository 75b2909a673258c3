using System.Text.Json;
using MotCua.Protocols.Events;
using MotCua.Protocols.Faults;

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
            return new EventLine($"{read.Header.Epoch}.{read.Header.Seq}", read.Type, read.Header.Time, text.Length <= MaxLength ? text : text[..MaxLength]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static string Say(EventData data) => data switch
    {
        JournalOpened { Reason: "damage" } => "Mở nhật ký mới sau khi nhật ký cũ bị hỏng",
        JournalOpened => "Mở nhật ký mới",
        EdgeStarted(var version, _) => $"Máy tại trung tâm khởi động, phiên bản {version}",
        DayOpened(var date) => $"Mở ngày làm việc {date:dd/MM/yyyy}",
        TicketIssued issued => $"Cấp số {issued.Number} ({issued.Service}), {issued.Ahead} người chờ trước",
        TicketCalled called => $"Gọi số {called.Number} đến quầy {called.Counter}",
        TicketRecalled recalled => $"Gọi lại số {recalled.Number} đến quầy {recalled.Counter}, lần {recalled.Call}",
        TicketDone { Inferred: true } done => $"Số {done.Number} xong tại quầy {done.Counter}, theo lượt gọi tiếp",
        TicketDone done => $"Số {done.Number} xong tại quầy {done.Counter}",
        TicketExpired expired => $"Số {expired.Number} hết hiệu lực, chưa được phục vụ",
        CallDelivered { Result: "done" } delivered => $"Lượt gọi đã phát trên {delivered.Output}",
        CallDelivered { Result: "expired" } delivered => $"Lượt gọi quá hạn trên {delivered.Output}",
        CallDelivered delivered => $"Lượt gọi không phát được trên {delivered.Output}",
        DeviceChanged { State: "ready" } device => $"{device.Device}: hoạt động tốt",
        DeviceChanged device => $"{device.Device}: {FaultTitle(device.Fault) ?? StateName(device.State)}",
        _ => data.GetType().Name,
    };

    /// <returns>Null without a code; the code itself when this version does not know it.</returns>
    public static string? FaultTitle(string? code) => code is null ? null : FaultCatalogue.Find(code)?.Title ?? $"Lỗi {code}";

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
