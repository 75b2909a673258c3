using MotCua.Protocols;
using MotCua.Protocols.Events;
using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Everything that only reads, on pooled connections of its own.</summary>
internal sealed class PostgresReader(NpgsqlDataSource source)
{
    public LogEnd FindEnd(LogId log) => Query(
        "SELECT up_to, hash FROM logs WHERE centre = $1 AND epoch = $2",
        row => new LogEnd(row.GetInt64(0), ChainHash.From(row.GetFieldValue<byte[]>(1))),
        log.Centre.Value, log.Epoch.ToString()).FirstOrDefault(LogEnd.Empty);

    public List<StoredEvents> ReadLog(LogId log, long from, long to) => Query(
        """
        SELECT b.from_seq, b.bytes FROM logs l JOIN batches b ON b.log = l.id
        WHERE l.centre = $1 AND l.epoch = $2 AND b.from_seq <= $4
          AND b.from_seq >= coalesce((SELECT max(from_seq) FROM batches WHERE log = l.id AND from_seq <= $3), 0)
          AND b.to_seq >= $3 ORDER BY b.from_seq
        """,
        row => new StoredEvents(row.GetInt64(0), EventFrames.Unpack(row.GetFieldValue<byte[]>(1))),
        log.Centre.Value, log.Epoch.ToString(), from, to);

    public EventPage ReadEvents(CentreId centre, EventPosition after, int limit)
    {
        // A stretch has at least one event, and the first may be taken already: so one row more is always enough, and mostly far fewer are.
        var rows = Query(
            """
            SELECT b.position, b.held FROM (SELECT id FROM logs WHERE centre = $1) l
            CROSS JOIN LATERAL (SELECT position, to_seq - from_seq + 1 AS held FROM batches WHERE log = l.id AND position >= $2 ORDER BY position LIMIT $3) b
            ORDER BY b.position LIMIT $3
            """,
            Held, centre.Value, after.Row, limit + 1L);
        var events = new List<ReadOnlyMemory<byte>>();
        var next = after;
        foreach (var (position, stretch) in Stretches(Enough(rows, limit + after.Taken)))
        {
            for (var i = position == after.Row ? after.Taken : 0; i < stretch.Count && events.Count < limit; i++)
            {
                events.Add(stretch[i]);
                next = new EventPosition(position, i + 1);
            }
        }

        return new EventPage(events, next);
    }

    public List<ReadOnlyMemory<byte>> ReadLastEvents(CentreId centre, int count)
    {
        var rows = Query(
            """
            SELECT b.position, b.held FROM (SELECT id FROM logs WHERE centre = $1) l
            CROSS JOIN LATERAL (SELECT position, to_seq - from_seq + 1 AS held FROM batches WHERE log = l.id ORDER BY position DESC LIMIT $2) b
            ORDER BY b.position DESC LIMIT $2
            """,
            Held, centre.Value, (long)count);
        return [.. Stretches(Enough(rows, count)).SelectMany(stretch => stretch.Events).TakeLast(count)];
    }

    public List<(LogId Log, LogEnd End)> ReadLogs() => Query(
        "SELECT centre, epoch, up_to, hash FROM logs ORDER BY id",
        row => (Log(row), new LogEnd(row.GetInt64(2), ChainHash.From(row.GetFieldValue<byte[]>(3)))));

    public long Head() => Query("SELECT position FROM head", row => row.GetInt64(0)).Single();

    public List<LogNews> ReadMoved(long after, int limit) => Query(
        """
        SELECT l.centre, l.epoch, n.position, n.to_seq, n.hash, n.bytes FROM (
            SELECT DISTINCT ON (log) log, position, to_seq, hash, bytes FROM batches WHERE position > $1 ORDER BY log, position DESC) n
        JOIN logs l ON l.id = n.log ORDER BY n.position LIMIT $2
        """,
        row => new LogNews(row.GetInt64(2), Log(row), new LogEnd(row.GetInt64(3), ChainHash.From(row.GetFieldValue<byte[]>(4))), EventFrames.Unpack(row.GetFieldValue<byte[]>(5))),
        after, (long)limit);

    public List<StoredStretch> ReadStretches(long after, int limit) => Query(
        """
        SELECT b.position, l.centre, l.epoch, b.from_seq, b.hash, b.received_ms, b.bytes, g.from_seq, g.to_seq, g.hash FROM batches b JOIN logs l ON l.id = b.log
        LEFT JOIN gaps g ON g.log = b.log AND g.to_seq = b.from_seq - 1 WHERE b.position > $1 ORDER BY b.position LIMIT $2
        """,
        row => new StoredStretch(
            row.GetInt64(0), Log(row, 1), row.GetInt64(3),
            row.IsDBNull(7) ? null : new DeclaredGap(row.GetInt64(7), row.GetInt64(8), ChainHash.From(row.GetFieldValue<byte[]>(9))),
            ChainHash.From(row.GetFieldValue<byte[]>(4)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), EventFrames.Unpack(row.GetFieldValue<byte[]>(6))),
        after, (long)limit);

    public List<Fact> ReadFacts(FactKind? only) => Query(
        $"""SELECT centre, kind, id, at_ms, body FROM facts {(only is { } kind ? $"WHERE kind = {(int)kind}" : "")} ORDER BY centre COLLATE "C", kind, id COLLATE "C" """,
        row => new Fact(
            new FactKey(new CentreId(row.GetString(0)), (FactKind)row.GetInt32(1), row.GetString(2)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetFieldValue<byte[]>(4)));

    public List<QuarantinedMessage> ReadQuarantine(int limit) => Query(
        "SELECT at_ms, topic, centre, reason, sha256, size, head, seen FROM quarantine ORDER BY id DESC LIMIT $1",
        row => new QuarantinedMessage(
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), row.IsDBNull(2) ? null : new CentreId(row.GetString(2)),
            row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetFieldValue<byte[]>(6), row.GetInt64(7)),
        (long)limit);

    private static (long Position, long Events) Held(NpgsqlDataReader row) => (row.GetInt64(0), row.GetInt64(1));

    // The first rows that hold so many events.
    private static long[] Enough(List<(long Position, long Events)> rows, long events)
    {
        var needed = 0;
        for (var held = 0L; needed < rows.Count && held < events; needed++)
        {
            held += rows[needed].Events;
        }

        return [.. rows.Take(needed).Select(row => row.Position)];
    }

    private List<(long Position, List<ReadOnlyMemory<byte>> Events)> Stretches(long[] positions) => Query(
        "SELECT position, bytes FROM batches WHERE position = ANY ($1) ORDER BY position",
        row => (row.GetInt64(0), EventFrames.Unpack(row.GetFieldValue<byte[]>(1))),
        positions);

    /// <param name="first">Column of the centre; the epoch follows it.</param>
    public static LogId Log(NpgsqlDataReader row, int first = 0) => new(
        new CentreId(row.GetString(first)),
        EpochId.TryParse(row.GetString(first + 1), out var epoch) ? epoch : throw new BridgeStoreException($"'{row.GetString(first + 1)}' in the store is not an epoch."));

    public List<T> Query<T>(string text, Func<NpgsqlDataReader, T> map, params ReadOnlySpan<object> values)
    {
        try
        {
            using var command = source.CreateCommand(text);
            foreach (var value in values)
            {
                command.Parameters.AddWithValue(value);
            }

            using var row = command.ExecuteReader();
            var rows = new List<T>();
            while (row.Read())
            {
                rows.Add(map(row));
            }

            return rows;
        }
        catch (NpgsqlException e)
        {
            throw PostgresBridgeStore.Failed(e);
        }
    }
}
