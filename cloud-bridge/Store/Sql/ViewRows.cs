using System.Data.Common;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Views as rows and back.</summary>
internal static class ViewRows
{
    public static long Of(DateOnly day) => (((day.Year * 100L) + day.Month) * 100) + day.Day;

    public static DateOnly Day(long number) => new((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));

    public static object?[] Of(long gen, CentreDesk desk) =>
    [
        gen, desk.Centre.Value, desk.State.Day is { } day ? Of(day) : null, Flag(desk.State.Closed), desk.State.Boot, Ms(desk.State.MarkAt), Flag(desk.State.MarkTrusted),
        desk.State.Tickets, desk.State.Faults,
    ];

    public static DeskState ReadDesk(DbDataReader row) => new(
        row.IsDBNull(0) ? null : Day(row.GetInt64(0)), row.GetInt64(1) != 0, Text(row, 2), Time(row, 3), row.GetInt64(4) != 0, row.GetInt64(5), row.GetInt64(6));

    public const string DeskColumns = "day, closed, boot, mark_ms, mark_trusted, tickets, faults";

    /// <param name="row">Another row of the log than the ticket's own; null: its own.</param>
    public static object?[] Of(long gen, TicketView t, long? row) =>
    [
        gen, t.Centre.Value, t.Ordinal, t.Number, row ?? t.Row, Of(t.Day), t.Service, t.ServiceBefore, t.TokenHash, t.Priority, Ms(t.Issued), Ms(t.Since), Ms(t.Called), Ms(t.ServiceSince),
        Ms(t.Ended), (long?)t.Counter, (long)t.Calls, (long)t.Stage, (long)t.StageBefore, Ms(t.Waited), Ms(t.ServedFor), Flag(t.Measures), Flag(t.Unsure), (long)t.Doubts, t.Rating,
        Flag(t.Live), t.FrozenUpTo,
    ];

    /// <summary>A row of all columns of the tickets.</summary>
    public static TicketView ReadTicket(DbDataReader row) => new(new CentreId(row.GetString(1)), row.GetInt64(2), row.GetString(3), row.GetInt64(4))
    {
        Day = Day(row.GetInt64(5)), Service = row.GetString(6), ServiceBefore = row.GetString(7), TokenHash = Text(row, 8), Priority = Text(row, 9), Issued = Time(row, 10), Since = Time(row, 11),
        Called = TimeOrNull(row, 12), ServiceSince = TimeOrNull(row, 13), Ended = TimeOrNull(row, 14), Counter = (int?)Number(row, 15), Calls = (int)row.GetInt64(16),
        Stage = (TicketStage)row.GetInt64(17), StageBefore = (TicketStage)row.GetInt64(18), Waited = Span(row, 19), ServedFor = Span(row, 20), Measures = row.GetInt64(21) != 0,
        Unsure = row.GetInt64(22) != 0, Doubts = (Doubts)row.GetInt64(23), Rating = Text(row, 24), Live = row.GetInt64(25) != 0, FrozenUpTo = row.GetInt64(26),
    };

    /// <inheritdoc cref="Of(long, TicketView, long?)"/>
    public static object?[] Of(long gen, FaultView f, long? row) =>
        [gen, f.Centre.Value, f.Ordinal, f.Device, f.State, f.Fault, row ?? f.Row, Ms(f.From), Ms(f.To), (long)f.Doubts, f.FrozenUpTo];

    /// <summary>A row of all columns of the faults.</summary>
    public static FaultView ReadFault(DbDataReader row) => new(new CentreId(row.GetString(1)), row.GetInt64(2), row.GetString(3), row.GetString(4), Text(row, 5), row.GetInt64(6))
    {
        From = Time(row, 7), To = TimeOrNull(row, 8), Doubts = (Doubts)row.GetInt64(9), FrozenUpTo = row.GetInt64(10),
    };

    public static object?[] Of(long gen, FigureKey key, FigureCounts c) =>
    [
        gen, Of(key.Day), key.Centre.Value, (long)key.Hour, key.Service, c.Issued, c.Served, c.Inferred, c.Missed, c.Expired, c.Cancelled,
        c.Waits, (long)c.Waiting.TotalMilliseconds, c.Services, (long)c.Serving.TotalMilliseconds, c.VerySatisfied, c.Satisfied, c.NotSatisfied,
    ];

    /// <summary>A row of all columns of the figures.</summary>
    public static FigureRow ReadFigure(DbDataReader row) => new(
        new FigureKey(new CentreId(row.GetString(2)), Day(row.GetInt64(1)), (int)row.GetInt64(3), row.GetString(4)),
        new FigureCounts(
            row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), TimeSpan.FromMilliseconds(row.GetInt64(12)),
            row.GetInt64(13), TimeSpan.FromMilliseconds(row.GetInt64(14)), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17)));

    public static object?[] Of(long gen, (FigureKey Key, DurationKind Kind, int Step) one, long count) =>
        [gen, Of(one.Key.Day), one.Key.Centre.Value, (long)one.Key.Hour, one.Key.Service, (long)one.Kind, (long)one.Step, count];

    public static DurationRow ReadDuration(DbDataReader row) => new(new CentreId(row.GetString(0)), row.GetString(1), (DurationKind)row.GetInt64(2), (int)row.GetInt64(3), row.GetInt64(4));

    public static ViewGeneration ReadGeneration(DbDataReader row) => new(
        row.GetInt64(0), (int)row.GetInt64(1), row.GetInt64(2), row.GetInt64(3) != 0, row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7));

    public const string GenerationColumns = "gen, version, position, whole, events, unknown, broken, orphaned";

    private static long Flag(bool holds) => holds ? 1 : 0;

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static long? Ms(TimeSpan? span) => (long?)span?.TotalMilliseconds;

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static DateTimeOffset? TimeOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Time(row, column);

    private static TimeSpan? Span(DbDataReader row, int column) => row.IsDBNull(column) ? null : TimeSpan.FromMilliseconds(row.GetInt64(column));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
