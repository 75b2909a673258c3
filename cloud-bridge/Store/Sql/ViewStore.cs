using MotCua.CloudBridge.Views;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>The views in either engine.</summary>
/// <param name="open">A connection of its own.</param>
/// <param name="head">Text that reads the row of the newest stretch.</param>
internal sealed class ViewStore(Func<ISqlConnection> open, string head) : IViewStore
{
    // Asked inside each text, so that a page reads one generation even while another takes its place.
    private const string Whole = "(SELECT gen FROM view_generations WHERE whole = 1)";

    public IViewWriter OpenWriter() => new ViewWriter(open());

    public IReadOnlyList<ViewGeneration> ReadGenerations() => Read($"SELECT {ViewRows.GenerationColumns} FROM view_generations ORDER BY gen", ViewRows.ReadGeneration);

    public ViewLag ReadLag(long row)
    {
        using var connection = open();
        var newest = connection.Query(head, found => found.IsDBNull(0) ? 0 : found.GetInt64(0)).FirstOrDefault();
        return newest <= row ? new ViewLag(0, null) : new ViewLag(
            newest - row,
            connection.Query(
                "SELECT received_ms FROM batches WHERE position > $1 ORDER BY position LIMIT 1", found => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(found.GetInt64(0)), row).FirstOrDefault());
    }

    public IReadOnlyList<FigureRow> ReadFigures(DateOnly from, DateOnly to, CentreId? centre) => Read(
        $"""
        SELECT {ViewTables.Figures.ColumnNames} FROM view_figures WHERE gen = {Whole} AND day >= $1 AND day <= $2 {OfCentre(centre, 3)}
          AND issued > 0 ORDER BY day, centre, hour, service
        """,
        ViewRows.ReadFigure, With(centre, ViewRows.Of(from), ViewRows.Of(to)));

    public IReadOnlyList<DurationRow> ReadDurations(DateOnly from, DateOnly to, CentreId? centre) => Read(
        $"""
        SELECT centre, service, kind, step, CAST(sum(held) AS BIGINT) FROM view_durations WHERE gen = {Whole} AND day >= $1 AND day <= $2 {OfCentre(centre, 3)}
        GROUP BY centre, service, kind, step HAVING sum(held) > 0 ORDER BY centre, service, kind, step
        """,
        ViewRows.ReadDuration, With(centre, ViewRows.Of(from), ViewRows.Of(to)));

    public IReadOnlyList<TicketView> ReadTickets(CentreId centre, DateOnly day, long after, int limit) => Read(
        $"SELECT {ViewTables.Tickets.ColumnNames} FROM view_tickets WHERE gen = {Whole} AND centre = $1 AND day = $2 AND ordinal > $3 ORDER BY ordinal LIMIT $4",
        ViewRows.ReadTicket, centre.Value, ViewRows.Of(day), after, (long)limit);

    public TicketView? FindTicket(string token) => Read(
        $"SELECT {ViewTables.Tickets.ColumnNames} FROM view_tickets WHERE token_hash = $1 AND gen = {Whole} LIMIT 1", ViewRows.ReadTicket, TicketLife.HashOf(token)).FirstOrDefault();

    public IReadOnlyList<FaultView> ReadFaults(DateTimeOffset from, DateTimeOffset to, CentreId? centre, int limit) => Read(
        $"""
        SELECT {ViewTables.Faults.ColumnNames} FROM view_faults WHERE gen = {Whole} AND from_ms < $1 AND to_ms IS NULL {OfCentre(centre, 4)}
        UNION ALL
        SELECT {ViewTables.Faults.ColumnNames} FROM view_faults WHERE gen = {Whole} AND from_ms < $1 AND to_ms > $2 {OfCentre(centre, 4)}
        ORDER BY from_ms, centre, ordinal LIMIT $3
        """,
        ViewRows.ReadFault, With(centre, to.ToUnixTimeMilliseconds(), from.ToUnixTimeMilliseconds(), (long)limit));

    public IReadOnlyList<TicketView> ReadTicketsUpTo(long row, CentreId centre, long after, int limit) => Read(
        $"SELECT {ViewTables.Tickets.ColumnNames} FROM view_tickets WHERE gen = {Whole} AND centre = $1 AND ordinal > $2 AND position <= $3 ORDER BY ordinal LIMIT $4",
        ViewRows.ReadTicket, centre.Value, after, row, (long)limit);

    public IReadOnlyList<FaultView> ReadFaultsUpTo(long row, CentreId centre, long after, int limit) => Read(
        $"SELECT {ViewTables.Faults.ColumnNames} FROM view_faults WHERE gen = {Whole} AND centre = $1 AND ordinal > $2 AND position <= $3 ORDER BY ordinal LIMIT $4",
        ViewRows.ReadFault, centre.Value, after, row, (long)limit);

    private static string OfCentre(CentreId? centre, int place) => centre is null ? "" : $"AND centre = ${place}";

    private static object?[] With(CentreId? centre, params object?[] values) => centre is { } one ? [.. values, one.Value] : values;

    private List<T> Read<T>(string text, Func<System.Data.Common.DbDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using var connection = open();
        return connection.Query(text, map, values);
    }
}
