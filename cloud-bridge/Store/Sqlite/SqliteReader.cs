using Microsoft.Data.Sqlite;
using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>Everything that only reads, on pooled connections of its own, so that a page never waits for ingest nor ingest for a page.</summary>
internal sealed class SqliteReader(string file) : IDisposable
{
    private readonly string connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5,
    }.ToString();

    public LogEnd FindEnd(LogId log) => Query(
        "SELECT up_to, hash FROM logs WHERE centre = $a AND epoch = $b",
        row => new LogEnd(row.GetInt64(0), ChainHash.From(row.GetFieldValue<byte[]>(1))),
        log.Centre.Value, log.Epoch.ToString()).FirstOrDefault(LogEnd.Empty);

    public List<StoredEvents> ReadLog(LogId log, long from, long to) => Query(
        """
        SELECT b.from_seq, b.bytes FROM logs l JOIN batches b ON b.log = l.id
        WHERE l.centre = $a AND l.epoch = $b AND b.from_seq <= $d
          AND b.from_seq >= coalesce((SELECT max(from_seq) FROM batches WHERE log = l.id AND from_seq <= $c), 0)
          AND b.to_seq >= $c ORDER BY b.from_seq
        """,
        row => new StoredEvents(row.GetInt64(0), EventFrames.Unpack(row.GetFieldValue<byte[]>(1))),
        log.Centre.Value, log.Epoch.ToString(), from, to);

    public EventPage ReadEvents(CentreId centre, EventPosition after, int limit)
    {
        // A stretch has at least one event, and the first may be taken already: so one row more of each log is always enough.
        var rows = Logs(centre)
            .SelectMany(log => Query("SELECT position FROM batches WHERE log = $a AND position >= $b ORDER BY position LIMIT $c", row => row.GetInt64(0), log, after.Row, limit + 1))
            .Order();
        var events = new List<ReadOnlyMemory<byte>>();
        var next = after;
        foreach (var row in rows)
        {
            var stretch = Stretch(row);
            for (var i = row == after.Row ? after.Taken : 0; i < stretch.Count; i++)
            {
                if (events.Count == limit)
                {
                    return new EventPage(events, next);
                }

                events.Add(stretch[i]);
                next = new EventPosition(row, i + 1);
            }
        }

        return new EventPage(events, next);
    }

    public List<ReadOnlyMemory<byte>> ReadLastEvents(CentreId centre, int count)
    {
        var rows = Logs(centre)
            .SelectMany(log => Query("SELECT position FROM batches WHERE log = $a ORDER BY position DESC LIMIT $b", row => row.GetInt64(0), log, count))
            .OrderDescending();
        var newestFirst = new List<ReadOnlyMemory<byte>>();
        foreach (var row in rows.TakeWhile(_ => newestFirst.Count < count))
        {
            newestFirst.AddRange(Stretch(row).AsEnumerable().Reverse().Take(count - newestFirst.Count));
        }

        newestFirst.Reverse();
        return newestFirst;
    }

    public List<(LogId Log, LogEnd End)> ReadLogs() => Query(
        "SELECT centre, epoch, up_to, hash FROM logs ORDER BY id",
        row => (new LogId(new CentreId(row.GetString(0)), Epoch(row.GetString(1))), new LogEnd(row.GetInt64(2), ChainHash.From(row.GetFieldValue<byte[]>(3)))));

    public List<StoredStretch> ReadStretches(long after, int limit) => Query(
        """
        SELECT b.position, l.centre, l.epoch, b.from_seq, b.hash, b.received_ms, b.bytes, g.from_seq, g.to_seq, g.hash FROM batches b JOIN logs l ON l.id = b.log
        LEFT JOIN gaps g ON g.log = b.log AND g.to_seq = b.from_seq - 1 WHERE b.position > $a ORDER BY b.position LIMIT $b
        """,
        row => new StoredStretch(
            row.GetInt64(0), new LogId(new CentreId(row.GetString(1)), Epoch(row.GetString(2))), row.GetInt64(3),
            row.IsDBNull(7) ? null : new DeclaredGap(row.GetInt64(7), row.GetInt64(8), ChainHash.From(row.GetFieldValue<byte[]>(9))),
            ChainHash.From(row.GetFieldValue<byte[]>(4)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), EventFrames.Unpack(row.GetFieldValue<byte[]>(6))),
        after, limit);

    public List<Fact> ReadFacts(FactKind? only) => Query(
        $"SELECT centre, kind, id, at_ms, body FROM facts {(only is { } kind ? $"WHERE kind = {(int)kind}" : "")} ORDER BY centre, kind, id",
        row => new Fact(
            new FactKey(new CentreId(row.GetString(0)), (FactKind)row.GetInt64(1), row.GetString(2)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetFieldValue<byte[]>(4)));

    public List<QuarantinedMessage> ReadQuarantine(int limit) => Query(
        "SELECT at_ms, topic, centre, reason, sha256, size, head, seen FROM quarantine ORDER BY id DESC LIMIT $a",
        row => new QuarantinedMessage(
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), row.IsDBNull(2) ? null : new CentreId(row.GetString(2)),
            row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetFieldValue<byte[]>(6), row.GetInt64(7)),
        limit);

    private List<long> Logs(CentreId centre) => Query("SELECT id FROM logs WHERE centre = $a", row => row.GetInt64(0), centre.Value);

    private List<ReadOnlyMemory<byte>> Stretch(long position) =>
        EventFrames.Unpack(Query("SELECT bytes FROM batches WHERE position = $a", row => row.GetFieldValue<byte[]>(0), position).Single());

    private static EpochId Epoch(string text) => EpochId.TryParse(text, out var epoch) ? epoch : throw new BridgeStoreException($"'{text}' in the store is not an epoch.");

    public List<T> Query<T>(string text, Func<SqliteDataReader, T> map, params ReadOnlySpan<object> values)
    {
        try
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = text;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
            }

            using var row = command.ExecuteReader();
            var rows = new List<T>();
            while (row.Read())
            {
                rows.Add(map(row));
            }

            return rows;
        }
        catch (SqliteException e)
        {
            throw new BridgeStoreException(e.Message, e);
        }
    }

    public void Dispose()
    {
        using var any = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(any);
    }
}
