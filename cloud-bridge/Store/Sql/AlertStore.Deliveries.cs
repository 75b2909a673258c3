using System.Globalization;

namespace MotCua.CloudBridge.Store.Sql;

/// <content>What is told of alerts, and how that went.</content>
internal sealed partial class AlertStore
{
    public IReadOnlyList<AlertDelivery> ReadDue(DateTimeOffset now, int limit)
    {
        using var connection = open();
        return connection.Query(
            // Of one alert on one channel only the first that waits, so that its end is never told before its beginning.
            $"""
            SELECT {AlertTables.Deliveries.ColumnNames} FROM alert_deliveries d WHERE state = 'waiting' AND next_ms <= $1
              AND NOT EXISTS (SELECT 1 FROM alert_deliveries e WHERE e.alert = d.alert AND e.channel = d.channel AND e.state = 'waiting' AND e.id < d.id) ORDER BY next_ms, id LIMIT $2
            """,
            AlertSqlRows.ReadDelivery, AlertSqlRows.Ms(now), (long)limit);
    }

    public void Tried(AlertDelivery after, DeliveryAttempt attempt)
    {
        using var connection = open();
        connection.Transact(() =>
        {
            // Somebody who tried it at the same time has said what came of it.
            connection.Run(
                "INSERT INTO alert_attempts (delivery, number, at_ms, ok, note) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                after.Id, (long)attempt.Number, AlertSqlRows.Ms(attempt.At), attempt.Ok ? 1L : 0L, attempt.Note);
            connection.Run(
                "UPDATE alert_deliveries SET state = $2, attempts = $3, next_ms = $4, note = $5 WHERE id = $1 AND state = 'waiting'",
                after.Id, after.State, (long)after.Attempts, AlertSqlRows.Ms(after.Next), after.Note);
        });
    }

    public IReadOnlyList<AlertDelivery> ReadDeliveries(string? state, long? alert, int limit)
    {
        using var connection = open();
        var which = (state, alert) switch
        {
            (not null, not null) => "WHERE state = $2 AND alert = $3",
            (not null, null) => "WHERE state = $2",
            (null, not null) => "WHERE alert = $2",
            _ => "",
        };
        object?[] values = [(long)limit, .. new object?[] { state, alert }.Where(value => value is not null)];
        return connection.Query($"SELECT {AlertTables.Deliveries.ColumnNames} FROM alert_deliveries {which} ORDER BY id DESC LIMIT $1", AlertSqlRows.ReadDelivery, values);
    }

    public AlertDelivery? FindDelivery(long id)
    {
        using var connection = open();
        return connection.Query($"SELECT {AlertTables.Deliveries.ColumnNames} FROM alert_deliveries WHERE id = $1", AlertSqlRows.ReadDelivery, id).FirstOrDefault();
    }

    public IReadOnlyList<DeliveryAttempt> ReadAttempts(long delivery, int limit)
    {
        using var connection = open();
        return connection.Query(
            "SELECT number, at_ms, ok, note FROM alert_attempts WHERE delivery = $1 ORDER BY number LIMIT $2", AlertSqlRows.ReadAttempt, delivery, (long)limit);
    }

    public bool TryAgain(long delivery, string who, string reason, DateTimeOffset at)
    {
        using var connection = open();
        var found = false;
        connection.Transact(() =>
        {
            var alert = connection.Query("SELECT alert FROM alert_deliveries WHERE id = $1 AND state = 'dead'", row => row.GetInt64(0), delivery);
            if (alert.Count == 0 || connection.Run("UPDATE alert_deliveries SET state = 'waiting', next_ms = $2 WHERE id = $1 AND state = 'dead'", delivery, AlertSqlRows.Ms(at)) == 0)
            {
                return;
            }

            var line = new AlertLine(NextLine(connection), alert[0], at, who, "try-again", delivery.ToString(CultureInfo.InvariantCulture), reason);
            connection.Put(AlertTables.Lines, [AlertSqlRows.Of(line)]);
            found = true;
        });
        return found;
    }
}
