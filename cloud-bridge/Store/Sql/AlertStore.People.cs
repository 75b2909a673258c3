using System.Globalization;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <content>What people decide: acts on alerts, rules, regions. Each with its line.</content>
internal sealed partial class AlertStore
{
    /// <summary>Of one alert's history; beyond that people can do no more to it.</summary>
    public const long MostLines = 2_000;

    public AlertLine? Do(AlertAct act)
    {
        using var connection = open();
        AlertLine? done = null;
        connection.Transact(() =>
        {
            var number = NextLine(connection);
            // Nobody reads that many; a page without a log-in must not fill the disk.
            if (connection.Query("SELECT count(*) FROM alert_lines WHERE alert = $1", row => row.GetInt64(0), act.Alert).Single() >= MostLines)
            {
                connection.Run("UPDATE alert_marks SET lines = lines - 1 WHERE id = 1");
                return;
            }

            // What is over can be spoken about, and nothing else.
            var changed = act.Act switch
            {
                AlertActs.Acknowledge => connection.Run(
                    "UPDATE alerts SET ack_by = $2, ack_ms = $3 WHERE id = $1 AND ended_ms IS NULL AND ack_by IS NULL", act.Alert, act.Who, AlertSqlRows.Ms(act.At)),
                AlertActs.Unacknowledge => connection.Run("UPDATE alerts SET ack_by = NULL, ack_ms = NULL WHERE id = $1 AND ended_ms IS NULL AND ack_by IS NOT NULL", act.Alert),
                AlertActs.Assign => connection.Run("UPDATE alerts SET assigned_to = $2 WHERE id = $1 AND ended_ms IS NULL", act.Alert, act.To),
                AlertActs.Unassign => connection.Run("UPDATE alerts SET assigned_to = NULL WHERE id = $1 AND ended_ms IS NULL AND assigned_to IS NOT NULL", act.Alert),
                AlertActs.Mute => connection.Run(
                    "UPDATE alerts SET muted_ms = $2, muted_by = $3 WHERE id = $1 AND ended_ms IS NULL", act.Alert, AlertSqlRows.Ms(act.Until!.Value), act.Who),
                AlertActs.Unmute => connection.Run("UPDATE alerts SET muted_ms = NULL, muted_by = NULL WHERE id = $1 AND muted_ms > $2", act.Alert, AlertSqlRows.Ms(act.At)),
                AlertActs.Comment => connection.Query("SELECT 1 FROM alerts WHERE id = $1", _ => 1, act.Alert).Count,
                _ => 0,
            };
            if (changed == 0)
            {
                connection.Run("UPDATE alert_marks SET lines = lines - 1 WHERE id = 1");
                return;
            }

            var value = act.To ?? act.Until?.ToString("O", CultureInfo.InvariantCulture) ?? "";
            done = new AlertLine(number, act.Alert, act.At, act.Who, act.Act, value, act.Reason);
            connection.Put(AlertTables.Lines, [AlertSqlRows.Of(done)]);
            connection.Run(
                """
                INSERT INTO audit (at_ms, who, action, centre, subject, reason)
                SELECT $1, $2, $3, min(centre), $4, $5 FROM alert_causes WHERE alert = $6 AND centre <> '' HAVING count(*) > 0
                """,
                AlertSqlRows.Ms(act.At), act.Who, $"alert:{act.Act}", act.Alert.ToString(CultureInfo.InvariantCulture), act.Reason, act.Alert);
        });
        return done;
    }

    public RuleVersion? ReadRules()
    {
        using var connection = open();
        return connection.Query("SELECT version, content, who, reason, at_ms FROM alert_rules ORDER BY version DESC LIMIT 1", AlertSqlRows.ReadRules).FirstOrDefault();
    }

    public IReadOnlyList<RuleVersion> ReadRuleVersions(int limit)
    {
        using var connection = open();
        return connection.Query("SELECT version, '', who, reason, at_ms FROM alert_rules ORDER BY version DESC LIMIT $1", AlertSqlRows.ReadRules, (long)limit);
    }

    public RuleVersion? FindRules(long version)
    {
        using var connection = open();
        return connection.Query("SELECT version, content, who, reason, at_ms FROM alert_rules WHERE version = $1", AlertSqlRows.ReadRules, version).FirstOrDefault();
    }

    public RuleVersion? SetRules(long based, string content, string who, string reason, DateTimeOffset at)
    {
        using var connection = open();
        RuleVersion? given = null;
        connection.Transact(() =>
        {
            if (connection.Run("UPDATE alert_marks SET rules = rules + 1 WHERE id = 1 AND rules = $1", based) == 0)
            {
                return;
            }

            given = new RuleVersion(based + 1, content, who, reason, at);
            connection.Run("INSERT INTO alert_rules (version, content, who, reason, at_ms) VALUES ($1, $2, $3, $4, $5)", given.Version, content, who, reason, AlertSqlRows.Ms(at));
        });
        return given;
    }

    public IReadOnlyDictionary<CentreId, string> ReadRegions()
    {
        using var connection = open();
        return connection.Query("SELECT centre, region FROM centre_regions", row => (new CentreId(row.GetString(0)), row.GetString(1))).ToDictionary(one => one.Item1, one => one.Item2);
    }

    public void SetRegion(IReadOnlyCollection<CentreId> centres, string region, string who, string reason, DateTimeOffset at)
    {
        using var connection = open();
        connection.Transact(() =>
        {
            connection.Run("UPDATE alert_marks SET regions = regions + 1 WHERE id = 1");
            foreach (var centre in centres)
            {
                connection.Run("DELETE FROM centre_regions WHERE centre = $1", centre.Value);
                if (region.Length > 0)
                {
                    connection.Run("INSERT INTO centre_regions (centre, region) VALUES ($1, $2)", centre.Value, region);
                }

                connection.Run(
                    "INSERT INTO audit (at_ms, who, action, centre, subject, reason) VALUES ($1, $2, 'region', $3, $4, $5)", AlertSqlRows.Ms(at), who, centre.Value, region, reason);
            }
        });
    }

    private static long NextLine(ISqlConnection connection)
    {
        connection.Run("UPDATE alert_marks SET lines = lines + 1 WHERE id = 1");
        return connection.Query("SELECT lines FROM alert_marks WHERE id = 1", row => row.GetInt64(0)).Single();
    }
}
