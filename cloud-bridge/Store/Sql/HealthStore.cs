using System.Data.Common;
using MotCua.CloudBridge.Health;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Health over time in either engine.</summary>
/// <param name="open">A connection of its own.</param>
internal sealed class HealthStore(Func<ISqlConnection> open) : IHealthStore
{
    // So much is removed at once.
    private const long ForgottenAtOnce = 5_000;

    private static readonly string[] Measures = ["pending", "journal_kib", "memory_kib", "disk_free_kib", "temperature", "room_temperature", "room_humidity"];

    /// <summary>Of a measure without a value the least and the most are null. <c>{0}</c> as in <see cref="ViewTables.Definition"/>.</summary>
    public const string Definition = """
        CREATE TABLE health_slots (
            centre TEXT NOT NULL, slot_ms BIGINT NOT NULL,
            pending_n BIGINT NOT NULL, pending_min BIGINT, pending_sum BIGINT NOT NULL, pending_max BIGINT,
            journal_kib_n BIGINT NOT NULL, journal_kib_min BIGINT, journal_kib_sum BIGINT NOT NULL, journal_kib_max BIGINT,
            memory_kib_n BIGINT NOT NULL, memory_kib_min BIGINT, memory_kib_sum BIGINT NOT NULL, memory_kib_max BIGINT,
            disk_free_kib_n BIGINT NOT NULL, disk_free_kib_min BIGINT, disk_free_kib_sum BIGINT NOT NULL, disk_free_kib_max BIGINT,
            temperature_n BIGINT NOT NULL, temperature_min BIGINT, temperature_sum BIGINT NOT NULL, temperature_max BIGINT,
            room_temperature_n BIGINT NOT NULL, room_temperature_min BIGINT, room_temperature_sum BIGINT NOT NULL, room_temperature_max BIGINT,
            room_humidity_n BIGINT NOT NULL, room_humidity_min BIGINT, room_humidity_sum BIGINT NOT NULL, room_humidity_max BIGINT,
            PRIMARY KEY (centre, slot_ms)){0};
        """;

    private static readonly ViewTable Table = new(
        "health_slots",
        [
            ("centre", Kind.Text, Merge.Replace), ("slot_ms", Kind.Number, Merge.Replace),
            .. Measures.SelectMany(name => new[]
            {
                ($"{name}_n", Kind.Number, Merge.Add), ($"{name}_min", Kind.Number, Merge.Least), ($"{name}_sum", Kind.Number, Merge.Add), ($"{name}_max", Kind.Number, Merge.Most),
            }),
        ],
        Keys: 2);

    public void Put(IReadOnlyCollection<HealthSlot> slots)
    {
        if (slots.Count == 0)
        {
            return;
        }

        using var connection = open();
        connection.Transact(() => connection.Put(Table, [.. slots.Select(RowOf)]));
    }

    public IReadOnlyList<HealthSlot> Read(CentreId centre, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        using var connection = open();
        var together = string.Join(", ", Measures.Select(name =>
            $"CAST(sum({name}_n) AS BIGINT), CAST(min({name}_min) AS BIGINT), CAST(sum({name}_sum) AS BIGINT), CAST(max({name}_max) AS BIGINT)"));
        return connection.Query(
            $"SELECT slot_ms - slot_ms % $4 AS first_ms, {together} FROM health_slots WHERE centre = $1 AND slot_ms >= $2 AND slot_ms < $3 GROUP BY slot_ms - slot_ms % $4 ORDER BY first_ms",
            row => new HealthSlot(
                centre, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), Of(row, 1), Of(row, 5), Of(row, 9), Of(row, 13), Of(row, 17), Of(row, 21), Of(row, 25)),
            centre.Value, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), (long)step.TotalMilliseconds);
    }

    public long Forget(DateTimeOffset before)
    {
        using var connection = open();
        var forgotten = 0L;
        // Centre by centre, since the table is in that order and another index would cost as much as the rows.
        foreach (var centre in connection.Query("SELECT centre FROM facts UNION SELECT centre FROM logs", row => row.GetString(0)))
        {
            int removed;
            do
            {
                removed = connection.Run(
                    "DELETE FROM health_slots WHERE (centre, slot_ms) IN (SELECT centre, slot_ms FROM health_slots WHERE centre = $1 AND slot_ms < $2 LIMIT $3)",
                    centre, before.ToUnixTimeMilliseconds(), ForgottenAtOnce);
                forgotten += removed;
            }
            while (removed == ForgottenAtOnce);
        }

        return forgotten;
    }

    private static object?[] RowOf(HealthSlot slot) =>
    [
        slot.Centre.Value, slot.Slot.ToUnixTimeMilliseconds(),
        .. new[] { slot.Pending, slot.JournalKiB, slot.MemoryKiB, slot.DiskFreeKiB, slot.Temperature, slot.RoomTemperature, slot.RoomHumidity }
            .SelectMany(one => new object?[] { one.Count, one.Count == 0 ? null : one.Min, one.Sum, one.Count == 0 ? null : one.Max }),
    ];

    private static Measure Of(DbDataReader row, int first) =>
        row.GetInt64(first) is var count && count == 0 ? default : new Measure(count, row.GetInt64(first + 1), row.GetInt64(first + 2), row.GetInt64(first + 3));
}
