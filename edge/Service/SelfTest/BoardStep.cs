using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Loop;

namespace MotCua.Edge.SelfTest;

/// <summary>A board shows its own name, or all its segments, for people to look at.</summary>
internal sealed class BoardStep(BoardOptions board, int place, BoardFeed feed, Findings findings) : ISelfTestStep
{
    /// <summary>Time to look up and to read.</summary>
    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(4);

    /// <summary>Older than any call: it does not blink, and answers to nobody.</summary>
    private static readonly CallId NoCall = new(long.MinValue);

    private bool shown;

    public string Device => board.Id.Value;

    public string Saying => $"Đang thử bảng số {place}{(board.Counter is { } counter ? $", ở quầy {counter}" : "")}. Hãy nhìn bảng.";

    public bool IsSpoken => true;

    public TimeSpan Limit => Looked + TimeSpan.FromSeconds(4);

    public SelfTestResult AtLimit => findings.Fault(Device) ?? Findings.Failed("device.not-answering");

    public void Begin()
    {
        shown = false;
        feed.Hold(board.Id, Picture);
    }

    public SelfTestResult? Look(TimeSpan tried)
    {
        shown |= feed.ShowsHeld;
        return !shown || tried < Looked ? null : findings.Fault(Device) ?? Findings.Ok(
            board.Chip is BoardChip.Max7219 or BoardChip.Max7219Matrix
                ? "Đã gửi hình thử. Bảng loại này không tự trả lời: nếu bảng tối, kiểm tra nguồn và dây."
                : "Bảng nhận hình thử và trả lời.");
    }

    public void End() => feed.LetGo();

    /// <summary>Figures light every segment; all others can write.</summary>
    private BoardView Picture(long version) => board.Chip is BoardChip.Max7219 or BoardChip.Ht16k33 or BoardChip.Tm1637
        ? new BoardView(version, [new BoardCall(NoCall, "8888", 88)], 0)
        : new BoardView(version, [], 0, $"THỬ {board.Id.Value.ToUpperInvariant()}");
}
