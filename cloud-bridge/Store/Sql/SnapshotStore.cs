using System.Data.Common;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Pictures in either engine. Their bytes stand in the row and leave it alone.</summary>
/// <param name="open">A connection of its own.</param>
/// <param name="forget">Takes what was removed out of the engine's log as well; false: somebody reads it just now. Null where the engine has its own way.</param>
internal sealed class SnapshotStore(Func<ISqlConnection> open, Func<ISqlConnection, bool>? forget = null) : ISnapshotStore
{
    /// <summary>Kept of each centre, without their bytes; the oldest go first. Their lines in the audit stay.</summary>
    public const int MostKept = 500;

    /// <summary>Looks at one picture; more is a program.</summary>
    public const int MostLooks = 200;

    /// <summary><c>{0}</c> is the engine's type for bytes.</summary>
    public const string Definition = """
        CREATE TABLE snapshots (
            centre TEXT NOT NULL, id TEXT NOT NULL, camera TEXT NOT NULL, cause TEXT NOT NULL, reason TEXT NOT NULL, role TEXT, counter BIGINT, blur BIGINT NOT NULL,
            at_ms BIGINT NOT NULL, known_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL, phase TEXT, note TEXT, taken_ms BIGINT, received_ms BIGINT,
            bytes BIGINT NOT NULL, width BIGINT NOT NULL, height BIGINT NOT NULL, gone_ms BIGINT, picture {0}, PRIMARY KEY (centre, id));
        CREATE INDEX snapshots_by_time ON snapshots (centre, known_ms);
        CREATE INDEX snapshots_held ON snapshots (expires_ms) WHERE picture IS NOT NULL;
        CREATE TABLE snapshot_looks (
            look TEXT NOT NULL PRIMARY KEY, centre TEXT NOT NULL, id TEXT NOT NULL, at_ms BIGINT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL, shown_ms BIGINT);
        CREATE INDEX snapshot_looks_of ON snapshot_looks (centre, id, at_ms);
        """;

    private const string Columns =
        "centre, id, camera, cause, reason, role, counter, blur, at_ms, known_ms, expires_ms, phase, note, taken_ms, received_ms, bytes, width, height, gone_ms";

    // Read and written by whoever removes.
    private bool isInLog;

    /// <summary>Writes a group's part, inside the transaction of its writer.</summary>
    /// <param name="run">Runs a text of both engines there.</param>
    public static void Keep(Action<string, object?[]> run, SnapshotWrites writes)
    {
        foreach (var one in writes.Announced)
        {
            run(
                """
                INSERT INTO snapshots (centre, id, camera, cause, reason, role, counter, blur, at_ms, known_ms, expires_ms, bytes, width, height)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0) ON CONFLICT DO NOTHING
                """,
                [
                    one.Key.Centre.Value, one.Key.Id, one.Camera, one.Cause, one.Reason, one.Role, one.Counter is { } counter ? (long)counter : null, one.Blur ? 1L : 0L,
                    one.At.ToUnixTimeMilliseconds(), one.Known.ToUnixTimeMilliseconds(), one.Expires.ToUnixTimeMilliseconds(),
                ]);
        }

        // One whose bytes are here goes when they do: what is held is bounded by the pictures of an hour and their time to live.
        foreach (var centre in writes.Announced.Select(one => one.Key.Centre.Value).Distinct(StringComparer.Ordinal))
        {
            run(
                "DELETE FROM snapshots WHERE centre = $1 AND picture IS NULL AND known_ms < (SELECT known_ms FROM snapshots WHERE centre = $1 ORDER BY known_ms DESC LIMIT 1 OFFSET $2)",
                [centre, (long)MostKept]);
            run("DELETE FROM snapshot_looks WHERE centre = $1 AND NOT EXISTS (SELECT 1 FROM snapshots s WHERE s.centre = snapshot_looks.centre AND s.id = snapshot_looks.id)", [centre]);
        }

        foreach (var one in writes.Ended)
        {
            run("UPDATE snapshots SET phase = $3, note = $4 WHERE centre = $1 AND id = $2 AND phase IS NULL", [one.Key.Centre.Value, one.Key.Id, one.Phase, one.Note]);
        }

        foreach (var one in writes.Arrived)
        {
            run(
                """
                UPDATE snapshots SET picture = $3, bytes = $4, width = $5, height = $6, taken_ms = $7, received_ms = $8
                WHERE centre = $1 AND id = $2 AND received_ms IS NULL AND expires_ms > $8
                """,
                [
                    one.Key.Centre.Value, one.Key.Id, one.Jpeg, (long)one.Jpeg.Length, (long)one.Width, (long)one.Height, one.TakenAt.ToUnixTimeMilliseconds(), one.At.ToUnixTimeMilliseconds(),
                ]);
        }
    }

