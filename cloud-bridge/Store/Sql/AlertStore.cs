using MotCua.CloudBridge.Alerts;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Alerts in either engine. One row, the marks, is moved by whoever writes, so that writers follow each other and numbers have no holes.</summary>
/// <param name="open">A connection of its own, whose commits last.</param>
internal sealed partial class AlertStore(Func<ISqlConnection> open) : IAlertStore
{
    private const long ForgottenAtOnce = 500;
    private const long MostLost = 100_000;

    private const string Marks = "SELECT turn, lines, rules, regions FROM alert_marks WHERE id = 1";

    private static readonly string AlertColumns = $"{AlertTables.Alerts.ColumnNames}, {AlertTables.CareColumns}";

    public AlertMarks ReadMarks()
    {
        using var connection = open();
        return connection.Query(Marks, AlertSqlRows.ReadMarks).Single();
    }

    public AlertMemory Load(DateTimeOffset endedAfter)
    {
        using var connection = open();
        // The marks first: what is done meanwhile is looked at once more.
        var marks = connection.Query(Marks, AlertSqlRows.ReadMarks).Single();
        var next = connection.Query("SELECT alerts + 1 FROM alert_marks WHERE id = 1", row => row.GetInt64(0)).Single();
        var alerts = connection.Query($"SELECT {AlertColumns} FROM alerts WHERE ended_ms IS NULL OR ended_ms > $1 ORDER BY id", AlertSqlRows.ReadAlert, AlertSqlRows.Ms(endedAfter));
        AddCauses(connection, alerts, "SELECT id FROM alerts WHERE ended_ms IS NULL OR ended_ms > $1", AlertSqlRows.Ms(endedAfter));
        return new AlertMemory(marks, alerts, next);
    }

    public AlertMarks Save(AlertMarks seen, AlertWrites writes)
    {
        using var connection = open();
        AlertMarks after = seen;
        connection.Transact(() =>
        {
            if (connection.Run("UPDATE alert_marks SET turn = turn + 1 WHERE id = 1 AND turn = $1", seen.Turn) == 0)
            {
                throw new AlertsMovedException();
            }

            var (lines, deliveries) = connection.Query("SELECT lines, deliveries FROM alert_marks WHERE id = 1", row => (row.GetInt64(0), row.GetInt64(1))).Single();
            connection.Put(AlertTables.Alerts, [.. writes.Alerts.Select(AlertSqlRows.Of)]);
            connection.Put(AlertTables.Causes, [.. writes.Causes.Select(one => AlertSqlRows.Of(one.Alert, one.Cause))]);
            connection.Put(AlertTables.Lines, [.. writes.Lines.Select(line => AlertSqlRows.Of(line with { Number = ++lines }))]);
            connection.Put(AlertTables.Deliveries, [.. writes.Deliveries.Select(one => AlertSqlRows.Of(one with { Id = ++deliveries }))]);
            foreach (var alert in writes.Unseen)
            {
                connection.Run("UPDATE alerts SET ack_by = NULL, ack_ms = NULL WHERE id = $1", alert);
            }

            connection.Run(
                "UPDATE alert_marks SET lines = $1, deliveries = $2, alerts = CASE WHEN alerts < $3 THEN $3 ELSE alerts END WHERE id = 1",
                lines, deliveries, writes.Alerts.Select(alert => alert.Id).DefaultIfEmpty(0).Max());
            after = connection.Query(Marks, AlertSqlRows.ReadMarks).Single();
        });
        // What people did between is newer than what the engine has seen of them.
        return after with { Lines = after.Lines == seen.Lines + writes.Lines.Count ? after.Lines : seen.Lines, Rules = seen.Rules, Regions = seen.Regions };
    }

    public IReadOnlyList<(long Alert, AlertCare Care)> ReadCareSince(long line)
    {
        using var connection = open();
        return connection.Query(
            $"SELECT id, {AlertTables.CareColumns} FROM alerts WHERE id IN (SELECT alert FROM alert_lines WHERE number > $1)", row => (row.GetInt64(0), AlertSqlRows.ReadCare(row, 1)), line);
    }

