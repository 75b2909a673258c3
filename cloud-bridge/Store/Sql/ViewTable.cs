namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Kinds of values that views hold; both engines keep them alike.</summary>
internal enum Kind
{
    Number,
    Text,
}

/// <summary>What a value does to the one that is there.</summary>
internal enum Merge
{
    Replace,
    Add,

    /// <summary>The smaller stays; null says nothing.</summary>
    Least,

    /// <summary>The larger stays; null says nothing.</summary>
    Most,
}

/// <summary>A table that rows are put into in bulk: one that is there already is replaced, or added to.</summary>
/// <param name="Keys">How many of the columns name a row.</param>
internal sealed record ViewTable(string Name, (string Name, Kind Kind, Merge Merge)[] Columns, int Keys)
{
    /// <param name="merge">Of all columns that name no row.</param>
    public ViewTable(string name, (string Name, Kind Kind)[] columns, int keys, Merge merge)
        : this(name, [.. columns.Select(one => (one.Name, one.Kind, merge))], keys)
    {
    }

    /// <summary>What happens to a row that is there.</summary>
    public string OnConflict => $"ON CONFLICT ({string.Join(", ", Columns.Take(Keys).Select(one => one.Name))}) DO UPDATE SET {string.Join(", ", Columns.Skip(Keys).Select(Merged))}";

    public string ColumnNames => string.Join(", ", Columns.Select(one => one.Name));

    private string Merged((string Name, Kind Kind, Merge Merge) one) => one.Merge switch
    {
        Merge.Add => $"{one.Name} = {Name}.{one.Name} + excluded.{one.Name}",
        // Written out: what engines call the lesser of two values they call differently, and differ about null.
        Merge.Least => $"{one.Name} = CASE WHEN {Name}.{one.Name} IS NULL OR excluded.{one.Name} < {Name}.{one.Name} THEN excluded.{one.Name} ELSE {Name}.{one.Name} END",
        Merge.Most => $"{one.Name} = CASE WHEN {Name}.{one.Name} IS NULL OR excluded.{one.Name} > {Name}.{one.Name} THEN excluded.{one.Name} ELSE {Name}.{one.Name} END",
        _ => $"{one.Name} = excluded.{one.Name}",
    };
}

/// <summary>The tables of the views. One text for both engines: they hold numbers and texts only.</summary>
internal static class ViewTables
{
    /// <summary>Numbers are 64-bit; times are milliseconds since 1970, days are written 20261123. <c>{0}</c> is what an engine adds to a table that is its own index.</summary>
    public const string Definition = """
        CREATE TABLE view_generations (
            gen BIGINT PRIMARY KEY, version BIGINT NOT NULL, position BIGINT NOT NULL, whole BIGINT NOT NULL,
            events BIGINT NOT NULL, unknown BIGINT NOT NULL, broken BIGINT NOT NULL, orphaned BIGINT NOT NULL);
        CREATE TABLE view_desks (
            gen BIGINT NOT NULL, centre TEXT NOT NULL, day BIGINT, closed BIGINT NOT NULL, boot TEXT, mark_ms BIGINT NOT NULL, mark_trusted BIGINT NOT NULL,
            tickets BIGINT NOT NULL, faults BIGINT NOT NULL, PRIMARY KEY (gen, centre)){0};
        CREATE TABLE view_tickets (
            gen BIGINT NOT NULL, centre TEXT NOT NULL, ordinal BIGINT NOT NULL, number TEXT NOT NULL, position BIGINT NOT NULL, day BIGINT NOT NULL, service TEXT NOT NULL,
            service_before TEXT NOT NULL, token_hash TEXT, priority TEXT, issued_ms BIGINT NOT NULL, since_ms BIGINT NOT NULL, called_ms BIGINT, service_ms BIGINT, ended_ms BIGINT,
            counter BIGINT, calls BIGINT NOT NULL, stage BIGINT NOT NULL, stage_before BIGINT NOT NULL, waited_ms BIGINT, served_ms BIGINT, measures BIGINT NOT NULL,
            unsure BIGINT NOT NULL, doubts BIGINT NOT NULL, rating TEXT, live BIGINT NOT NULL, frozen BIGINT NOT NULL, PRIMARY KEY (gen, centre, ordinal)){0};
        CREATE INDEX view_tickets_by_day ON view_tickets (gen, centre, day, ordinal);
        CREATE INDEX view_tickets_live ON view_tickets (gen, centre) WHERE live = 1;
        CREATE INDEX view_tickets_by_token ON view_tickets (token_hash) WHERE token_hash IS NOT NULL;
        CREATE TABLE view_figures (
            gen BIGINT NOT NULL, day BIGINT NOT NULL, centre TEXT NOT NULL, hour BIGINT NOT NULL, service TEXT NOT NULL,
            issued BIGINT NOT NULL, served BIGINT NOT NULL, inferred BIGINT NOT NULL, missed BIGINT NOT NULL, expired BIGINT NOT NULL, cancelled BIGINT NOT NULL,
            waits BIGINT NOT NULL, waiting_ms BIGINT NOT NULL, services BIGINT NOT NULL, serving_ms BIGINT NOT NULL,
            very_satisfied BIGINT NOT NULL, satisfied BIGINT NOT NULL, not_satisfied BIGINT NOT NULL, PRIMARY KEY (gen, day, centre, hour, service)){0};
        CREATE TABLE view_durations (
            gen BIGINT NOT NULL, day BIGINT NOT NULL, centre TEXT NOT NULL, hour BIGINT NOT NULL, service TEXT NOT NULL, kind BIGINT NOT NULL, step BIGINT NOT NULL,
            held BIGINT NOT NULL, PRIMARY KEY (gen, day, centre, hour, service, kind, step)){0};
        CREATE TABLE view_faults (
            gen BIGINT NOT NULL, centre TEXT NOT NULL, ordinal BIGINT NOT NULL, device TEXT NOT NULL, state TEXT NOT NULL, fault TEXT, position BIGINT NOT NULL,
            from_ms BIGINT NOT NULL, to_ms BIGINT, doubts BIGINT NOT NULL, frozen BIGINT NOT NULL, PRIMARY KEY (gen, centre, ordinal)){0};
        CREATE INDEX view_faults_by_time ON view_faults (gen, from_ms);
        CREATE INDEX view_faults_open ON view_faults (gen, centre) WHERE to_ms IS NULL;
        """;

