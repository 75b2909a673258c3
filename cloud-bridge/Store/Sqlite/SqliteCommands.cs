using Microsoft.Data.Sqlite;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sqlite;

/// <summary>All SQL about commands: their tables, what the writer does with them inside its transaction, and what pages read.</summary>
internal sealed class SqliteCommands : IDisposable
{
    public const string Tables = """
        CREATE TABLE commands (
            position INTEGER PRIMARY KEY, centre TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL,
            given_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL, state TEXT NOT NULL, rank INTEGER NOT NULL, note TEXT, step INTEGER, steps INTEGER,
            UNIQUE (centre, id)) STRICT;
        CREATE INDEX commands_of_centre ON commands (centre);
        CREATE INDEX commands_unanswered ON commands (rank) WHERE rank < 2;
        CREATE TABLE command_states (
            command INTEGER NOT NULL REFERENCES commands (position) ON DELETE CASCADE, rank INTEGER NOT NULL, state TEXT NOT NULL, note TEXT, at_ms INTEGER NOT NULL,
            PRIMARY KEY (command, rank)) STRICT, WITHOUT ROWID;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, centre TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
        """;

    private readonly SqliteStatement add, audit, addState, find, move, dropOldest;

    public SqliteCommands(SqliteConnection connection)
    {
        add = new(
            connection,
            "INSERT INTO commands (centre, id, kind, body, who, reason, given_ms, expires_ms, state, rank) VALUES ($centre, $id, $kind, $body, $who, $reason, $given, $expires, $state, 0) RETURNING position",
            "$centre", "$id", "$kind", "$body", "$who", "$reason", "$given", "$expires", "$state");
        audit = new(
            connection, "INSERT INTO audit (at_ms, who, action, centre, subject, reason) VALUES ($ms, $who, $action, $centre, $subject, $reason)",
            "$ms", "$who", "$action", "$centre", "$subject", "$reason");
        addState = new(
            connection,
            "INSERT INTO command_states (command, rank, state, note, at_ms) VALUES ($command, $rank, $state, $note, $ms) ON CONFLICT (command, rank) DO UPDATE SET note = coalesce(excluded.note, note)",
            "$command", "$rank", "$state", "$note", "$ms");
        find = new(connection, "SELECT position, state FROM commands WHERE centre = $centre AND id = $id", "$centre", "$id");
        move = new(
            connection, "UPDATE commands SET state = $state, rank = $rank, note = $note, step = $step, steps = $steps WHERE position = $position",
            "$state", "$rank", "$note", "$step", "$steps", "$position");
        dropOldest = new(
            connection,
            """
            DELETE FROM commands WHERE centre = $centre AND rank IN (2, 5)
              AND position <= (SELECT position FROM commands WHERE centre = $centre ORDER BY position DESC LIMIT 1 OFFSET $kept)
            """,
            "$centre", "$kept");
    }

    public void Keep(BridgeWrites writes)
    {
        foreach (var one in writes.Commands)
        {
            Add(one, audited: writes.Audit is null);
        }

        foreach (var step in writes.Steps)
        {
            Move(step);
        }

        foreach (var line in writes.Audit ?? [])
        {
            Write(line);
        }
    }

    /// <param name="limit">Newest first.</param>
    public static List<CommandRecord> Read(SqliteReader reader, CentreId centre, int limit) =>
        WithHistory(reader, reader.Query($"SELECT {CommandColumns.All} FROM commands WHERE centre = $a ORDER BY position DESC LIMIT $b", CommandColumns.Read, centre.Value, limit));

    public static CommandRecord? Find(SqliteReader reader, CommandKey key) =>
        WithHistory(reader, reader.Query($"SELECT {CommandColumns.All} FROM commands WHERE centre = $a AND id = $b", CommandColumns.Read, key.Centre.Value, key.Id)).FirstOrDefault();

    public static List<CommandRecord> ReadUnanswered(SqliteReader reader) =>
        [.. reader.Query($"SELECT {CommandColumns.All} FROM commands WHERE rank < 2 ORDER BY position", CommandColumns.Read).Select(found => found.Record)];

    public static List<AuditLine> ReadAudit(SqliteReader reader, int limit) =>
        reader.Query($"SELECT {CommandColumns.Audit} FROM audit ORDER BY id DESC LIMIT $a", CommandColumns.ReadAudit, limit);

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[add, audit, addState, find, move, dropOldest])
        {
            statement.Dispose();
        }
    }

    private void Add(GivenCommand one, bool audited)
    {
        var (centre, given) = (one.Key.Centre.Value, one.Given.ToUnixTimeMilliseconds());
        var position = add.Scalar(centre, one.Key.Id, one.Kind, one.Body, one.Who, one.Reason, given, one.Expires.ToUnixTimeMilliseconds(), CommandStages.Waiting);
        addState.Run(position, 0, CommandStages.Waiting, null, given);
        if (audited)
        {
            Write(CommandColumns.AuditOf(one));
        }

        dropOldest.Run(centre, CommandColumns.MostKept);
    }

    private void Write(AuditLine line) => audit.Run(line.At.ToUnixTimeMilliseconds(), line.Who, line.Action, line.Centre.Value, line.Subject, line.Reason);

    // Asked inside the transaction, so that of two words that race the later stage stands.
    private void Move(CommandStep step)
    {
        long position;
        using (var row = find.Read(step.Key.Centre.Value, step.Key.Id))
        {
            if (!row.Read() || !CommandStages.LeadsOn(row.GetString(1), step))
            {
                return;
            }

            position = row.GetInt64(0);
        }

        var rank = CommandStages.RankOf(step.State);
        move.Run(step.State, rank, step.Note, step.Done, step.Of, position);
        addState.Run(position, rank, step.State, step.Note, step.At.ToUnixTimeMilliseconds());
    }

    private static List<CommandRecord> WithHistory(SqliteReader reader, List<(long Position, CommandRecord Record)> found) =>
    [
        .. found.Select(one => one.Record with
        {
            History = reader.Query($"SELECT {CommandColumns.Moment} FROM command_states WHERE command = $a ORDER BY rank", CommandColumns.ReadMoment, one.Position),
        }),
    ];
}
