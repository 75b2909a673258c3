using System.Data.Common;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>What a command of either engine answers.</summary>
internal static class SqlRows
{
    public static List<T> ReadAll<T>(this DbCommand command, Func<DbDataReader, T> map)
    {
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
