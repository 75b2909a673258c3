using System.Globalization;
using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Partitions of the events, one for each month in UTC in which the bridge received any.</summary>
/// <remarks>
/// The first commit of a month makes the next one as well, so that a month's first commit finds its own. It is made apart and then attached: making it in place would wait for
/// everyone who reads any month, and hold up ingest until they have done. A clock that jumps makes a partition too many, which is empty and harmless.
/// </remarks>
internal sealed class PostgresMonths
{
    private readonly HashSet<DateOnly> made = [];

    /// <summary>Inside the transaction that will write into the month, after it has the head row, so that bridges make it one after another.</summary>
    public void Make(NpgsqlConnection connection, DateTimeOffset at)
    {
        var month = new DateOnly(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
        if (made.Contains(month))
        {
            return;
        }

        Make(connection, month);
        Make(connection, month.AddMonths(1));
        made.Add(month);
    }

    private static void Make(NpgsqlConnection connection, DateOnly month)
    {
        var name = NameOf(month);
        var (isThere, isPart, isPending) = Find(connection, name);
        if (isPart && !isPending)
        {
            return;
        }

        // Of a month that was forgotten and whose removal was broken off, while a clock was set back to it.
        var rest = isThere ? $"{(isPending ? $"ALTER TABLE batches DETACH PARTITION {name} FINALIZE;" : "")} DROP TABLE {name};" : "";
        using var command = new NpgsqlCommand(
            $"""
            {rest}
            CREATE TABLE {name} (LIKE batches INCLUDING ALL);
            ALTER TABLE batches ATTACH PARTITION {name} FOR VALUES FROM ({Milliseconds(month)}) TO ({Milliseconds(month.AddMonths(1))})
            """, connection);
        command.ExecuteNonQuery();
    }

    private static (bool IsThere, bool IsPart, bool IsPending) Find(NpgsqlConnection connection, string name)
    {
        using var find = new NpgsqlCommand(
            "SELECT i.inhparent IS NOT NULL, coalesce(i.inhdetachpending, false) FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.oid = to_regclass($1)", connection);
        find.Parameters.AddWithValue(name);
        using var row = find.ExecuteReader();
        return row.Read() ? (true, row.GetBoolean(0), row.GetBoolean(1)) : default;
    }

    /// <summary>Takes the partitions of all months before a moment away and drops them. Nobody who reads or writes waits for it, so it may have to wait for them; broken off, it goes on.</summary>
    public static void Remove(PostgresSql connection, DateTimeOffset before)
    {
        var first = NameOf(new DateOnly(before.UtcDateTime.Year, before.UtcDateTime.Month, 1));
        var partitions = connection.Query(
            """
            SELECT c.relname, i.inhparent IS NOT NULL, coalesce(i.inhdetachpending, false) FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
            WHERE c.relkind = 'r' AND c.relname ~ '^batches_[0-9]{4}_[0-9]{2}$' AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'batches'::regclass)
            ORDER BY c.relname
            """,
            row => (Name: row.GetString(0), IsAttached: row.GetBoolean(1), IsPending: row.GetBoolean(2)));
        foreach (var (name, isAttached, isPending) in partitions.Where(one => string.CompareOrdinal(one.Name, first) < 0))
        {
            if (isAttached)
            {
                connection.RunLong($"ALTER TABLE batches DETACH PARTITION {name} {(isPending ? "FINALIZE" : "CONCURRENTLY")}");
            }

            connection.RunLong($"DROP TABLE IF EXISTS {name}");
        }
    }

    /// <summary>After a transaction that did not happen, or on another connection.</summary>
    public void Forget() => made.Clear();

    private static string NameOf(DateOnly month) => month.ToString("'batches_'yyyy'_'MM", CultureInfo.InvariantCulture);

    private static long Milliseconds(DateOnly month) => new DateTimeOffset(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