    public IReadOnlyList<SnapshotRecord> Read(CentreId centre, int limit)
    {
        using var connection = open();
        return WithLooks(connection, connection.Query($"SELECT {Columns} FROM snapshots WHERE centre = $1 ORDER BY known_ms DESC, id LIMIT $2", RowOf, centre.Value, (long)limit));
    }

    public SnapshotRecord? Find(SnapshotKey key)
    {
        using var connection = open();
        return WithLooks(connection, connection.Query($"SELECT {Columns} FROM snapshots WHERE centre = $1 AND id = $2", RowOf, key.Centre.Value, key.Id)).FirstOrDefault();
    }

    public int Count(CentreId centre, DateTimeOffset since)
    {
        using var connection = open();
        return (int)connection.Query(
            "SELECT count(*) FROM snapshots WHERE centre = $1 AND (picture IS NOT NULL OR received_ms > $2)", row => row.GetInt64(0), centre.Value, since.ToUnixTimeMilliseconds()).Single();
    }

    public LookOutcome Look(SnapshotKey key, string view, SnapshotView by)
    {
        using var connection = open();
        var (outcome, now) = (LookOutcome.Gone, by.At.ToUnixTimeMilliseconds());
        connection.Transact(() =>
        {
            outcome = LookOutcome.Gone;
            if (connection.Query("SELECT 1 FROM snapshots WHERE centre = $1 AND id = $2 AND picture IS NOT NULL AND expires_ms > $3", _ => true, key.Centre.Value, key.Id, now).Count == 0)
            {
                return;
            }

            if (connection.Query("SELECT count(*) FROM snapshot_looks WHERE centre = $1 AND id = $2", row => row.GetInt64(0), key.Centre.Value, key.Id).Single() >= MostLooks)
            {
                outcome = LookOutcome.TooMany;
                return;
            }

            connection.Run("INSERT INTO snapshot_looks (look, centre, id, at_ms, who, reason) VALUES ($1, $2, $3, $4, $5, $6)", view, key.Centre.Value, key.Id, now, by.Who, by.Reason);
            connection.Run(
                "INSERT INTO audit (at_ms, who, action, centre, subject, reason) VALUES ($1, $2, 'snapshot:view', $3, $4, $5)", now, by.Who, key.Centre.Value, key.Id, by.Reason);
            outcome = LookOutcome.Written;
        });
        return outcome;
    }

    public byte[]? Show(SnapshotKey key, string view, DateTimeOffset now)
    {
        using var connection = open();
        var moment = now.ToUnixTimeMilliseconds();
        // Taken and marked in one statement: of two that ask with the same word one is shown it.
        var isFirst = connection.Run(
            "UPDATE snapshot_looks SET shown_ms = $4 WHERE look = $1 AND centre = $2 AND id = $3 AND shown_ms IS NULL AND at_ms > $5",
            view, key.Centre.Value, key.Id, moment, moment - (long)ISnapshotStore.LookWithin.TotalMilliseconds) == 1;
        return isFirst ? connection.Query(
            "SELECT picture FROM snapshots WHERE centre = $1 AND id = $2 AND picture IS NOT NULL AND expires_ms > $3", row => row.GetFieldValue<byte[]>(0), key.Centre.Value, key.Id, moment).FirstOrDefault() : null;
    }

