using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Forgetting in either engine; how rows are removed each knows itself.</summary>
/// <param name="open">A connection of its own.</param>
/// <param name="remove">Removes all stretches received before a moment, up to a row, in pieces.</param>
internal sealed class Retention(Func<ISqlConnection> open, Action<ISqlConnection, DateTimeOffset, long> remove) : IRetention
{
    public const string Definition = """
        CREATE TABLE forgotten (id BIGINT PRIMARY KEY, position BIGINT NOT NULL, before_ms BIGINT NOT NULL, at_ms BIGINT NOT NULL);
        CREATE TABLE forgotten_logs (centre TEXT NOT NULL, epoch TEXT NOT NULL, up_to BIGINT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (centre, epoch));
        """;

    private static readonly ViewTable Part = new(
        "forgotten", [("id", Kind.Number), ("position", Kind.Number), ("before_ms", Kind.Number), ("at_ms", Kind.Number)], 1, Merge.Replace);

    private static readonly ViewTable Logs = new(
        "forgotten_logs", [("centre", Kind.Text), ("epoch", Kind.Text), ("up_to", Kind.Number), ("hash", Kind.Text)], 2, Merge.Replace);

    public ForgottenPart? Read()
    {
        using var connection = open();
        var part = connection.Query(
            "SELECT position, before_ms, at_ms FROM forgotten WHERE id = 1",
            row => new ForgottenPart(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), [])).FirstOrDefault();
        return part is null ? null : part with
        {
            Logs = connection.Query(
                "SELECT centre, epoch, up_to, hash FROM forgotten_logs ORDER BY centre, epoch",
                row => (new LogId(new CentreId(row.GetString(0)), Epoch(row.GetString(1))), new LogEnd(row.GetInt64(2), Hash(row.GetString(3))))),
        };
    }

    public ForgetPlan Plan(DateTimeOffset before)
    {
        using var connection = open();
        connection.IsPatient = true;
        var ms = before.ToUnixTimeMilliseconds();
        var (stretches, row, events) = connection.Query(
            "SELECT count(*), coalesce(max(position), 0), CAST(coalesce(sum(to_seq - from_seq + 1), 0) AS BIGINT) FROM batches WHERE received_ms < $1",
            found => (found.GetInt64(0), found.GetInt64(1), found.GetInt64(2)), ms).Single();
        var kept = connection.Query("SELECT min(position) FROM batches WHERE received_ms >= $1", found => found.IsDBNull(0) ? long.MaxValue : found.GetInt64(0), ms).Single();
        return new ForgetPlan(before, row, stretches, events, kept > row);
    }

    public void Forget(ForgetPlan plan, DateTimeOffset at)
    {
        using var connection = open();
        connection.IsPatient = true;
        // Before the transaction, which ingest waits for: rows that are there already never change.
        List<object?[]> ends = [];
        foreach (var (log, centre, epoch) in connection.Query("SELECT id, centre, epoch FROM logs", row => (row.GetInt64(0), row.GetString(1), row.GetString(2))))
        {
            ends.AddRange(connection.Query(
                "SELECT to_seq, hash FROM batches WHERE log = $1 AND position <= $2 ORDER BY position DESC LIMIT 1",
                row => new object?[] { centre, epoch, row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)) }, log, plan.Row));
        }

        connection.Transact(() =>
        {
            MustBeInViews(connection, plan.Row);
            connection.Put(Logs, ends);
            connection.Put(Part, [[1L, plan.Row, plan.Before.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds()]]);
        });
        remove(connection, plan.Before, plan.Row);
    }

    public void Finish()
    {
        // Where a clock was set back since, newer stretches lie in those months, and stay.
        if (Read() is { } part && Plan(part.Before).Row <= part.Row)
        {
            using var connection = open();
            connection.IsPatient = true;
            remove(connection, part.Before, part.Row);
        }
    }

    public void Adopt(ForgottenPart part)
    {
        using var connection = open();
        if (connection.Query("SELECT id FROM logs LIMIT 1", row => row.GetInt64(0)).Count > 0)
        {
            return; // Begun before; what it holds it compares.
        }

        connection.Transact(() =>
        {
            connection.Put(Logs, [.. part.Logs.Select(one => new object?[] { one.Log.Centre.Value, one.Log.Epoch.ToString(), one.End.UpTo, one.End.Hash.ToString() })]);
            connection.Put(Part, [[1L, 0L, part.Before.ToUnixTimeMilliseconds(), part.At.ToUnixTimeMilliseconds()]]);
            foreach (var (log, end) in part.Logs)
            {
                connection.AddLog(log, end);
            }
        });
    }

    // With the generations locked: a rebuild that has begun and not come so far would miss the events, and one that begins later takes the views over.
    private static void MustBeInViews(ISqlConnection connection, long row)
    {
        connection.Run(ViewWriter.LockWhole);
        connection.Run("UPDATE view_generations SET whole = whole");
        var whole = connection.Query("SELECT gen, position FROM view_generations WHERE whole = 1", found => (Id: found.GetInt64(0), Row: found.GetInt64(1)));
        if (whole.Count == 0 || whole[0].Row < row || connection.Query("SELECT 1 FROM view_generations WHERE gen > $1 AND position < $2", _ => true, whole[0].Id, row).Count > 0)
        {
            throw new BridgeStoreException("Đang tổng hợp số liệu của các tháng đó, hãy thử lại sau. The views of those months are being made: try again when they are.");
        }
    }

    private static EpochId Epoch(string text) => EpochId.TryParse(text, out var epoch) ? epoch : throw new BridgeStoreException($"'{text}' in the store is not an epoch.");

    private static ChainHash Hash(string text) => ChainHash.TryParse(text, out var hash) ? hash : throw new BridgeStoreException($"'{text}' in the store is not a hash.");
}
