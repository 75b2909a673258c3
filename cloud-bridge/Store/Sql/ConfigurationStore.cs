using System.Data.Common;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Configurations in either engine.</summary>
/// <param name="open">A connection of its own.</param>
internal sealed class ConfigurationStore(Func<ISqlConnection> open) : IConfigurationStore
{
    /// <summary>Kept of each centre, with their texts; the oldest go first. Their lines in the audit stay.</summary>
    public const int MostKept = 20;

    /// <summary>Kept of what became of each; a centre that says more says nothing new.</summary>
    public const int MostMoments = 40;

    /// <summary><c>{0}</c> as in <see cref="ViewTables.Definition"/>.</summary>
    public const string Definition = """
        CREATE TABLE configurations (
            centre TEXT NOT NULL, revision BIGINT NOT NULL, hash TEXT NOT NULL, content TEXT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL, given_ms BIGINT NOT NULL,
            wanted BIGINT NOT NULL, state TEXT NOT NULL, note TEXT, at_ms BIGINT NOT NULL, PRIMARY KEY (centre, revision));
        CREATE INDEX configurations_wanted ON configurations (centre) WHERE wanted = 1;
        CREATE TABLE configuration_moments (
            centre TEXT NOT NULL, revision BIGINT NOT NULL, number BIGINT NOT NULL, state TEXT NOT NULL, note TEXT, at_ms BIGINT NOT NULL, PRIMARY KEY (centre, revision, number)){0};
        """;

    private const string Columns = "centre, revision, hash, who, reason, given_ms, wanted, state, note, at_ms";

    // Before the row itself moves, and only where it does.
    private static readonly string Remember = $$"""
        INSERT INTO configuration_moments (centre, revision, number, state, note, at_ms)
        SELECT c.centre, c.revision, (SELECT count(*) FROM configuration_moments m WHERE m.centre = c.centre AND m.revision = c.revision), $3, $4, $5 FROM configurations c
        WHERE c.centre = $1 AND (SELECT count(*) FROM configuration_moments m WHERE m.centre = c.centre AND m.revision = c.revision) < {{MostMoments}} AND c.revision {0}
        """;

    private const string Move = "UPDATE configurations SET state = $3, note = $4, at_ms = $5 WHERE centre = $1 AND revision {0}";

    private const string Unanswered = "AND state IN ('waiting', 'sent')";

    /// <summary>Writes a group's part, inside the transaction of its writer.</summary>
    /// <param name="run">Runs a text of both engines there.</param>
    public static void Keep(Action<string, object?[]> run, BridgeWrites writes)
    {
        var audited = writes.Audit is null;
        foreach (var one in writes.Configurations.Given)
        {
            Add(run, one);
            if (audited)
            {
                run(
                    """
                    INSERT INTO audit (at_ms, who, action, centre, subject, reason) SELECT $1, $2, 'configuration', $3, $4, $5
                    WHERE EXISTS (SELECT 1 FROM configurations WHERE centre = $3 AND revision = $6 AND hash = $7 AND who = $2 AND given_ms = $1)
                    """,
                    [
                        one.Given.ToUnixTimeMilliseconds(), one.Who, one.Centre.Value, one.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture), one.Reason, one.Revision, one.Hash,
                    ]);
            }
        }

        foreach (var one in writes.Configurations.Steps)
        {
            Step(run, ConfigurationOutcome.IsKnown(one.State) ? "= $2 AND state <> $3" : "= $2 AND state = 'waiting'", one.Centre, one.Revision, one.State, one.Note, one.At);
        }

