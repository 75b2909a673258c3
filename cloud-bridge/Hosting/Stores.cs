using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.CloudBridge.Store.Sqlite;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Opens a store by what an operator writes: a directory means SQLite, anything with <c>=</c> in it is a connection string of PostgreSQL.</summary>
public static class Stores
{
    /// <summary>Name of the SQLite store in its directory.</summary>
    public const string SqliteFile = "bridge.db";

    public static bool IsPostgres(string store) => store.Contains('=', StringComparison.Ordinal);

    /// <exception cref="BridgeStoreException">Not reachable, not allowed, damaged, or of a newer program.</exception>
    public static IBridgeStore Open(string store, TimeProvider time)
    {
        if (IsPostgres(store))
        {
            return PostgresBridgeStore.Open(store, time, new QuarantineLimits());
        }

        Directory.CreateDirectory(store);
        return SqliteBridgeStore.Open(Path.Combine(store, SqliteFile), time, new QuarantineLimits());
    }
}