    public IReadOnlyList<Alert> Read(AlertQuery query)
    {
        using var connection = open();
        var order = query.Open ? "severity DESC, since_ms, id" : "ended_ms DESC, id DESC";
        var which = $"ended_ms IS {(query.Open ? "" : "NOT ")}NULL{(query.Centre is null ? "" : " AND id IN (SELECT alert FROM alert_causes WHERE centre = $3 AND moved = 0)")}";
        object?[] values = query.Centre is { } centre ? [(long)query.Limit, (long)query.Skip, centre.Value] : [(long)query.Limit, (long)query.Skip];
        var alerts = connection.Query($"SELECT {AlertColumns} FROM alerts WHERE {which} ORDER BY {order} LIMIT $1 OFFSET $2", AlertSqlRows.ReadAlert, values);
        foreach (var alert in alerts)
        {
            AddCauses(connection, [alert], "SELECT CAST($1 AS BIGINT)", alert.Id);
        }

        return alerts;
    }

    public IReadOnlyDictionary<int, long> CountOpen()
    {
        using var connection = open();
        return connection.Query("SELECT severity, count(*) FROM alerts WHERE ended_ms IS NULL GROUP BY severity", row => ((int)row.GetInt64(0), row.GetInt64(1))).ToDictionary(one => one.Item1, one => one.Item2);
    }

    public Alert? Find(long id)
    {
        using var connection = open();
        var alerts = connection.Query($"SELECT {AlertColumns} FROM alerts WHERE id = $1", AlertSqlRows.ReadAlert, id);
        AddCauses(connection, alerts, "SELECT CAST($1 AS BIGINT)", id);
        return alerts.FirstOrDefault();
    }

    public IReadOnlyList<AlertLine> ReadLines(long alert, int limit)
    {
        using var connection = open();
        // The newest, in the order in which they happened.
        var lines = connection.Query($"SELECT {AlertTables.Lines.ColumnNames} FROM alert_lines WHERE alert = $1 ORDER BY number DESC LIMIT $2", AlertSqlRows.ReadLine, alert, (long)limit);
        lines.Reverse();
        return lines;
    }

    public IReadOnlyList<(CentreId Centre, DateTimeOffset From, DateTimeOffset? To)> ReadLost(DateTimeOffset from, DateTimeOffset to, int limit)
    {
        using var connection = open();
        return connection.Query(
            "SELECT centre, since_ms, ended_ms FROM alert_causes WHERE code = $1 AND moved = 0 AND centre <> '' AND since_ms < $2 AND (ended_ms IS NULL OR ended_ms > $3) ORDER BY since_ms LIMIT $4",
            row => (new CentreId(row.GetString(0)), AlertSqlRows.Time(row, 1), AlertSqlRows.TimeOrNull(row, 2)),
            ProvinceFaults.CentreLost, AlertSqlRows.Ms(to), AlertSqlRows.Ms(from), Math.Min(limit, MostLost));
    }

    public long ReadWaiting(CentreId centre)
    {
        using var connection = open();
        return connection.Query(
            "SELECT count(*) FROM view_tickets WHERE gen = (SELECT gen FROM view_generations WHERE whole = 1) AND centre = $1 AND live = 1 AND stage = 0", row => row.GetInt64(0), centre.Value).Single();
    }

    public void Forget(DateTimeOffset before)
    {
        using var connection = open();
        while (true)
        {
            var removed = 0;
            connection.Transact(() =>
            {
                var ids = connection.Query("SELECT id FROM alerts WHERE ended_ms < $1 LIMIT $2", row => row.GetInt64(0), AlertSqlRows.Ms(before), ForgottenAtOnce);
                foreach (var id in ids)
                {
                    connection.Run("DELETE FROM alert_attempts WHERE delivery IN (SELECT id FROM alert_deliveries WHERE alert = $1)", id);
                    connection.Run("DELETE FROM alert_deliveries WHERE alert = $1", id);
                    connection.Run("DELETE FROM alert_lines WHERE alert = $1", id);
                    connection.Run("DELETE FROM alert_causes WHERE alert = $1", id);
                    connection.Run("DELETE FROM alerts WHERE id = $1", id);
                }

                removed = ids.Count;
            });
            if (removed < ForgottenAtOnce)
            {
                return;
            }
        }
    }

    private static void AddCauses(ISqlConnection connection, IReadOnlyList<Alert> alerts, string which, long value)
    {
        var byId = alerts.ToDictionary(alert => alert.Id);
        foreach (var (id, cause) in connection.Query($"SELECT {AlertTables.Causes.ColumnNames} FROM alert_causes WHERE alert IN ({which})", AlertSqlRows.ReadCause, value))
        {
            if (byId.TryGetValue(id, out var alert))
            {
                alert.Causes[cause.Key] = cause;
            }
        }
    }
}
