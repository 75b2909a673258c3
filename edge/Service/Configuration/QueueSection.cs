using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>The parts of <c>centre.yaml</c> that make the queue's plan: services, counters, priorities, opening hours and the rules' times.</summary>
internal static class QueueSection
{
    private const string Basis = "căn cứ pháp lý: 1–120 ký tự";
    private const string Date = "ngày, như 2026-01-31";
    private const string Group = "mã nhóm: 1–32 ký tự a–z, 0–9, '-'";
    private const string Clock = "giờ, như \"07:30\"";
    private const string Days = "các ngày t2, t3, t4, t5, t6, t7, cn: một ngày, một khoảng như t2-t6, hoặc danh sách";

    // In the order of a Vietnamese week, which begins with Monday, the second day.
    private static readonly (string Word, DayOfWeek Day)[] Week =
    [
        ("t2", DayOfWeek.Monday), ("t3", DayOfWeek.Tuesday), ("t4", DayOfWeek.Wednesday), ("t5", DayOfWeek.Thursday), ("t6", DayOfWeek.Friday), ("t7", DayOfWeek.Saturday),
        ("cn", DayOfWeek.Sunday),
    ];

    public static QueuePlan Read(YamlField root, IReadOnlyList<Service> services, IReadOnlyList<Counter> counters)
    {
        var priorities = root.Optional("priorities")?.Items("danh sách nhóm ưu tiên").Select(ReadPriority).OfType<PriorityGroup>().ToImmutableArray() ?? [];
        var hours = root.Optional("hours")?.Items("danh sách giờ mở cửa").SelectMany(ReadSpans).ToImmutableArray() ?? [];
        var queue = root.Optional("queue");
        var plan = services.Count == 0 || counters.Count == 0 || services.DistinctBy(s => s.Code).Count() < services.Count || counters.DistinctBy(c => c.Id).Count() < counters.Count
            ? QueuePlan.Of([], []) // Told already, each with its line.
            : QueuePlan.Of(services, counters);
        var cap = queue?.Optional("overtaking-cap")?.Integer(0, 100, "số lượt bị vượt nhiều nhất, 0–100") ?? plan.OvertakingCap;
        var timing = queue is null ? new QueueTiming() : ReadTiming(queue);
        queue?.NothingElse();
        return plan with { Priorities = priorities, Hours = hours, Timing = timing, OvertakingCap = cap };
    }

    private static QueueTiming ReadTiming(YamlField queue)
    {
        var usual = new QueueTiming();
        return usual with
        {
            Guard = Time("guard", TimeSpan.Zero, TimeSpan.FromSeconds(10)) ?? usual.Guard,
            CallsBeforeMissed = queue.Optional("calls-before-missed")?.Integer(1, 10, "số lần gọi trước khi tính lỡ lượt, 1–10") ?? usual.CallsBeforeMissed,
            MissedAfter = Time("missed-after", TimeSpan.Zero, TimeSpan.FromMinutes(10)) ?? usual.MissedAfter,
            ReturnWindow = Time("return-window", TimeSpan.Zero, TimeSpan.FromHours(12)) ?? usual.ReturnWindow,
            AppointmentLateness = Time("appointment-lateness", TimeSpan.Zero, TimeSpan.FromHours(4)) ?? usual.AppointmentLateness,
            DirectHold = Time("direct-hold", TimeSpan.Zero, TimeSpan.FromHours(4)) ?? usual.DirectHold,
            UndoWindow = Time("undo-window", TimeSpan.Zero, TimeSpan.FromMinutes(1)) ?? usual.UndoWindow,
        };

        TimeSpan? Time(string name, TimeSpan from, TimeSpan to) => queue.Optional(name)?.Duration(from, to);
    }

    private static PriorityGroup? ReadPriority(YamlField field)
    {
        var code = field.Required("group", Group)?.Value<PriorityCode?>(text => new PriorityCode(text), Group);
        var label = field.Required("label", "tên nhóm")?.Value(text => text is { Length: > 0 and <= 60 } ? text : throw new FormatException(), "1–60 ký tự");
        var credit = field.Required("credit", "thời gian được tính sớm hơn, như 30m")?.Duration(TimeSpan.Zero, PriorityGroup.MostCredit);
        var basis = field.Required("basis", Basis)?.Value(text => text is { Length: > 0 and <= 120 } ? text : throw new FormatException(), Basis);
        var from = field.Required("from", Date)?.Value<DateOnly?>(text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture), Date);
        field.NothingElse();
        return code is { } group && credit is { } time && from is { } first ? new PriorityGroup(group, label ?? "", time, basis ?? "", first) : null;
    }

    private static IEnumerable<OpenSpan> ReadSpans(YamlField field)
    {
        var days = field.Required("days", Days)?.Value(ReadDays, Days) ?? [];
        var from = ReadClock("from");
        var to = ReadClock("to");
        var last = field.Optional("last-ticket")?.Value<TimeOnly?>(ParseClock, Clock);
        field.NothingElse();
        if (from >= to || last < from || last > to)
        {
            field.Fail("from trước to, last-ticket ở giữa");
        }

        return from is { } first && to is { } end ? days.Select(day => new OpenSpan(day, first, end, last)) : [];

        TimeOnly? ReadClock(string name) => field.Required(name, Clock)?.Value<TimeOnly?>(ParseClock, Clock);
    }

    private static TimeOnly? ParseClock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static DayOfWeek[] ReadDays(string text)
    {
        return [.. text.Split(',', StringSplitOptions.TrimEntries).SelectMany(Part).Distinct()];

        static IEnumerable<DayOfWeek> Part(string part)
        {
            var ends = part.Split('-');
            var (first, last) = (Index(ends[0]), Index(ends[^1]));
            return ends.Length <= 2 && first <= last ? Week[first..(last + 1)].Select(row => row.Day) : throw new FormatException();
        }

        static int Index(string word) => Array.FindIndex(Week, row => row.Word == word.Trim()) is >= 0 and var found ? found : throw new FormatException();
    }
}
