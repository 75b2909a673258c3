using MotCua.CloudBridge.Fleet;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.CloudBridge.Tests.Fleet;

public sealed class EventSentenceTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    public static TheoryData<EventData, string> Sentences => new()
    {
        { new TicketCalled(Day, "A105", 3, ""), "Gọi số A105 đến quầy 3" },
        { new TicketRecalled(Day, "A105", 3, 2), "Gọi lại số A105 đến quầy 3, lần 2" },
        { new TicketIssued(Day, "A105", "ho-tich", "token", "api", 4), "Cấp số A105 (ho-tich), 4 người chờ trước" },
        { new TicketPrinted(Day, "A105", 1, "may-in", 118), "Đã in phiếu số A105" },
        { new TicketPrinted(Day, "A105", 2, "may-in", 118), "Đã in lại phiếu số A105, bản thứ 2" },
        { new TicketUnprinted(Day, "A105", 1, "may-in", "printer.paper-out"), "Không in được phiếu số A105, đã hiện số và đọc thay: Máy in hết giấy" },
        { new TicketUnprinted(Day, "A105", 2, "may-in", "printer.offline"), "Không in lại được phiếu số A105: Máy in không nhận lệnh in" },
        { new DayOpened(Day), "Mở ngày làm việc 23/11/2026" },
        { new DeviceChanged("nut-a", "degraded", "button.stuck", null), "nut-a: Nút bấm bị kẹt" },
        { new DeviceChanged("nut-a", "ready", null, null), "nut-a: hoạt động tốt" },
        {
            new SelfTestFinished("command", 30, [new("loa", "ok", null), new("nut-1", "failed", "button.stuck"), new("nut-1", "failed", "button.stuck"), new("nut-2", "not-tried", null)]),
            "Đã tự kiểm tra thiết bị: 1 phép thử đạt; có lỗi: nut-1; 1 chưa thử"
        },
        { new CommandAnswered("1", "announce", "done", "Loa đã đọc xong.", default, default), "Lệnh phát loa: xong. Loa đã đọc xong." },
        { new CommandAnswered("2", "self-test", "accepted", null, default, default), "Lệnh tự kiểm tra: đã nhận" },
        { new CameraSnapshot("1", "camera-sanh", "asked", "command", "complaint", "operator", null, true, 60, null), "camera-sanh: chụp một ảnh đã làm mờ (tỉnh yêu cầu, xác minh phản ánh)" },
        { new CameraSnapshot("1", "camera-sanh", "failed", "emergency", "emergency", null, 2, false, 60, "Không chụp được."), "camera-sanh: không có ảnh (nút khẩn cấp quầy 2). Không chụp được." },
        { new HelpRequested(Day, "quay-2", "emergency", null), "KHẨN CẤP tại quay-2" },
        { new JournalOpened("damage", null, 100), "Mở nhật ký mới sau khi nhật ký cũ bị hỏng" },
    };

    [Theory]
    [MemberData(nameof(Sentences), DisableDiscoveryEnumeration = true)]
    public void An_event_is_said_in_words(EventData data, string sentence) => Assert.Equal(sentence, EventSentence.Say(data));

    [Fact]
    public void A_secret_token_is_never_said() =>
        Assert.DoesNotContain("secret-token", EventSentence.Say(new TicketIssued(Day, "A105", "ho-tich", "secret-token", "api", 4)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_event_have_no_sentence() => Assert.Null(EventSentence.TryRead("{}"u8.ToArray()));

    [Fact]
    public void An_event_read_back_says_its_time_and_id()
    {
        var line = EventSentence.TryRead(new SourceLog("viet-tri", 0xab).Grow(1).Events[0]);
        Assert.Equal(("00000000000000ab.1", "Gọi số A001 đến quầy 3"), (line?.Id, line?.Text));
    }
}
