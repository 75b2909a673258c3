using Microsoft.Data.Sqlite;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>Tables of the bridge's file, one step for each <c>user_version</c>. A step that was released never changes; a new one follows it.</summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE logs (
            id INTEGER PRIMARY KEY, centre TEXT NOT NULL, epoch TEXT NOT NULL, up_to INTEGER NOT NULL, hash BLOB NOT NULL,
            UNIQUE (centre, epoch)) STRICT;
        CREATE TABLE batches (
            position INTEGER PRIMARY KEY, log INTEGER NOT NULL REFERENCES logs (id), from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL,
            hash BLOB NOT NULL, received_ms INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
        CREATE UNIQUE INDEX batches_by_seq ON batches (log, from_seq);
        -- The row number is the second column of every index, so this one gives a log's rows in the order of commit.
        CREATE INDEX batches_by_log ON batches (log);
        CREATE TABLE gaps (
            log INTEGER NOT NULL REFERENCES logs (id), from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, hash BLOB NOT NULL, recorded_ms INTEGER NOT NULL,
            PRIMARY KEY (log, from_seq)) STRICT, WITHOUT ROWID;
        CREATE TABLE facts (
            centre TEXT NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, at_ms INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (centre, kind, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE quarantine (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, seen INTEGER NOT NULL, topic TEXT NOT NULL, centre TEXT, reason TEXT NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, head BLOB NOT NULL, UNIQUE (sha256, topic, reason)) STRICT;
        CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), written_ms INTEGER NOT NULL) STRICT;
        """,
        SqliteCommands.Tables,
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Sql.ViewTables.Definition + Sql.HealthStore.Definition + Sql.Retention.Definition, " WITHOUT ROWID"),
        Sql.ViewTables.FaultIndexes,
        Sql.ConfigurationStore.Definition.Replace("{0}", " WITHOUT ROWID", StringComparison.Ordinal),
        Sql.SnapshotStore.Definition.Replace("{0}", "BLOB", StringComparison.Ordinal),
        Sql.AlertTables.Definition.Replace("{0}", " WITHOUT ROWID", StringComparison.Ordinal),
    ];

    /// <exception cref="BridgeStoreException">The file was written by a newer program.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (int)(long)command.ExecuteScalar()!;
        if (version > Steps.Length)
        {
            throw new BridgeStoreException($"The store has version {version}; this program knows {Steps.Length}. Nothing was changed.");
        }

        for (; version < Steps.Length; version++)
        {
            command.CommandText = $"BEGIN IMMEDIATE; {Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;";
            command.ExecuteNonQuery();
        }
    }
}
