namespace MotCua.CloudBridge.Store.Sql;

/// <summary>The tables of the alerts. One text for both engines, as with the views.</summary>
internal static class AlertTables
{
    /// <summary><c>{0}</c> as in <see cref="ViewTables.Definition"/>.</summary>
    public const string Definition = """
        CREATE TABLE alert_marks (id BIGINT PRIMARY KEY, turn BIGINT NOT NULL, lines BIGINT NOT NULL, rules BIGINT NOT NULL, regions BIGINT NOT NULL, alerts BIGINT NOT NULL, deliveries BIGINT NOT NULL);
        INSERT INTO alert_marks VALUES (1, 0, 0, 0, 0, 0, 0);
        CREATE TABLE alerts (
            id BIGINT PRIMARY KEY, kind BIGINT NOT NULL, scope TEXT NOT NULL, subject TEXT NOT NULL, code TEXT NOT NULL, opened_ms BIGINT NOT NULL, since_ms BIGINT NOT NULL,
            changed_ms BIGINT NOT NULL, ended_ms BIGINT, severity BIGINT NOT NULL, told BIGINT, openings BIGINT NOT NULL, merged_into BIGINT, steps BIGINT NOT NULL, channels TEXT NOT NULL,
            ack_by TEXT, ack_ms BIGINT, assigned_to TEXT, muted_ms BIGINT, muted_by TEXT);
        CREATE INDEX alerts_by_end ON alerts (ended_ms);
        CREATE TABLE alert_causes (
            alert BIGINT NOT NULL, centre TEXT NOT NULL, subject TEXT NOT NULL, code TEXT NOT NULL, detail TEXT, since_ms BIGINT NOT NULL, ended_ms BIGINT, onsets BIGINT NOT NULL,
            moved BIGINT NOT NULL, PRIMARY KEY (alert, centre, subject, code)){0};
        CREATE INDEX alert_causes_of_centre ON alert_causes (centre, alert);
        CREATE TABLE alert_lines (
            number BIGINT PRIMARY KEY, alert BIGINT NOT NULL, at_ms BIGINT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, given TEXT NOT NULL, reason TEXT NOT NULL);
        CREATE INDEX alert_lines_of_alert ON alert_lines (alert, number);
        CREATE TABLE alert_rules (version BIGINT PRIMARY KEY, content TEXT NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL, at_ms BIGINT NOT NULL);
        CREATE TABLE centre_regions (centre TEXT PRIMARY KEY, region TEXT NOT NULL);
        CREATE TABLE alert_deliveries (
            id BIGINT PRIMARY KEY, alert BIGINT NOT NULL, channel TEXT NOT NULL, at_ms BIGINT NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL,
            next_ms BIGINT NOT NULL, note TEXT);
        CREATE INDEX alert_deliveries_due ON alert_deliveries (next_ms) WHERE state = 'waiting';
        CREATE INDEX alert_deliveries_of_alert ON alert_deliveries (alert, id);
        CREATE TABLE alert_attempts (delivery BIGINT NOT NULL, number BIGINT NOT NULL, at_ms BIGINT NOT NULL, ok BIGINT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (delivery, number)){0};
        """;

    /// <summary>What the engine writes; what people decide stands in other columns of the same row and is left as it is.</summary>
    public static readonly ViewTable Alerts = new(
        "alerts",
        [
            ("id", Kind.Number), ("kind", Kind.Number), ("scope", Kind.Text), ("subject", Kind.Text), ("code", Kind.Text), ("opened_ms", Kind.Number), ("since_ms", Kind.Number),
            ("changed_ms", Kind.Number), ("ended_ms", Kind.Number), ("severity", Kind.Number), ("told", Kind.Number), ("openings", Kind.Number), ("merged_into", Kind.Number),
            ("steps", Kind.Number), ("channels", Kind.Text),
        ],
        1, Merge.Replace);

    public static readonly ViewTable Causes = new(
        "alert_causes",
        [
            ("alert", Kind.Number), ("centre", Kind.Text), ("subject", Kind.Text), ("code", Kind.Text), ("detail", Kind.Text), ("since_ms", Kind.Number), ("ended_ms", Kind.Number),
            ("onsets", Kind.Number), ("moved", Kind.Number),
        ],
        4, Merge.Replace);

    public static readonly ViewTable Lines = new(
        "alert_lines",
        [("number", Kind.Number), ("alert", Kind.Number), ("at_ms", Kind.Number), ("who", Kind.Text), ("what", Kind.Text), ("given", Kind.Text), ("reason", Kind.Text)],
        1, Merge.Replace);

    public static readonly ViewTable Deliveries = new(
        "alert_deliveries",
        [
            ("id", Kind.Number), ("alert", Kind.Number), ("channel", Kind.Text), ("at_ms", Kind.Number), ("content", Kind.Text), ("state", Kind.Text), ("attempts", Kind.Number),
            ("next_ms", Kind.Number), ("note", Kind.Text),
        ],
        1, Merge.Replace);

    /// <summary>What people decide.</summary>
    public const string CareColumns = "ack_by, ack_ms, assigned_to, muted_ms, muted_by";
}
