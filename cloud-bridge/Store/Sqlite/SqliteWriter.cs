using Microsoft.Data.Sqlite;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>The one connection that writes. Called by one thread.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SqliteStatement begin, commit, rollback, findLog, addLog, moveLog, addBatch, addGap, setFact, clearFact, probe;
    private readonly SqliteQuarantine quarantine;
    private readonly SqliteCommands commands;

    public SqliteWriter(SqliteConnection connection, TimeProvider time, QuarantineLimits limits)
    {
        (this.connection, this.time) = (connection, time);
        begin = new(connection, "BEGIN IMMEDIATE");
        commit = new(connection, "COMMIT");
        rollback = new(connection, "ROLLBACK");
        findLog = new(connection, "SELECT id FROM logs WHERE centre = $centre AND epoch = $epoch", "$centre", "$epoch");
        addLog = new(connection, "INSERT INTO logs (centre, epoch, up_to, hash) VALUES ($centre, $epoch, 0, $hash) RETURNING id", "$centre", "$epoch", "$hash");
        moveLog = new(
            connection, "UPDATE logs SET up_to = $to, hash = $hash WHERE id = $id AND up_to = $was AND hash = $washash",
            "$to", "$hash", "$id", "$was", "$washash");
        addBatch = new(
            connection, "INSERT INTO batches (log, from_seq, to_seq, hash, received_ms, bytes) VALUES ($log, $from, $to, $hash, $ms, $bytes)",
            "$log", "$from", "$to", "$hash", "$ms", "$bytes");
        addGap = new(
            connection, "INSERT INTO gaps (log, from_seq, to_seq, hash, recorded_ms) VALUES ($log, $from, $to, $hash, $ms)",
            "$log", "$from", "$to", "$hash", "$ms");
        setFact = new(
            connection, "INSERT OR REPLACE INTO facts (centre, kind, id, at_ms, body) VALUES ($centre, $kind, $id, $ms, $body)",
            "$centre", "$kind", "$id", "$ms", "$body");
        clearFact = new(connection, "DELETE FROM facts WHERE centre = $centre AND kind = $kind AND id = $id", "$centre", "$kind", "$id");
        probe = new(connection, "INSERT OR REPLACE INTO probe (id, written_ms) VALUES (1, $ms)", "$ms");
        quarantine = new(connection, limits);
        commands = new(connection);
    }

    public void Commit(BridgeWrites writes)
    {
        var now = (writes.ReceivedAt ?? time.GetUtcNow()).ToUnixTimeMilliseconds();
        begin.Run();
        try
        {
            foreach (var append in writes.Appends)
            {
                Append(append, now);
            }

            foreach (var fact in writes.Facts)
            {
                Keep(fact);
            }

            quarantine.Keep(writes.Quarantined);
            commands.Keep(writes);
            Sql.ConfigurationStore.Keep(Run, writes);
            Sql.SnapshotStore.Keep(Run, writes.Snapshots);
            if (writes.Appends.Count + writes.Facts.Count + writes.Quarantined.Count + writes.Commands.Count + writes.Steps.Count + (writes.Audit?.Count ?? 0) == 0)
            {
                probe.Run(now);
            }

            commit.Run();
        }
        catch
        {
            TryRollback();
            quarantine.Recount();
            throw;
        }
    }

    private void Append(LogAppend append, long now)
    {
        var (centre, epoch) = (append.Log.Centre.Value, append.Log.Epoch.ToString());
        var log = findLog.Scalar(centre, epoch) ?? addLog.Scalar(centre, epoch, Bytes(ChainHash.Genesis));
        var after = Bytes(append.After.Hash);
        if (moveLog.Run(append.After.UpTo, after, log, append.Before.UpTo, Bytes(append.Before.Hash)) != 1)
        {
            throw new BridgeStoreException($"The log of {centre} in epoch {epoch} does not stand at {append.Before.UpTo}: another writer has this store open.");
        }

        if (append.Gap is { } gap)
        {
            addGap.Run(log, gap.From, gap.To, Bytes(gap.Hash), now);
        }

        addBatch.Run(log, append.From, append.After.UpTo, after, now, EventFrames.Pack(append.Events));
    }

    private void Keep(Fact fact)
    {
        var (centre, kind, id) = (fact.Key.Centre.Value, (long)fact.Key.Kind, fact.Key.Id);
        if (fact.Body is { } body)
        {
            setFact.Run(centre, kind, id, fact.At.ToUnixTimeMilliseconds(), body.ToArray());
        }
        else
        {
            clearFact.Run(centre, kind, id);
        }
    }

    // Texts of both engines; a few a day.
    private void Run(string text, object?[] values)
    {
        using var once = new SqliteStatement(connection, text, [.. Enumerable.Range(1, values.Length).Select(number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${number}"))]);
        once.Run(values);
    }

    private void TryRollback()
    {
        try
        {
            rollback.Run();
        }
        catch (SqliteException)
        {
            // A full disk may have rolled back by itself; then there is no transaction to end.
        }
    }

    private static byte[] Bytes(ChainHash hash)
    {
        var bytes = new byte[ChainHash.Size];
        hash.CopyTo(bytes);
        return bytes;
    }

    public void Dispose()
    {
        quarantine.Dispose();
        commands.Dispose();
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[begin, commit, rollback, findLog, addLog, moveLog, addBatch, addGap, setFact, clearFact, probe])
        {
            statement.Dispose();
        }
    }
}
