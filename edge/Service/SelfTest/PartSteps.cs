using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Uplink;

namespace MotCua.Edge.SelfTest;

/// <summary>The loudspeaker says a sentence; it works when the sentence was played to its end.</summary>
internal sealed class SpeakerStep(HeardSpeaker speaker, Announcer announcer, TimeProvider time, Findings findings) : ISelfTestStep
{
    private Announcement? said;

    public string Device => speaker.Id.Value;

    public string Saying => "Đang thử loa. Nếu nghe được câu này, loa hoạt động tốt.";

    // It is the test.
    public bool IsSpoken => false;

    public TimeSpan Limit => TimeSpan.FromSeconds(30);

    public SelfTestResult AtLimit => Fault ?? Findings.Failed("speech.speaker-failed");

    private SelfTestResult? Fault => findings.Fault("speech") is { Code: not "speech.overloaded" } engine ? engine : findings.Fault(Device);

    public void Begin()
    {
        said = new Announcement(null, Saying, time.After(Limit));
        announcer.Say(said);
    }

    public SelfTestResult? Look(TimeSpan tried) => ReferenceEquals(speaker.LastWhole, said) ? Findings.Ok("Loa đã đọc hết câu thử.")
        : announcer.IsMute ? Findings.NotTried("Chưa thử: đang là giờ im lặng.")
        : null;

    public void End()
    {
        // What was not said in time is dropped by the announcer.
    }
}

/// <summary>A device that measures or answers by itself: what is known of it is the result.</summary>
/// <param name="saying">Vietnamese: "Đang xem đồng hồ."</param>
/// <param name="between">What it is seen through, the farthest last: while one of those is silent, what is known of the device is what it was before.</param>
internal sealed class KnownStep(string device, string saying, Findings findings, IReadOnlyList<Neighbour> between) : ISelfTestStep
{
    public string Device => device;

    public string Saying => saying;

    public bool IsSpoken => false;

    public TimeSpan Limit => TimeSpan.FromSeconds(3);

    public SelfTestResult AtLimit => Findings.NotTried("Chưa thử: thiết bị chưa báo gì từ khi máy khởi động. Thử lại sau một phút.");

    public void Begin()
    {
        // It works all the time.
    }

    public SelfTestResult? Look(TimeSpan tried)
    {
        if (between.LastOrDefault(one => findings.OfThisRun(one.Id.Value) is { State: DeviceState.Absent }) is { } silent)
        {
            return Findings.NotTried($"Chưa thử: {silent.Name} không trả lời nên chưa xem được thiết bị này. Sửa lỗi đó trước rồi thử lại.");
        }

        return findings.OfThisRun(device) switch
        {
            null => null,
            { State: DeviceState.Ready } => Findings.Ok("Hoạt động tốt."),
            _ => findings.Fault(device) ?? Findings.Failed("device.not-answering"),
        };
    }

    public void End()
    {
    }
}

/// <summary>The card gives back what was written last.</summary>
internal sealed class JournalStep(EventJournal journal, Findings findings) : ISelfTestStep
{
    public string Device => "journal";

    public string Saying => "Đang đọc lại nhật ký trên thẻ nhớ.";

    public bool IsSpoken => false;

    public TimeSpan Limit => TimeSpan.FromSeconds(3);

    public SelfTestResult AtLimit => Findings.Failed("journal.damaged");

    public void Begin()
    {
    }

    public SelfTestResult? Look(TimeSpan tried)
    {
        if (findings.Fault(Device) is { } fault)
        {
            return fault;
        }

        var mark = journal.Committed;
        return new JournalReader(journal).HashAt(mark.Epoch, mark.Seq) == mark.Hash ? Findings.Ok($"Thẻ nhớ ghi và đọc tốt, {mark.Seq} sự kiện.") : null;
    }

    public void End()
    {
    }
}

/// <param name="uplink">Null where the centre has no province.</param>
internal sealed class UplinkStep(UplinkLoop? uplink, Findings findings) : ISelfTestStep
{
    public string Device => "uplink";

    public string Saying => "Đang xem đường truyền về tỉnh.";

    public bool IsSpoken => false;

    public TimeSpan Limit => TimeSpan.FromSeconds(3);

    public SelfTestResult AtLimit => findings.Fault(Device) ?? Findings.Failed("uplink.lost");

    public void Begin()
    {
    }

    public SelfTestResult? Look(TimeSpan tried) =>
        uplink is null ? Findings.NotTried("Chưa nối về tỉnh: tệp cấu hình không có mục mqtt, hoặc thiếu khóa của tỉnh.")
        : uplink.Online ? Findings.Ok($"Đã nối về tỉnh, {uplink.Pending} sự kiện chờ gửi.")
        : null;

    public void End()
    {
    }
}
