using MotCua.CloudBridge.Store.Sql;
using MotCua.Protocols;
using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>The store in a PostgreSQL database (15 and up), for a province that outgrows one machine: several bridges may share it.</summary>
public sealed class PostgresBridgeStore : IBridgeStore, ICommitNews
{
    // A page that asks for more at once waits for its turn.
    private const int MostConnections = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource source;
    private readonly PostgresWriter writer;
    private readonly PostgresReader reader;
    private readonly PostgresListener listener;

    private PostgresBridgeStore(NpgsqlDataSource source, TimeProvider time, QuarantineLimits limits)
    {
        this.source = source;
        Views = new ViewStore(() => new PostgresSql(source), "SELECT position FROM head");
        Health = new HealthStore(() => new PostgresSql(source));
        Configurations = new ConfigurationStore(() => new PostgresSql(source));
        Snapshots = new SnapshotStore(() => new PostgresSql(source, mustLast: true));
        Alerts = new AlertStore(() => new PostgresSql(source, mustLast: true));
        Retention = new Retention(() => new PostgresSql(source), (connection, before, _) => PostgresMonths.Remove((PostgresSql)connection, before));
        (writer, reader, listener) = (new PostgresWriter(source, time, limits), new PostgresReader(source), new PostgresListener(source));
    }

    /// <param name="connection">Connection string, such as <c>Host=/run/postgresql;Database=motcua</c>; the database must be there, its tables are made.</param>
    /// <exception cref="BridgeStoreException">No connection string, not reachable, not allowed, or of a newer program.</exception>
    public static PostgresBridgeStore Open(string connection, TimeProvider time, QuarantineLimits limits)
    {
        var made = SourceOf(connection);
        try
        {
            using (var first = made.OpenConnection())
            {
                PostgresSchema.Migrate(first);
            }

            return new PostgresBridgeStore(made, time, limits);
        }
        catch (NpgsqlException e)
        {
            made.Dispose();
            throw Failed(e);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>True: each replica has the database open.</summary>
    public bool IsShared => true;

    public IViewStore Views { get; }

    public IHealthStore Health { get; }

    public IConfigurationStore Configurations { get; }

    public ISnapshotStore Snapshots { get; }

    public IAlertStore Alerts { get; }

    public IRetention Retention { get; }

    public void Commit(BridgeWrites writes)
    {
        try
        {
            writer.Commit(writes);
        }
        catch (NpgsqlException e)
        {
            throw Failed(e);
        }
    }

    public LogEnd FindEnd(LogId log) => reader.FindEnd(log);

    public IReadOnlyList<StoredEvents> ReadLog(LogId log, long from, long to) => reader.ReadLog(log, from, to);

    public EventPage ReadEvents(CentreId centre, EventPosition after, int limit) => reader.ReadEvents(centre, after, limit);

    public IReadOnlyList<ReadOnlyMemory<byte>> ReadLastEvents(CentreId centre, int count) => reader.ReadLastEvents(centre, count);

    public IReadOnlyList<(LogId Log, LogEnd End)> ReadLogs() => reader.ReadLogs();

    public IReadOnlyList<StoredStretch> ReadStretches(long after, int limit) => reader.ReadStretches(after, limit);

    public IReadOnlyList<Fact> ReadFacts(FactKind? only = null) => reader.ReadFacts(only);

    public IReadOnlyList<CommandRecord> ReadCommands(CentreId centre, int limit) => PostgresCommands.Read(reader, centre, limit);

    public CommandRecord? FindCommand(CommandKey key) => PostgresCommands.Find(reader, key);

    public IReadOnlyList<CommandRecord> ReadUnanswered() => PostgresCommands.ReadUnanswered(reader);

    public IReadOnlyList<AuditLine> ReadAudit(int limit) => PostgresCommands.ReadAudit(reader, limit);

    public IReadOnlyList<QuarantinedMessage> ReadQuarantine(int limit) => reader.ReadQuarantine(limit);

    public long Head() => reader.Head();

    public IReadOnlyList<LogNews> ReadMoved(long after, int limit) => reader.ReadMoved(after, limit);

    public Task WaitAsync(TimeSpan atMost, CancellationToken stop) => listener.WaitAsync(atMost, stop);

    public void Dispose()
    {
        listener.Dispose();
        writer.Dispose();
        source.Dispose();
    }

    private static NpgsqlDataSource SourceOf(string connection)
    {
        try
        {
            return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
            {
                MaxPoolSize = MostConnections, Timeout = (int)Patience.TotalSeconds, CommandTimeout = (int)Patience.TotalSeconds, MaxAutoPrepare = 64, ApplicationName = "cloud-bridge",
            });
        }
        catch (ArgumentException e)
        {
            throw new BridgeStoreException($"Not a connection string of PostgreSQL: {e.Message}", e);
        }
    }

    internal static BridgeStoreException Failed(NpgsqlException e) => new($"PostgreSQL: {(e as PostgresException)?.MessageText ?? e.InnerException?.Message ?? e.Message}", e);
}
