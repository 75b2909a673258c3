using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Rows of refused messages, bounded: the oldest goes first. Part of the writer's transaction.</summary>
internal sealed class PostgresQuarantine(QuarantineLimits limits)
{
    public void Keep(NpgsqlConnection connection, IReadOnlyList<QuarantinedMessage> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }

        foreach (var message in messages)
        {
            // An edge that repeats itself fills no table: the same message for the same reason is one row with a count.
            using var command = new NpgsqlCommand(
                """
                INSERT INTO quarantine (at_ms, seen, topic, centre, reason, sha256, size, head) VALUES ($1, $8, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (sha256, topic, reason) DO UPDATE SET seen = quarantine.seen + excluded.seen, at_ms = excluded.at_ms
                """, connection);
            command.Parameters.AddWithValue(message.At.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue(Storable(message.Topic));
            command.Parameters.AddWithValue(message.Centre is { } centre ? centre.Value : DBNull.Value);
            command.Parameters.AddWithValue(Storable(message.Reason));
            command.Parameters.AddWithValue(message.Sha256);
            command.Parameters.AddWithValue(message.Size);
            command.Parameters.AddWithValue(message.Head.ToArray());
            command.Parameters.AddWithValue(message.Seen);
            command.ExecuteNonQuery();
        }

        // From the newest on, as many as fit.
        using var drop = new NpgsqlCommand(
            """
            DELETE FROM quarantine USING (
                SELECT id, row_number() OVER newest AS nth, sum(length(head)) OVER newest AS bytes FROM quarantine WINDOW newest AS (ORDER BY id DESC)) AS kept
            WHERE quarantine.id = kept.id AND (kept.nth > $1 OR kept.bytes > $2)
            """, connection);
        drop.Parameters.AddWithValue((long)limits.Rows);
        drop.Parameters.AddWithValue(limits.Bytes);
        drop.ExecuteNonQuery();
    }

    // This engine's texts hold no U+0000 and no half of a surrogate pair; a message that was refused may.
    private static string Storable(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
