using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MotCua.CloudBridge.Store.Sql;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>SQLite for texts of both engines. Its commits take turns with those of ingest, so that neither waits longer than the other works.</summary>
/// <param name="turn">Held while something is written.</param>
/// <param name="mustLast">What is committed survives a power cut, and what is removed is overwritten where the engine can; else the commits of views, which can be made again, only keep their order.</param>
internal sealed class SqliteSql(string file, Lock turn, bool mustLast = false) : ISqlConnection
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private SqliteConnection? open;
    private bool isWriting;

    /// <summary>No text of this engine is broken off.</summary>
    public bool IsPatient { get; set; }

    /// <summary>True: the file belongs to one bridge.</summary>
    public bool TryLead() => true;

    public void Transact(Action work)
    {
        lock (turn)
        {
            Guarded(connection =>
            {
                // Immediate, so that it waits at its beginning for another process and never fails in its middle.
                Say(connection, "BEGIN IMMEDIATE");
                isWriting = true;
                try
                {
                    work();
                    Say(connection, "COMMIT");
                    return 0;
                }
                catch
                {
                    TakeBack(connection);
                    throw;
                }
                finally
                {
                    isWriting = false;
                }
            });
        }
    }

    public List<T> Query<T>(string text, Func<DbDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        var given = values.ToArray();
        return Guarded(connection =>
        {
            using var command = Command(connection, text, given);
            return command.ReadAll(map);
        });
    }

    public int Run(string text, params ReadOnlySpan<object?> values)
    {
        var given = values.ToArray();
        lock (turn)
        {
            return Guarded(connection =>
            {
                using var command = Command(connection, text, given);
                return command.ExecuteNonQuery();
            });
        }
    }

    public void AddLog(LogId log, LogEnd end) => Guarded(connection =>
    {
        using var command = Command(connection, "INSERT INTO logs (centre, epoch, up_to, hash) VALUES ($1, $2, $3, $4)", [log.Centre.Value, log.Epoch.ToString(), end.UpTo, Bytes(end)]);
        return command.ExecuteNonQuery();
    });

    public void Put(ViewTable table, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Guarded(connection =>
        {
            if (!prepared.TryGetValue(table.Name, out var command))
            {
                var places = string.Join(", ", Enumerable.Range(1, table.Columns.Length).Select(Place));
                prepared[table.Name] = command = Command(connection, $"INSERT INTO {table.Name} ({table.ColumnNames}) VALUES ({places}) {table.OnConflict}", new object?[table.Columns.Length]);
            }

            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    command.Parameters[i].Value = row[i] ?? DBNull.Value;
                }

                command.ExecuteNonQuery();
            }

            return 0;
        });
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
        {
            command.Dispose();
        }

        prepared.Clear();
        open?.Dispose();
        open = null;
    }

    private static void Say(SqliteConnection connection, string word)
    {
        using var command = connection.CreateCommand();
        command.CommandText = word;
        command.ExecuteNonQuery();
    }

    private static void TakeBack(SqliteConnection connection)
    {
        try
        {
            Say(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk may have rolled back by itself.
        }
    }

    private T Guarded<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            return work(open ??= Open());
        }
        catch (Exception e)
        {
            // Inside a transaction the connection is needed to take it back; whoever began it lets go of it then.
            if (!isWriting)
            {
                Dispose();
            }

            if (e is SqliteException)
            {
                throw new BridgeStoreException(e.Message, e);
            }

            throw;
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(Text(file));
        connection.Open();
        using var command = connection.CreateCommand();
        // Views can be made again: their commits need not wait for the disk, only keep their order. A connection of the pool keeps what was set before.
        command.CommandText = mustLast
            ? "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000"
            : "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; PRAGMA busy_timeout = 5000";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Lets go of the file.</summary>
    public static void ClearPool(string file)
    {
        using var any = new SqliteConnection(Text(file));
        SqliteConnection.ClearPool(any);
    }

    private static string Text(string file) => new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = true, DefaultTimeout = 30 }.ToString();

    private static SqliteCommand Command(SqliteConnection connection, string text, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue(Place(i + 1), values[i] ?? DBNull.Value);
        }

        return command;
    }

    private static byte[] Bytes(LogEnd end)
    {
        var bytes = new byte[Protocols.Events.ChainHash.Size];
        end.Hash.CopyTo(bytes);
        return bytes;
    }

    private static string Place(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");
}
