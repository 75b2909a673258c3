using System.Data.Common;
using MotCua.CloudBridge.Alerts;
using MotCua.Protocols;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Alerts as rows and back.</summary>
internal static class AlertSqlRows
{
    private const char Between = '\n'; // No name of a channel holds one.

    public static object?[] Of(Alert a) =>
    [
        a.Id, (long)a.Root.Kind, a.Root.Scope, a.Root.Subject, a.Root.Code, Ms(a.Opened), Ms(a.Since), Ms(a.Changed), Ms(a.Ended), (long)a.Severity, (long?)a.Told, a.Openings,
        a.MergedInto, a.Steps, string.Join(Between, a.Channels),
    ];

    /// <summary>A row of the engine's columns, then those of <see cref="AlertTables.CareColumns"/>; without its causes.</summary>
    public static Alert ReadAlert(DbDataReader row) => new(row.GetInt64(0), new RootKey((RootKind)row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4)), Time(row, 5))
    {
        Since = Time(row, 6), Changed = Time(row, 7), Ended = TimeOrNull(row, 8), Severity = (Severity)row.GetInt64(9), Told = row.IsDBNull(10) ? null : (Severity)row.GetInt64(10),
        Openings = row.GetInt64(11), MergedInto = row.IsDBNull(12) ? null : row.GetInt64(12), Steps = row.GetInt64(13),
        Channels = new SortedSet<string>(row.GetString(14).Split(Between, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal), Care = ReadCare(row, 15),
    };

    public static AlertCare ReadCare(DbDataReader row, int first) =>
        new(Text(row, first), TimeOrNull(row, first + 1), Text(row, first + 2), TimeOrNull(row, first + 3), Text(row, first + 4));

    public static object?[] Of(Alert alert, AlertCause c) =>
        [alert.Id, c.Key.Centre?.Value ?? "", c.Key.Subject, c.Key.Code, c.Detail, Ms(c.Since), Ms(c.Ended), c.Onsets, c.Moved ? 1L : 0L];

    public static (long Alert, AlertCause Cause) ReadCause(DbDataReader row) => (
        row.GetInt64(0),
        new AlertCause(
            new CauseKey(row.GetString(1) is { Length: > 0 } centre ? new CentreId(centre) : null, row.GetString(2), row.GetString(3)), Text(row, 4), Time(row, 5), TimeOrNull(row, 6),
            row.GetInt64(7), row.GetInt64(8) != 0));

    public static object?[] Of(AlertLine line) => [line.Number, line.Alert, Ms(line.At), line.Who, line.What, line.Value, line.Reason];

    public static AlertLine ReadLine(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), Time(row, 2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6));

    public static object?[] Of(AlertDelivery d) => [d.Id, d.Alert, d.Channel, Ms(d.At), d.Content, d.State, (long)d.Attempts, Ms(d.Next), d.Note];

    public static AlertDelivery ReadDelivery(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), Time(row, 3), row.GetString(4), row.GetString(5), (int)row.GetInt64(6), Time(row, 7), Text(row, 8));

    public static DeliveryAttempt ReadAttempt(DbDataReader row) => new((int)row.GetInt64(0), Time(row, 1), row.GetInt64(2) != 0, row.GetString(3));

    public static RuleVersion ReadRules(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), Time(row, 4));

    public static AlertMarks ReadMarks(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Time(row, column);

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
