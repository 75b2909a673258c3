using MotCua.Protocols.Events;
using Npgsql;
using NpgsqlTypes;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Commits groups on a connection of its own, which is opened again after it broke. Called by one thread; other bridges may write at the same time.</summary>
/// <remarks>
/// <code>lock the group's logs, in order ─► each stands where its append says? ─► take row numbers ─► rows of all centres in one statement ─► commit</code>
/// Locks are taken in one order (logs by name, then the head row, then the rest), so bridges wait for each other and never in a ring.
/// </remarks>
internal sealed class PostgresWriter(NpgsqlDataSource source, TimeProvider time, QuarantineLimits limits) : IDisposable
{
    private readonly PostgresMonths months = new();
    private readonly PostgresQuarantine quarantine = new(limits);
    private NpgsqlConnection? open;

    public void Commit(BridgeWrites writes)
    {
        var connection = open ??= source.OpenConnection();
        try
        {
            using var transaction = connection.BeginTransaction();
            var now = writes.ReceivedAt ?? time.GetUtcNow();
            var logs = LockLogs(connection, writes.Appends);
            Check(writes.Appends, logs);
            var position = TakePositions(connection, writes.Appends.Count);
            if (writes.Appends.Count > 0)
            {
                months.Make(connection, now);
                Append(connection, writes.Appends, logs, position, now);
                MoveLogs(connection, writes.Appends, logs);
                Notify(connection);
            }

            Keep(connection, writes.Facts);
            quarantine.Keep(connection, writes.Quarantined);
            PostgresCommands.Keep(connection, writes);
            Sql.ConfigurationStore.Keep((text, values) => PostgresCommands.Scalar(connection, text, values), writes);
            Sql.SnapshotStore.Keep((text, values) => PostgresCommands.Scalar(connection, text, values), writes.Snapshots);
            Finish(transaction);
        }
        catch (Exception e) when (e is NpgsqlException or BridgeStoreException)
        {
            Drop();
            throw;
        }
    }

    public void Dispose() => Drop();

