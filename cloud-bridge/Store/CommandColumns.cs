using System.Data.Common;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>What both engines have in common of commands: the columns in the order in which they are read.</summary>
internal static class CommandColumns
{
    /// <summary>Commands kept of each centre; the oldest that are over go first. Their lines in the audit stay.</summary>
    public const int MostKept = 1000;

    public const string All = "position, centre, id, kind, body, who, reason, given_ms, expires_ms, state, note, step, steps";

    public const string Moment = "state, note, at_ms";

    public const string Audit = "at_ms, who, action, centre, subject, reason";

    public static (long Position, CommandRecord Record) Read(DbDataReader row) => (
        row.GetInt64(0),
        new CommandRecord(
            new GivenCommand(new CommandKey(new CentreId(row.GetString(1)), row.GetString(2)), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), Time(row, 7), Time(row, 8)),
            row.GetString(9), Text(row, 10), Number(row, 11), Number(row, 12), []));

    public static CommandMoment ReadMoment(DbDataReader row) => new(row.GetString(0), Text(row, 1), Time(row, 2));

    public static AuditLine ReadAudit(DbDataReader row) => new(Time(row, 0), row.GetString(1), row.GetString(2), new CentreId(row.GetString(3)), row.GetString(4), row.GetString(5));

    /// <summary>The line that a command leaves for ever.</summary>
    public static AuditLine AuditOf(GivenCommand given) => new(given.Given, given.Who, $"command:{given.Kind}", given.Key.Centre, given.Key.Id, given.Reason);

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
