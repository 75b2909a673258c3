using MotCua.Protocols;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>What people decided about an alert; the engine reads it and never writes it, save to take an acknowledgement back when things get worse.</summary>
/// <param name="AcknowledgedBy">Who has seen it; null while nobody has.</param>
/// <param name="AssignedTo">Whose it is.</param>
/// <param name="MutedUntil">Nobody is told of it until then.</param>
public sealed record AlertCare(string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt, string? AssignedTo, DateTimeOffset? MutedUntil, string? MutedBy)
{
    public static AlertCare None { get; } = new(null, null, null, null, null);
}

/// <summary>One thing that people should care about: a root with all causes that it explains. Used by one thread.</summary>
public sealed class Alert(long id, RootKey root, DateTimeOffset opened)
{
    public long Id => id;

    public RootKey Root => root;

    public DateTimeOffset Opened { get; } = opened;

    /// <summary>When it last opened: first, or again.</summary>
    public DateTimeOffset Since { get; set; } = opened;

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? Ended { get; set; }

    /// <summary>When anything about it changed.</summary>
    public DateTimeOffset Changed { get; set; } = opened;

    public Severity Severity { get; set; }

    /// <summary>The worst that people were told of.</summary>
    public Severity? Told { get; set; }

    /// <summary>How often it opened, from 1.</summary>
    public long Openings { get; set; } = 1;

    /// <summary>The alert that its causes went over to.</summary>
    public long? MergedInto { get; set; }

    /// <summary>Steps of the escalation that were taken, a bit each.</summary>
    public long Steps { get; set; }

    /// <summary>Channels that heard of it, and will hear of its end.</summary>
    public SortedSet<string> Channels { get; init; } = new(StringComparer.Ordinal);

    public AlertCare Care { get; set; } = AlertCare.None;

    /// <summary>All causes it ever had since it opened, those that are over too.</summary>
    public Dictionary<CauseKey, AlertCause> Causes { get; init; } = [];

    public bool IsOpen => Ended is null;

    /// <summary>Centres that are in it now; when it is over, those that were.</summary>
    public IReadOnlyList<CentreId> Centres =>
        [.. Causes.Values.Where(cause => !cause.Moved && (!IsOpen || cause.Ended is null)).Select(cause => cause.Key.Centre).OfType<CentreId>().Distinct().OrderBy(centre => centre.Value, StringComparer.Ordinal)];

    public bool IsMuted(DateTimeOffset now) => Care.MutedUntil > now;
}

/// <summary>What happened to an alert.</summary>
public enum AlertMoment
{
    Opened,

    /// <summary>People are told for the first time.</summary>
    Announced,

    /// <summary>It had ended, and its cause is back.</summary>
    Reopened,

    /// <summary>Its severity is higher than people were told.</summary>
    Worsened,

    /// <summary>A step of the escalation: it is still there and nobody took it.</summary>
    Escalated,
    Resolved,

    /// <summary>Another alert explains it; it is over.</summary>
    Merged,
}

/// <summary>One line of what happened, for the alert's history; and for people, when there are channels.</summary>
/// <param name="Channels">Who is to be told; empty: nobody.</param>
/// <param name="Step">Number of the escalation's step, from 1; 0 for other moments.</param>
public sealed record AlertNote(Alert Alert, AlertMoment Moment, DateTimeOffset At, IReadOnlyList<string> Channels, int Step = 0);

/// <summary>All that a step of the engine changed; each alert once.</summary>
/// <param name="Changed">To be stored.</param>
/// <param name="Causes">Of them, those that changed.</param>
/// <param name="Notes">In the order in which they happened.</param>
/// <param name="NextDue">When something may happen although nobody says anything new; null: nothing will.</param>
public sealed record AlertChanges(IReadOnlyList<Alert> Changed, IReadOnlyList<(Alert Alert, AlertCause Cause)> Causes, IReadOnlyList<AlertNote> Notes, DateTimeOffset? NextDue);