        foreach (var one in writes.Configurations.Withdrawn)
        {
            Step(run, $"<= $2 {Unanswered}", one.Centre, one.UpTo, ConfigurationStages.Withdrawn, null, one.At);
            run("UPDATE configurations SET wanted = 0 WHERE centre = $1 AND wanted = 1 AND revision <= $2", [one.Centre.Value, one.UpTo]);
            if (audited)
            {
                run(
                    "INSERT INTO audit (at_ms, who, action, centre, subject, reason) VALUES ($1, $2, 'configuration:withdraw', $3, $3, $4)",
                    [one.At.ToUnixTimeMilliseconds(), one.Who, one.Centre.Value, one.Reason]);
            }
        }
    }

    public IReadOnlyList<ConfigurationRecord> Read(CentreId centre, int limit)
    {
        using var connection = open();
        return WithHistory(connection, connection.Query($"SELECT {Columns}, '' FROM configurations WHERE centre = $1 ORDER BY revision DESC LIMIT $2", RowOf, centre.Value, (long)limit));
    }

    public ConfigurationRecord? Find(CentreId centre, long revision)
    {
        using var connection = open();
        return WithHistory(connection, connection.Query($"SELECT {Columns}, content FROM configurations WHERE centre = $1 AND revision = $2", RowOf, centre.Value, revision)).FirstOrDefault();
    }

    public ConfigurationRecord? FindText(CentreId centre, string hash)
    {
        using var connection = open();
        return connection.Query($"SELECT {Columns}, content FROM configurations WHERE centre = $1 AND hash = $2 ORDER BY revision DESC LIMIT 1", RowOf, centre.Value, hash).FirstOrDefault();
    }

    public IReadOnlyList<WantedConfiguration> ReadWanted()
    {
        using var connection = open();
        return connection.Query(
            "SELECT centre, revision, hash, state FROM configurations WHERE wanted = 1 ORDER BY centre",
            row => new WantedConfiguration(new CentreId(row.GetString(0)), row.GetInt64(1), row.GetString(2), row.GetString(3)));
    }

    public IReadOnlyList<CentreId> ReadCentres()
    {
        using var connection = open();
        return connection.Query("SELECT DISTINCT centre FROM configurations ORDER BY centre", row => new CentreId(row.GetString(0)));
    }

    // Of two bridges that give at once one comes later, with a revision that is not higher; it must not stop its whole group, so that it is left out and told so.
    private static void Add(Action<string, object?[]> run, GivenConfiguration one)
    {
        var (centre, given) = (one.Centre.Value, one.Given.ToUnixTimeMilliseconds());
        Step(run, $"< $2 {Unanswered}", one.Centre, one.Revision, ConfigurationStages.Superseded, null, one.Given);
        run("UPDATE configurations SET wanted = 0 WHERE centre = $1 AND wanted = 1 AND revision < $2", [centre, one.Revision]);
        run(
            """
            INSERT INTO configurations (centre, revision, hash, content, who, reason, given_ms, wanted, state, note, at_ms) SELECT $1, $2, $3, $4, $5, $6, $7, 1, $8, NULL, $7
            WHERE NOT EXISTS (SELECT 1 FROM configurations WHERE centre = $1 AND revision >= $2) ON CONFLICT DO NOTHING
            """,
            [centre, one.Revision, one.Hash, one.Text, one.Who, one.Reason, given, ConfigurationStages.Waiting]);
        run(
            """
            INSERT INTO configuration_moments (centre, revision, number, state, note, at_ms) SELECT c.centre, c.revision, 0, $3, NULL, c.given_ms
            FROM configurations c WHERE c.centre = $1 AND c.revision = $2 ON CONFLICT DO NOTHING
            """,
            [centre, one.Revision, ConfigurationStages.Waiting]);
        run(
            "DELETE FROM configurations WHERE centre = $1 AND wanted = 0 AND revision <= (SELECT revision FROM configurations WHERE centre = $1 ORDER BY revision DESC LIMIT 1 OFFSET $2)",
            [centre, (long)MostKept]);
        run(
            "DELETE FROM configuration_moments WHERE centre = $1 AND revision < (SELECT min(revision) FROM configurations WHERE centre = $1)",
            [centre]);
    }

    private static void Step(Action<string, object?[]> run, string which, CentreId centre, long revision, string state, string? note, DateTimeOffset at)
    {
        object?[] values = [centre.Value, revision, state, note, at.ToUnixTimeMilliseconds()];
        run(Remember.Replace("{0}", which, StringComparison.Ordinal), values);
        run(Move.Replace("{0}", which, StringComparison.Ordinal), values);
    }

    private static List<ConfigurationRecord> WithHistory(ISqlConnection connection, List<ConfigurationRecord> found) =>
    [
        .. found.Select(one => one with
        {
            History = connection.Query(
                "SELECT state, note, at_ms FROM configuration_moments WHERE centre = $1 AND revision = $2 ORDER BY number LIMIT $3",
                row => new ConfigurationMoment(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
                one.Given.Centre.Value, one.Given.Revision, (long)MostMoments),
        }),
    ];

    private static ConfigurationRecord RowOf(DbDataReader row) => new(
        new GivenConfiguration(
            new CentreId(row.GetString(0)), row.GetInt64(1), row.GetString(2), row.GetString(10), row.GetString(3), row.GetString(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))),
        row.GetInt64(6) == 1, row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)), []);
}