    public int Expire(DateTimeOffset now, int most)
    {
        using var connection = open();
        var removed = connection.Run(
            "UPDATE snapshots SET picture = NULL, gone_ms = $1 WHERE (centre, id) IN (SELECT centre, id FROM snapshots WHERE picture IS NOT NULL AND expires_ms <= $1 LIMIT $2)",
            now.ToUnixTimeMilliseconds(), (long)most);
        isInLog |= removed > 0;
        isInLog = isInLog && forget?.Invoke(connection) == false;
        return removed;
    }

    public IReadOnlyList<CentreId> ReadCentres()
    {
        using var connection = open();
        return connection.Query("SELECT DISTINCT centre FROM snapshots ORDER BY centre", row => new CentreId(row.GetString(0)));
    }

    public byte[]? ReadPicture(SnapshotKey key)
    {
        using var connection = open();
        return connection.Query("SELECT picture FROM snapshots WHERE centre = $1 AND id = $2 AND picture IS NOT NULL", row => row.GetFieldValue<byte[]>(0), key.Centre.Value, key.Id).FirstOrDefault();
    }

    public void Adopt(SnapshotRecord record, byte[]? jpeg)
    {
        using var connection = open();
        var one = record.Announced;
        connection.Transact(() =>
        {
            Keep((text, values) => connection.Run(text, values), new SnapshotWrites([one], [], record.Phase is { } phase ? [new EndedSnapshot(one.Key, phase, record.Note)] : []));
            connection.Run(
                "UPDATE snapshots SET bytes = $3, width = $4, height = $5, taken_ms = $6, received_ms = $7, gone_ms = $8 WHERE centre = $1 AND id = $2",
                one.Key.Centre.Value, one.Key.Id, (long)record.Bytes, (long)record.Width, (long)record.Height, record.TakenAt?.ToUnixTimeMilliseconds(), record.ReceivedAt?.ToUnixTimeMilliseconds(),
                record.GoneAt?.ToUnixTimeMilliseconds());
            if (jpeg is not null)
            {
                connection.Run("UPDATE snapshots SET picture = $3 WHERE centre = $1 AND id = $2", one.Key.Centre.Value, one.Key.Id, jpeg);
            }

            foreach (var (look, number) in record.Views.Select((look, number) => (look, number)))
            {
                // Who looked there looks no more by it.
                connection.Run(
                    "INSERT INTO snapshot_looks (look, centre, id, at_ms, who, reason, shown_ms) VALUES ($1, $2, $3, $4, $5, $6, $4) ON CONFLICT DO NOTHING",
                    $"{one.Key.Centre}/{one.Key.Id}/{number}", one.Key.Centre.Value, one.Key.Id, look.At.ToUnixTimeMilliseconds(), look.Who, look.Reason);
            }
        });
    }

    private static List<SnapshotRecord> WithLooks(ISqlConnection connection, List<SnapshotRecord> found) =>
    [
        .. found.Select(one => one with
        {
            Views = connection.Query(
                "SELECT at_ms, who, reason FROM snapshot_looks WHERE centre = $1 AND id = $2 ORDER BY at_ms, look LIMIT $3",
                row => new SnapshotView(Moment(row.GetInt64(0)), row.GetString(1), row.GetString(2)), one.Announced.Key.Centre.Value, one.Announced.Key.Id, (long)MostLooks),
        }),
    ];

    private static SnapshotRecord RowOf(DbDataReader row) => new(
        new AnnouncedSnapshot(
            new SnapshotKey(new CentreId(row.GetString(0)), row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
            row.IsDBNull(6) ? null : (int)row.GetInt64(6), row.GetInt64(7) == 1, Moment(row.GetInt64(8)), Moment(row.GetInt64(9)), Moment(row.GetInt64(10))),
        row.IsDBNull(11) ? null : row.GetString(11), row.IsDBNull(12) ? null : row.GetString(12), Perhaps(row, 13), Perhaps(row, 14),
        (int)row.GetInt64(15), (int)row.GetInt64(16), (int)row.GetInt64(17), Perhaps(row, 18), []);

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? Perhaps(DbDataReader row, int column) => row.IsDBNull(column) ? null : Moment(row.GetInt64(column));
}