    /// <summary>Faults that a desk needs, and faults by their end, those that last among them.</summary>
    public const string FaultIndexes = """
        DROP INDEX view_faults_open;
        CREATE INDEX view_faults_open ON view_faults (gen, centre) WHERE to_ms IS NULL OR doubts % 8 <> 0;
        DROP INDEX view_faults_by_time;
        CREATE INDEX view_faults_by_end ON view_faults (gen, to_ms);
        """;

    public static readonly ViewTable Desks = new(
        "view_desks",
        [
            ("gen", Kind.Number), ("centre", Kind.Text), ("day", Kind.Number), ("closed", Kind.Number), ("boot", Kind.Text), ("mark_ms", Kind.Number), ("mark_trusted", Kind.Number),
            ("tickets", Kind.Number), ("faults", Kind.Number),
        ],
        2, Merge.Replace);

    public static readonly ViewTable Tickets = new(
        "view_tickets",
        [
            ("gen", Kind.Number), ("centre", Kind.Text), ("ordinal", Kind.Number), ("number", Kind.Text), ("position", Kind.Number), ("day", Kind.Number), ("service", Kind.Text),
            ("service_before", Kind.Text), ("token_hash", Kind.Text), ("priority", Kind.Text), ("issued_ms", Kind.Number), ("since_ms", Kind.Number), ("called_ms", Kind.Number),
            ("service_ms", Kind.Number), ("ended_ms", Kind.Number), ("counter", Kind.Number), ("calls", Kind.Number), ("stage", Kind.Number), ("stage_before", Kind.Number),
            ("waited_ms", Kind.Number), ("served_ms", Kind.Number), ("measures", Kind.Number), ("unsure", Kind.Number), ("doubts", Kind.Number), ("rating", Kind.Text),
            ("live", Kind.Number), ("frozen", Kind.Number),
        ],
        3, Merge.Replace);

    public static readonly ViewTable Figures = new(
        "view_figures",
        [
            ("gen", Kind.Number), ("day", Kind.Number), ("centre", Kind.Text), ("hour", Kind.Number), ("service", Kind.Text),
            ("issued", Kind.Number), ("served", Kind.Number), ("inferred", Kind.Number), ("missed", Kind.Number), ("expired", Kind.Number), ("cancelled", Kind.Number),
            ("waits", Kind.Number), ("waiting_ms", Kind.Number), ("services", Kind.Number), ("serving_ms", Kind.Number),
            ("very_satisfied", Kind.Number), ("satisfied", Kind.Number), ("not_satisfied", Kind.Number),
        ],
        5, Merge.Add);

    public static readonly ViewTable Durations = new(
        "view_durations",
        [
            ("gen", Kind.Number), ("day", Kind.Number), ("centre", Kind.Text), ("hour", Kind.Number), ("service", Kind.Text), ("kind", Kind.Number), ("step", Kind.Number), ("held", Kind.Number),
        ],
        7, Merge.Add);

    public static readonly ViewTable Faults = new(
        "view_faults",
        [
            ("gen", Kind.Number), ("centre", Kind.Text), ("ordinal", Kind.Number), ("device", Kind.Text), ("state", Kind.Text), ("fault", Kind.Text), ("position", Kind.Number),
            ("from_ms", Kind.Number), ("to_ms", Kind.Number), ("doubts", Kind.Number), ("frozen", Kind.Number),
        ],
        3, Merge.Replace);

    /// <summary>All of them that have rows of a generation.</summary>
    public static IReadOnlyList<string> Names { get; } = [Desks.Name, Tickets.Name, Figures.Name, Durations.Name, Faults.Name];
}
