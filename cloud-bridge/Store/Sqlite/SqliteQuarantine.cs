using Microsoft.Data.Sqlite;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>Rows of refused messages, bounded: the oldest goes first. Part of the writer's transaction.</summary>
internal sealed class SqliteQuarantine : IDisposable
{
    private readonly QuarantineLimits limits;
    private readonly SqliteStatement count, again, add, dropOldest;
    private long rows;
    private long bytes;

    public SqliteQuarantine(SqliteConnection connection, QuarantineLimits limits)
    {
        this.limits = limits;
        count = new(connection, "SELECT count(*), coalesce(sum(length(head)), 0) FROM quarantine");
        again = new(
            connection, "UPDATE quarantine SET seen = seen + $seen, at_ms = $ms WHERE sha256 = $sha AND topic = $topic AND reason = $reason",
            "$seen", "$ms", "$sha", "$topic", "$reason");
        add = new(
            connection, "INSERT INTO quarantine (at_ms, seen, topic, centre, reason, sha256, size, head) VALUES ($ms, $seen, $topic, $centre, $reason, $sha, $size, $head)",
            "$ms", "$seen", "$topic", "$centre", "$reason", "$sha", "$size", "$head");
        dropOldest = new(connection, "DELETE FROM quarantine WHERE id = (SELECT min(id) FROM quarantine) RETURNING length(head)");
        Recount();
    }

    public void Keep(IReadOnlyList<QuarantinedMessage> messages)
    {
        foreach (var message in messages)
        {
            var ms = message.At.ToUnixTimeMilliseconds();
            // An edge that repeats itself fills no table: the same message for the same reason is one row with a count.
            if (again.Run(message.Seen, ms, message.Sha256, message.Topic, message.Reason) == 0)
            {
                add.Run(ms, message.Seen, message.Topic, message.Centre?.Value, message.Reason, message.Sha256, message.Size, message.Head.ToArray());
                rows++;
                bytes += message.Head.Length;
            }
        }

        while (rows > limits.Rows || bytes > limits.Bytes)
        {
            bytes -= (long)dropOldest.Scalar()!;
            rows--;
        }
    }

    /// <summary>Counts anew after a transaction that did not happen.</summary>
    public void Recount()
    {
        using var result = count.Read();
        result.Read();
        (rows, bytes) = (result.GetInt64(0), result.GetInt64(1));
    }

    public void Dispose()
    {
        count.Dispose();
        again.Dispose();
        add.Dispose();
        dropOldest.Dispose();
    }
}
