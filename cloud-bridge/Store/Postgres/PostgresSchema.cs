using Npgsql;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>Tables of the bridge's database, one step for each version. A step that was released never changes; a new one follows it.</summary>
internal static class PostgresSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE logs (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, centre TEXT NOT NULL, epoch TEXT NOT NULL, up_to BIGINT NOT NULL, hash BYTEA NOT NULL,
            UNIQUE (centre, epoch));
        -- One partition a month: old ones are dropped whole, which costs nothing, where deleting rows would rewrite the table.
        CREATE TABLE batches (
            position BIGINT NOT NULL, log BIGINT NOT NULL, from_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL,
            hash BYTEA NOT NULL, received_ms BIGINT NOT NULL, bytes BYTEA NOT NULL) PARTITION BY RANGE (received_ms);
        -- The bytes are packed JSON of many centres: compressing each costs more time than the disk it saves.
        ALTER TABLE batches ALTER COLUMN bytes SET STORAGE EXTERNAL;
        CREATE INDEX batches_by_position ON batches (position);
        CREATE INDEX batches_by_seq ON batches (log, from_seq);
        CREATE INDEX batches_by_log ON batches (log, position);
        CREATE TABLE gaps (
            log BIGINT NOT NULL REFERENCES logs (id), from_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL, hash BYTEA NOT NULL, recorded_ms BIGINT NOT NULL,
            PRIMARY KEY (log, from_seq));
        CREATE TABLE facts (
            centre TEXT NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, at_ms BIGINT NOT NULL, body BYTEA NOT NULL,
            PRIMARY KEY (centre, kind, id));
        CREATE TABLE quarantine (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at_ms BIGINT NOT NULL, seen BIGINT NOT NULL, topic TEXT NOT NULL, centre TEXT, reason TEXT NOT NULL,
            sha256 TEXT NOT NULL, size BIGINT NOT NULL, head BYTEA NOT NULL, UNIQUE (sha256, topic, reason));
        -- The row that every commit moves: it numbers the stretches without a hole, and makes commits of several bridges follow each other, so that whoever reads on
        -- from a number misses nothing.
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), position BIGINT NOT NULL);
        INSERT INTO head VALUES (1, 0);
        """,
        PostgresCommands.Tables,
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Sql.ViewTables.Definition + Sql.HealthStore.Definition + Sql.Retention.Definition, ""),
        Sql.ViewTables.FaultIndexes,
        Sql.ConfigurationStore.Definition.Replace("{0}", "", StringComparison.Ordinal),
        Sql.SnapshotStore.Definition.Replace("{0}", "BYTEA", StringComparison.Ordinal),
        Sql.AlertTables.Definition.Replace("{0}", "", StringComparison.Ordinal),
    ];

    // "motcua" in ASCII: bridges that start together migrate one after another.
    private const long MigrationLock = 0x6D6F74637561;

    /// <exception cref="BridgeStoreException">The database was written by a newer program.</exception>
    public static void Migrate(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})");
        Run(connection, "CREATE TABLE IF NOT EXISTS schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL)");
        Run(connection, "INSERT INTO schema_version VALUES (1, 0) ON CONFLICT DO NOTHING");
        using var read = new NpgsqlCommand("SELECT version FROM schema_version", connection);
        var version = (int)read.ExecuteScalar()!;
        if (version > Steps.Length)
        {
            throw new BridgeStoreException($"The store has version {version}; this program knows {Steps.Length}. Nothing was changed.");
        }

        for (; version < Steps.Length; version++)
        {
            Run(connection, Steps[version]);
        }

        Run(connection, $"UPDATE schema_version SET version = {version}");
        transaction.Commit();
    }

    private static void Run(NpgsqlConnection connection, string text)
    {
        using var command = new NpgsqlCommand(text, connection);
        command.ExecuteNonQuery();
    }
}