    // A refusal of the server is a word; a connection that breaks here leaves it open whether the server had it already. Whoever commits next waits for the head row and so for its end.
    private static void Finish(NpgsqlTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (NpgsqlException e) when (e is not PostgresException refused || refused.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            throw new CommitInDoubtException($"PostgreSQL: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    // A connection whose server went away cannot tell; the next commit takes another.
    private void Drop()
    {
        months.Forget();
        open?.Dispose();
        open = null;
    }

    private static Dictionary<LogId, (long Id, LogEnd End)> LockLogs(NpgsqlConnection connection, IReadOnlyList<LogAppend> appends)
    {
        var found = new Dictionary<LogId, (long, LogEnd)>();
        if (appends.Count == 0)
        {
            return found;
        }

        var asked = appends.Select(append => append.Log).Distinct().OrderBy(log => log.Centre.Value, StringComparer.Ordinal).ThenBy(log => log.Epoch.ToString(), StringComparer.Ordinal).ToList();
        string[] centres = [.. asked.Select(log => log.Centre.Value)];
        string[] epochs = [.. asked.Select(log => log.Epoch.ToString())];
        using (var add = new NpgsqlCommand(
            "INSERT INTO logs (centre, epoch, up_to, hash) SELECT centre, epoch, 0, $3 FROM unnest($1, $2) AS asked (centre, epoch) ON CONFLICT DO NOTHING", connection))
        {
            add.Parameters.AddWithValue(centres);
            add.Parameters.AddWithValue(epochs);
            add.Parameters.AddWithValue(Bytes(ChainHash.Genesis));
            add.ExecuteNonQuery();
        }

        using var command = new NpgsqlCommand(
            """
            SELECT l.centre, l.epoch, l.id, l.up_to, l.hash FROM logs l JOIN unnest($1, $2) AS asked (centre, epoch) ON l.centre = asked.centre AND l.epoch = asked.epoch
            ORDER BY l.centre COLLATE "C", l.epoch COLLATE "C" FOR UPDATE OF l
            """, connection);
        command.Parameters.AddWithValue(centres);
        command.Parameters.AddWithValue(epochs);
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            found[PostgresReader.Log(row)] = (row.GetInt64(2), new LogEnd(row.GetInt64(3), ChainHash.From(row.GetFieldValue<byte[]>(4))));
        }

        return found;
    }

    private static void Check(IReadOnlyList<LogAppend> appends, Dictionary<LogId, (long Id, LogEnd End)> logs)
    {
        foreach (var append in appends)
        {
            var (id, end) = logs[append.Log];
            if (end != append.Before)
            {
                throw new LogMovedException($"The log of {append.Log.Centre} in epoch {append.Log.Epoch} stands at {end.UpTo}, not at {append.Before.UpTo}: another bridge wrote it.");
            }

            logs[append.Log] = (id, append.After);
        }
    }

    // Also for a group without events: it proves that the store takes writes.
    private static long TakePositions(NpgsqlConnection connection, int count)
    {
        using var command = new NpgsqlCommand("UPDATE head SET position = position + $1 RETURNING position - $1", connection);
        command.Parameters.AddWithValue((long)count);
        return (long)command.ExecuteScalar()!;
    }

    private static void Append(NpgsqlConnection connection, IReadOnlyList<LogAppend> appends, Dictionary<LogId, (long Id, LogEnd End)> logs, long position, DateTimeOffset now)
    {
        using (var command = new NpgsqlCommand(
            "INSERT INTO batches (position, log, from_seq, to_seq, hash, received_ms, bytes) SELECT p, l, f, t, h, $1, b FROM unnest($2, $3, $4, $5, $6, $7) AS r (p, l, f, t, h, b)", connection))
        {
            command.Parameters.AddWithValue(now.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue(Enumerable.Range(1, appends.Count).Select(i => position + i).ToArray());
            command.Parameters.AddWithValue(appends.Select(append => logs[append.Log].Id).ToArray());
            command.Parameters.AddWithValue(appends.Select(append => append.From).ToArray());
            command.Parameters.AddWithValue(appends.Select(append => append.After.UpTo).ToArray());
            command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bytea, appends.Select(append => Bytes(append.After.Hash)).ToArray());
            command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bytea, appends.Select(append => EventFrames.Pack(append.Events)).ToArray());
            command.ExecuteNonQuery();
        }

        foreach (var append in appends.Where(append => append.Gap is not null))
        {
            var gap = append.Gap!;
            using var command = new NpgsqlCommand("INSERT INTO gaps (log, from_seq, to_seq, hash, recorded_ms) VALUES ($1, $2, $3, $4, $5)", connection);
            command.Parameters.AddWithValue(logs[append.Log].Id);
            command.Parameters.AddWithValue(gap.From);
            command.Parameters.AddWithValue(gap.To);
            command.Parameters.AddWithValue(Bytes(gap.Hash));
            command.Parameters.AddWithValue(now.ToUnixTimeMilliseconds());
            command.ExecuteNonQuery();
        }
    }

    private static void MoveLogs(NpgsqlConnection connection, IReadOnlyList<LogAppend> appends, Dictionary<LogId, (long Id, LogEnd End)> logs)
    {
        var moved = appends.Select(append => append.Log).Distinct().Select(log => logs[log]).ToList();
        using var command = new NpgsqlCommand("UPDATE logs SET up_to = m.up_to, hash = m.hash FROM unnest($1, $2, $3) AS m (id, up_to, hash) WHERE logs.id = m.id", connection);
        command.Parameters.AddWithValue(moved.Select(log => log.Id).ToArray());
        command.Parameters.AddWithValue(moved.Select(log => log.End.UpTo).ToArray());
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bytea, moved.Select(log => Bytes(log.End.Hash)).ToArray());
        command.ExecuteNonQuery();
    }

    // Heard when and if the transaction commits.
    private static void Notify(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"NOTIFY {PostgresListener.Channel}", connection);
        command.ExecuteNonQuery();
    }

    private static void Keep(NpgsqlConnection connection, IReadOnlyCollection<Fact> facts)
    {
        foreach (var (set, text) in new[]
        {
            (true, """
                INSERT INTO facts (centre, kind, id, at_ms, body) SELECT * FROM unnest($1, $2, $3, $4, $5)
                ON CONFLICT (centre, kind, id) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body
                """),
            (false, "DELETE FROM facts USING unnest($1, $2, $3) AS gone (centre, kind, id) WHERE facts.centre = gone.centre AND facts.kind = gone.kind AND facts.id = gone.id"),
        })
        {
            var these = facts.Where(fact => fact.Body is not null == set).ToList();
            if (these.Count == 0)
            {
                continue;
            }

            using var command = new NpgsqlCommand(text, connection);
            command.Parameters.AddWithValue(these.Select(fact => fact.Key.Centre.Value).ToArray());
            command.Parameters.AddWithValue(these.Select(fact => (int)fact.Key.Kind).ToArray());
            command.Parameters.AddWithValue(these.Select(fact => fact.Key.Id).ToArray());
            if (set)
            {
                command.Parameters.AddWithValue(these.Select(fact => fact.At.ToUnixTimeMilliseconds()).ToArray());
                command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bytea, these.Select(fact => fact.Body!.Value.ToArray()).ToArray());
            }

            command.ExecuteNonQuery();
        }
    }

    private static byte[] Bytes(ChainHash hash)
    {
        var bytes = new byte[ChainHash.Size];
        hash.CopyTo(bytes);
        return bytes;
    }
}
