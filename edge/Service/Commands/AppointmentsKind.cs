using System.Text.Json;
using MotCua.Edge.Loop;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary><c>appointments</c>: the centre's bookings of a stretch of time become those of the list. Each goes through the queue's own rules, as if a clerk had booked it.</summary>
/// <remarks>One list after the other, each against what the centre holds when the one before is through.</remarks>
internal sealed class AppointmentsKind(EdgeLoop loop, DayStatistics day) : ICommandKind
{
    private const int MostNamed = 5;

    private readonly List<(CommandId Id, AppointmentsWork Work)> begun = [];
    private DateTimeOffset? newest;

    public string Name => CommandKinds.Appointments;

    public string? Check(JsonElement body) => CommandKinds.TryRead<AppointmentsBody>(body, out var reason) is { } list ? list.Problem() : $"Nội dung lệnh lịch hẹn không đúng: {reason}";

    public string? Begin(CommandId id, JsonElement body)
    {
        if (CommandKinds.TryRead<AppointmentsBody>(body, out var reason) is not { } list)
        {
            return reason;
        }

        if (list.AsOf < newest)
        {
            return "Trung tâm đã nhận danh sách lịch hẹn mới hơn; danh sách này không còn dùng.";
        }

        newest = list.AsOf ?? newest;
        // Those that are over are kept for a while, since the journal may take their answer only the second time.
        foreach (var over in begun.Where(one => one.Work.IsOver).Take(Math.Max(0, begun.Count - CommandJudge.MostOpen)).ToList())
        {
            begun.Remove(over);
        }

        begun.Add((id, new AppointmentsWork(list, loop, day)));
        Advance();
        return null;
    }

    public CommandProgress Look(CommandId id)
    {
        Advance();
        return begun.Find(one => one.Id == id).Work switch
        {
            null => CommandProgress.Interrupted with { Reason = "Máy tại trung tâm khởi động lại trong lúc ghi lịch hẹn; gửi lại danh sách." },
            { IsOver: false } work => new CommandProgress(CommandState.Running, "Đang ghi lịch hẹn.", work.Done, work.Steps),
            var work => Result(work),
        };
    }

    private void Advance() => begun.Find(one => !one.Work.IsOver).Work?.Advance();

    private static CommandProgress Result(AppointmentsWork work)
    {
        var summary = $"Lịch hẹn: {work.Booked} mới, {work.Changed} đổi, {work.Cancelled} hủy, {work.Kept} giữ nguyên.";
        return work.Lacking.Count == 0 ? new CommandProgress(CommandState.Done, summary) : new CommandProgress(
            CommandState.Failed,
            $"{summary} Không nhận {work.Lacking.Count}: {string.Join("; ", work.Lacking.Take(MostNamed).Select(one => $"{one.Id} ({one.Why.TrimEnd('.')})"))}{(work.Lacking.Count > MostNamed ? " …" : ".")}");
    }
}
