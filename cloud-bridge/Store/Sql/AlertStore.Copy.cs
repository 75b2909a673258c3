using System.Data.Common;

namespace MotCua.CloudBridge.Store.Sql;

/// <content>All of it into another store.</content>
internal sealed partial class AlertStore
{
    private const long CopiedAtOnce = 2_000;

    // Every table with all its columns; the marks last, so that a copy that was broken off is begun again.
    private static readonly ViewTable[] Everything =
    [
        new(
            "alerts",
            [
                .. AlertTables.Alerts.Columns, ("ack_by", Kind.Text, Merge.Replace), ("ack_ms", Kind.Number, Merge.Replace), ("assigned_to", Kind.Text, Merge.Replace),
                ("muted_ms", Kind.Number, Merge.Replace), ("muted_by", Kind.Text, Merge.Replace),
            ],
            1),
        AlertTables.Causes, AlertTables.Lines, AlertTables.Deliveries,
        new("alert_attempts", [("delivery", Kind.Number), ("number", Kind.Number), ("at_ms", Kind.Number), ("ok", Kind.Number), ("note", Kind.Text)], 2, Merge.Replace),
        new("alert_rules", [("version", Kind.Number), ("content", Kind.Text), ("who", Kind.Text), ("reason", Kind.Text), ("at_ms", Kind.Number)], 1, Merge.Replace),
        new("centre_regions", [("centre", Kind.Text), ("region", Kind.Text)], 1, Merge.Replace),
        new(
            "alert_marks",
            [
                ("id", Kind.Number), ("turn", Kind.Number), ("lines", Kind.Number), ("rules", Kind.Number), ("regions", Kind.Number), ("alerts", Kind.Number), ("deliveries", Kind.Number),
            ],
            1, Merge.Replace),
    ];

    public void CopyTo(IAlertStore target)
    {
        using var from = open();
        using var to = ((AlertStore)target).Another();
        foreach (var table in Everything)
        {
            var order = string.Join(", ", table.Columns.Take(table.Keys).Select(column => column.Name));
            List<object?[]> rows;
            var skip = 0L;
            do
            {
                rows = from.Query($"SELECT {table.ColumnNames} FROM {table.Name} ORDER BY {order} LIMIT $1 OFFSET $2", row => ValuesOf(row, table), CopiedAtOnce, skip);
                to.Transact(() => to.Put(table, rows));
                skip += rows.Count;
            }
            while (rows.Count == CopiedAtOnce);
        }
    }

    private ISqlConnection Another() => open();

    private static object?[] ValuesOf(DbDataReader row, ViewTable table) =>
        [.. table.Columns.Select((column, i) => row.IsDBNull(i) ? null : column.Kind == Kind.Text ? (object?)row.GetString(i) : row.GetInt64(i))];
}
