using System.Globalization;
using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Partitions of the events, one for each month in UTC in which the bridge received any.</summary>
/// <remarks>Each is made by the first commit that needs it. A clock that jumps makes a partition too many, which is empty and harmless.</remarks>
internal sealed class PostgresMonths
{
    private readonly HashSet<DateOnly> made = [];

    /// <summary>Inside the transaction that will write into the month.</summary>
    public void Make(NpgsqlConnection connection, DateTimeOffset at)
    {
        var month = new DateOnly(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
        if (made.Contains(month))
        {
            return;
        }

        using var command = new NpgsqlCommand(
            $"CREATE TABLE IF NOT EXISTS {NameOf(month)} PARTITION OF batches FOR VALUES FROM ({Milliseconds(month)}) TO ({Milliseconds(month.AddMonths(1))})", connection);
        command.ExecuteNonQuery();
        made.Add(month);
    }

    /// <summary>After a transaction that did not happen, or on another connection.</summary>
    public void Forget() => made.Clear();

    private static string NameOf(DateOnly month) => month.ToString("'batches_'yyyy'_'MM", CultureInfo.InvariantCulture);

    private static long Milliseconds(DateOnly month) => new DateTimeOffset(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
