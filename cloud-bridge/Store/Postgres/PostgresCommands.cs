using MotCua.Protocols;
using Npgsql;
using NpgsqlTypes;

namespace MotCua.CloudBridge.Store.Postgres;

/// <summary>All SQL about commands: their tables, what the writer does with them inside its transaction, and what pages read.</summary>
/// <remarks>Locked after the head row, as everything that is not a log, so bridges that tell the same answer wait for each other and never in a ring.</remarks>
internal static class PostgresCommands
{
    public const string Tables = """
        CREATE TABLE commands (
            position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, centre TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL,
            given_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL, state TEXT NOT NULL, rank INTEGER NOT NULL, note TEXT, step INTEGER, steps INTEGER,
            UNIQUE (centre, id));
        CREATE INDEX commands_of_centre ON commands (centre, position);
        CREATE INDEX commands_unanswered ON commands (position) WHERE rank < 2;
        CREATE TABLE command_states (
            command BIGINT NOT NULL REFERENCES commands (position) ON DELETE CASCADE, rank INTEGER NOT NULL, state TEXT NOT NULL, note TEXT, at_ms BIGINT NOT NULL,
            PRIMARY KEY (command, rank));
        CREATE TABLE audit (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at_ms BIGINT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, centre TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL);
        """;

    public static void Keep(NpgsqlConnection connection, BridgeWrites writes)
    {
        foreach (var one in writes.Commands)
        {
            Add(connection, one, audited: writes.Audit is null);
        }

        foreach (var step in writes.Steps)
        {
            Move(connection, step);
        }

        foreach (var line in writes.Audit ?? [])
        {
            Write(connection, line);
        }
    }

    /// <param name="limit">Newest first.</param>
    public static List<CommandRecord> Read(PostgresReader reader, CentreId centre, int limit) =>
        WithHistory(reader, reader.Query($"SELECT {CommandColumns.All} FROM commands WHERE centre = $1 ORDER BY position DESC LIMIT $2", CommandColumns.Read, centre.Value, limit));

    public static CommandRecord? Find(PostgresReader reader, CommandKey key) =>
        WithHistory(reader, reader.Query($"SELECT {CommandColumns.All} FROM commands WHERE centre = $1 AND id = $2", CommandColumns.Read, key.Centre.Value, key.Id)).FirstOrDefault();

    public static List<CommandRecord> ReadUnanswered(PostgresReader reader) =>
        [.. reader.Query($"SELECT {CommandColumns.All} FROM commands WHERE rank < 2 ORDER BY position", CommandColumns.Read).Select(found => found.Record)];

    public static List<AuditLine> ReadAudit(PostgresReader reader, int limit) =>
        reader.Query($"SELECT {CommandColumns.Audit} FROM audit ORDER BY id DESC LIMIT $1", CommandColumns.ReadAudit, limit);

    private static void Add(NpgsqlConnection connection, GivenCommand one, bool audited)
    {
        var (centre, given) = (one.Key.Centre.Value, one.Given.ToUnixTimeMilliseconds());
        var position = (long)Scalar(
            connection,
            "INSERT INTO commands (centre, id, kind, body, who, reason, given_ms, expires_ms, state, rank) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) RETURNING position",
            centre, one.Key.Id, one.Kind, one.Body, one.Who, one.Reason, given, one.Expires.ToUnixTimeMilliseconds(), CommandStages.Waiting)!;
        AddState(connection, position, CommandStages.Waiting, null, given);
        if (audited)
        {
            Write(connection, CommandColumns.AuditOf(one));
        }

        Scalar(
            connection,
            """
            DELETE FROM commands WHERE centre = $1 AND rank IN (2, 5)
              AND position <= (SELECT position FROM commands WHERE centre = $1 ORDER BY position DESC LIMIT 1 OFFSET $2)
            """,
            centre, CommandColumns.MostKept);
    }

    private static void Move(NpgsqlConnection connection, CommandStep step)
    {
        var state = (string?)Scalar(connection, "SELECT state FROM commands WHERE centre = $1 AND id = $2 FOR UPDATE", step.Key.Centre.Value, step.Key.Id);
        if (state is null || !CommandStages.LeadsOn(state, step))
        {
            return;
        }

        var position = (long)Scalar(
            connection, "UPDATE commands SET state = $3, rank = $4, note = $5, step = $6, steps = $7 WHERE centre = $1 AND id = $2 RETURNING position",
            step.Key.Centre.Value, step.Key.Id, step.State, CommandStages.RankOf(step.State), step.Note, step.Done, step.Of)!;
        AddState(connection, position, step.State, step.Note, step.At.ToUnixTimeMilliseconds());
    }

    private static void AddState(NpgsqlConnection connection, long position, string state, string? note, long at) => Scalar(
        connection,
        """
        INSERT INTO command_states AS s (command, rank, state, note, at_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (command, rank) DO UPDATE SET note = coalesce(excluded.note, s.note)
        """,
        position, CommandStages.RankOf(state), state, note, at);

    private static void Write(NpgsqlConnection connection, AuditLine line) => Scalar(
        connection, "INSERT INTO audit (at_ms, who, action, centre, subject, reason) VALUES ($1, $2, $3, $4, $5, $6)",
        line.At.ToUnixTimeMilliseconds(), line.Who, line.Action, line.Centre.Value, line.Subject, line.Reason);

    /// <returns>The first value of the first row; null when there is none.</returns>
    public static object? Scalar(NpgsqlConnection connection, string text, params ReadOnlySpan<object?> values)
    {
        using var command = new NpgsqlCommand(text, connection);
        foreach (var value in values)
        {
            // A parameter that is null must say its type all the same; of ours only texts and numbers may be.
            command.Parameters.Add(value switch
            {
                string words => new NpgsqlParameter { Value = words, NpgsqlDbType = NpgsqlDbType.Text },
                null => new NpgsqlParameter { Value = DBNull.Value },
                _ => new NpgsqlParameter { Value = value },
            });
        }

        return command.ExecuteScalar();
    }

    private static List<CommandRecord> WithHistory(PostgresReader reader, List<(long Position, CommandRecord Record)> found) =>
    [
        .. found.Select(one => one.Record with
        {
            History = reader.Query($"SELECT {CommandColumns.Moment} FROM command_states WHERE command = $1 ORDER BY rank", CommandColumns.ReadMoment, one.Position),
        }),
    ];
}
