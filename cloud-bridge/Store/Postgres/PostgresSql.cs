using System.Data.Common;
using MotCua.CloudBridge.Store.Sql;
using Npgsql;
using NpgsqlTypes;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>PostgreSQL for texts of both engines. The lead is an advisory lock of the connection that writes, so whoever lost it cannot write any more.</summary>
/// <param name="mustLast">What is committed survives a power cut, and what is removed is overwritten where the engine can; else the commits of views, which can be made again, only keep their order.</param>
internal sealed class PostgresSql(NpgsqlDataSource source, bool mustLast = false) : ISqlConnection
{
    // "views" in ASCII.
    private const long LeadLock = 0x7669657773;

    private NpgsqlConnection? open;
    private bool leads;

    public bool IsPatient { get; set; }

    public bool TryLead()
    {
        return leads = leads && open is not null
            ? Query("SELECT true", row => row.GetBoolean(0)).Single()
            : Query($"SELECT pg_try_advisory_lock({LeadLock})", row => row.GetBoolean(0)).Single();
    }

    public void Transact(Action work) => Guarded(connection =>
    {
        using var transaction = connection.BeginTransaction();
        if (!mustLast)
        {
            // Views can be made again: their commits need not wait for the disk, only keep their order.
            using var command = new NpgsqlCommand("SET LOCAL synchronous_commit = off", connection);
            command.ExecuteNonQuery();
        }

        work();
        transaction.Commit();
        return 0;
    });

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
        return Guarded(connection =>
        {
            using var command = Command(connection, text, given);
            return command.ExecuteNonQuery();
        });
    }

    /// <summary>A text that may take its time, such as taking a partition away while others read.</summary>
    public void RunLong(string text) => Guarded(connection =>
    {
        using var command = new NpgsqlCommand(text, connection) { CommandTimeout = 0 };
        return command.ExecuteNonQuery();
    });

    public void AddLog(LogId log, LogEnd end) => Guarded(connection =>
    {
        var hash = new byte[Protocols.Events.ChainHash.Size];
        end.Hash.CopyTo(hash);
        using var command = Command(connection, "INSERT INTO logs (centre, epoch, up_to, hash) VALUES ($1, $2, $3, $4)", [log.Centre.Value, log.Epoch.ToString(), end.UpTo]);
        command.Parameters.Add(new NpgsqlParameter { Value = hash, NpgsqlDbType = NpgsqlDbType.Bytea });
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
            var places = string.Join(", ", Enumerable.Range(1, table.Columns.Length).Select(i => $"${i}"));
            using var command = new NpgsqlCommand($"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT * FROM unnest({places}) {table.OnConflict}", connection);
            for (var i = 0; i < table.Columns.Length; i++)
            {
                command.Parameters.Add(table.Columns[i].Kind == Kind.Text
                    ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = rows.Select(row => (string?)row[i]).ToArray() }
                    : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = rows.Select(row => (long?)row[i]).ToArray() });
            }

            return command.ExecuteNonQuery();
        });
    }

    public void Dispose()
    {
        if (leads && open is { } connection)
        {
            // A pooled connection goes on living, and so would its lock.
            try
            {
                using var free = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
                free.ExecuteNonQuery();
            }
            catch (NpgsqlException)
            {
                // It is gone, and the lock with it.
            }
        }

        Drop();
    }

    private T Guarded<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            if (open is null && leads)
            {
                leads = false;
                throw new BridgeStoreException("The connection that held the lead is gone.");
            }

            return work(open ??= source.OpenConnection());
        }
        catch (NpgsqlException e)
        {
            Drop();
            throw PostgresBridgeStore.Failed(e);
        }
        catch (BridgeStoreException)
        {
            throw; // The transaction, if any, was taken back on the way here.
        }
        catch
        {
            Drop();
            throw;
        }
    }

    private void Drop()
    {
        open?.Dispose();
        open = null;
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string text, object?[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        command.CommandTimeout = IsPatient ? 0 : command.CommandTimeout;
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                string words => new NpgsqlParameter { Value = words, NpgsqlDbType = NpgsqlDbType.Text },
                long number => new NpgsqlParameter { Value = number, NpgsqlDbType = NpgsqlDbType.Bigint },
                byte[] bytes => new NpgsqlParameter { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
                _ => new NpgsqlParameter { Value = DBNull.Value },
            });
        }

        return command;
    }
}
