using MotCua.CloudBridge.Tests.Store;
using MotCua.Testing;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace MotCua.CloudBridge.Tests.Store;

/// <summary>One server for all tests, each with a database of its own; it starts with the first.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly Lazy<LivePostgres> server = new(() => new LivePostgres());

    /// <inheritdoc cref="LivePostgres.NewDatabase"/>
    public string NewDatabase() => server.Value.NewDatabase();

    public static void Execute(string connection, string text)
    {
        using var source = NpgsqlDataSource.Create(connection);
        using var command = source.CreateCommand(text);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (server.IsValueCreated)
        {
            server.Value.Dispose();
        }
    }
}
