using Microsoft.Data.Sqlite;
using MotCua.CloudBridge.Store.Sql;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>The store in one SQLite file, the default engine. WAL lets pages read while ingest writes; <c>synchronous = FULL</c> makes committed mean durable.</summary>
public sealed class SqliteBridgeStore : IBridgeStore
{
    // Ingest and views write in turns: waiting here ends when the other has done, where waiting for the file's lock is trying again.
    private readonly Lock turn = new();
    private readonly string file;
    private readonly SqliteConnection writing;
    private readonly SqliteWriter writer;
    private readonly SqliteReader reader;

    private SqliteBridgeStore(string file, SqliteConnection writing, SqliteReader reader, TimeProvider time, QuarantineLimits limits)
    {
        this.file = file;
        Views = new ViewStore(() => new SqliteSql(file, turn), "SELECT max(position) FROM batches");
        Health = new HealthStore(() => new SqliteSql(file, turn));
        Configurations = new ConfigurationStore(() => new SqliteSql(file, turn));
        Snapshots = new SnapshotStore(() => new SqliteSql(file, turn, mustLast: true), FoldBack);
        Alerts = new AlertStore(() => new SqliteSql(file, turn, mustLast: true));
        Retention = new Retention(() => new SqliteSql(file, turn), Remove);
        this.writing = writing;
        this.reader = reader;
        writer = new SqliteWriter(writing, time, limits);
    }

    /// <param name="file">Made when it is not there; its directory must be.</param>
    /// <exception cref="BridgeStoreException">Not a store, of a newer program, or not accessible.</exception>
    public static SqliteBridgeStore Open(string file, TimeProvider time, QuarantineLimits limits)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            using (var command = connection.CreateCommand())
            {
                // 16 KiB pages: a full batch is some 60 KB, so fewer overflow pages; takes effect only while the file is new.
                // The WAL is folded back every 1,024 pages = 16 MB, and cut to that size when it once was longer.
                command.CommandText = """
                    PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                    PRAGMA wal_autocheckpoint = 1024; PRAGMA journal_size_limit = 16777216; PRAGMA busy_timeout = 5000;
                    PRAGMA secure_delete = ON; -- A row with a picture that is written anew leaves no old copy behind. Batches are only added, so ingest pays nothing for it.
                    """;
                command.ExecuteNonQuery();
            }

            SqliteSchema.Migrate(connection);
            return new SqliteBridgeStore(file, connection, new SqliteReader(file), time, limits);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new BridgeStoreException($"The store {file} cannot be opened: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>False: the file belongs to one bridge.</summary>
    public bool IsShared => false;

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
            lock (turn)
            {
                writer.Commit(writes);
            }
        }
        catch (SqliteException e)
        {
            throw new BridgeStoreException(e.Message, e);
        }
    }

    public LogEnd FindEnd(LogId log) => reader.FindEnd(log);

    public IReadOnlyList<StoredEvents> ReadLog(LogId log, long from, long to) => reader.ReadLog(log, from, to);

    public EventPage ReadEvents(CentreId centre, EventPosition after, int limit) => reader.ReadEvents(centre, after, limit);

    public IReadOnlyList<ReadOnlyMemory<byte>> ReadLastEvents(CentreId centre, int count) => reader.ReadLastEvents(centre, count);

    public IReadOnlyList<(LogId Log, LogEnd End)> ReadLogs() => reader.ReadLogs();

    public IReadOnlyList<StoredStretch> ReadStretches(long after, int limit) => reader.ReadStretches(after, limit);

    public IReadOnlyList<Fact> ReadFacts(FactKind? only = null) => reader.ReadFacts(only);

    public IReadOnlyList<CommandRecord> ReadCommands(CentreId centre, int limit) => SqliteCommands.Read(reader, centre, limit);

    public CommandRecord? FindCommand(CommandKey key) => SqliteCommands.Find(reader, key);

    public IReadOnlyList<CommandRecord> ReadUnanswered() => SqliteCommands.ReadUnanswered(reader);

    public IReadOnlyList<AuditLine> ReadAudit(int limit) => SqliteCommands.ReadAudit(reader, limit);

    public IReadOnlyList<QuarantinedMessage> ReadQuarantine(int limit) => reader.ReadQuarantine(limit);

    private static readonly TimeSpan RestAfterRemoval = TimeSpan.FromMilliseconds(20);

    // The WAL holds pictures as they once were until it is folded back and cut. Ingest waits for no reader: one who reads longer makes it come again with the next removal or step.
    private static bool FoldBack(ISqlConnection connection)
    {
        connection.Run("PRAGMA busy_timeout = 250");
        return connection.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0)).Single() == 0;
    }

    // A few ten megabytes at once; ingest takes its turn between. The newest row stays, since the next one is numbered after it.
    private static void Remove(ISqlConnection connection, DateTimeOffset before, long row)
    {
        const long AtOnce = 500;
        while (connection.Run("DELETE FROM batches WHERE position IN (SELECT position FROM batches WHERE position <= $1 AND position < (SELECT max(position) FROM batches) ORDER BY position LIMIT $2)", row, AtOnce) > 0)
        {
            Task.Delay(RestAfterRemoval, TimeProvider.System).Wait(); // A lock is no queue: without a rest ingest might never get its turn.
        }
    }

    public void Dispose()
    {
        SqliteSql.ClearPool(file);
        reader.Dispose();
        writer.Dispose();
        writing.Dispose();
    }
}
