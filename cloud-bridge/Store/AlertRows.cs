using MotCua.CloudBridge.Alerts;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Where the alerts stand; whoever saw other marks before looks again.</summary>
/// <param name="Turn">Saves of the engine; a save that expects another turn is refused.</param>
/// <param name="Lines">Number of the newest line of any alert's history.</param>
/// <param name="Rules">Version of the rules that hold; 0 while those of the program do.</param>
/// <param name="Regions">Rises when any centre's region changes.</param>
public sealed record AlertMarks(long Turn, long Lines, long Rules, long Regions);

/// <summary>What an engine starts from.</summary>
/// <param name="NextId">For the next alert.</param>
public sealed record AlertMemory(AlertMarks Marks, IReadOnlyList<Alert> Alerts, long NextId);

/// <summary>A line of an alert's history: what happened, or what somebody did.</summary>
/// <param name="Number">Over all alerts, from 1.</param>
/// <param name="Who">As he says himself; empty for what happened by itself.</param>
/// <param name="What">One of <see cref="AlertActs"/>, or a moment of an alert in lower case.</param>
/// <param name="Value">Whom it was assigned to, until when it was muted (RFC 3339), which step; empty when nothing.</param>
/// <param name="Reason">In his words.</param>
public sealed record AlertLine(long Number, long Alert, DateTimeOffset At, string Who, string What, string Value, string Reason);

/// <summary>What people can do to an alert.</summary>
public static class AlertActs
{
    public const string Acknowledge = "acknowledge";
    public const string Unacknowledge = "unacknowledge";
    public const string Assign = "assign";
    public const string Unassign = "unassign";
    public const string Comment = "comment";
    public const string Mute = "mute";
    public const string Unmute = "unmute";

    public static IReadOnlyList<string> All { get; } = [Acknowledge, Unacknowledge, Assign, Unassign, Comment, Mute, Unmute];
}

/// <summary>Something that somebody does to an alert.</summary>
/// <param name="Act">One of <see cref="AlertActs"/>.</param>
/// <param name="To">Of an assignment.</param>
/// <param name="Until">Of a mute.</param>
public sealed record AlertAct(long Alert, string Act, string Who, string Reason, DateTimeOffset At, string? To = null, DateTimeOffset? Until = null);

/// <summary>Which alerts are asked for.</summary>
/// <param name="Open">True: those that are open, worst first, then the oldest. False: those that are over, newest first.</param>
/// <param name="Centre">Null for all.</param>
/// <param name="Skip">Of that list.</param>
public sealed record AlertQuery(bool Open, CentreId? Centre, int Skip, int Limit);

/// <summary>Something to be told on a channel.</summary>
/// <param name="Id">Over all, from 1; one that is sent again has the same, so that whoever takes it can tell.</param>
/// <param name="Content">What is told, JSON of <see cref="Alerts.Telling.AlertMessage"/>.</param>
/// <param name="State">One of <see cref="DeliveryStates"/>.</param>
/// <param name="Attempts">Made so far.</param>
/// <param name="Next">When it is tried next.</param>
/// <param name="Note">What came of the last attempt; null before the first.</param>
public sealed record AlertDelivery(long Id, long Alert, string Channel, DateTimeOffset At, string Content, string State, int Attempts, DateTimeOffset Next, string? Note);

/// <param name="Ok">It was taken.</param>
/// <param name="Note">Such as <c>HTTP 204</c>, or why not.</param>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, bool Ok, string Note);

public static class DeliveryStates
{
    public const string Waiting = "waiting";
    public const string Sent = "sent";

    /// <summary>Given up: a person should look.</summary>
    public const string Dead = "dead";
}

/// <summary>A version of the rules.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Content">JSON; empty where it was not asked for.</param>
public sealed record RuleVersion(long Version, string Content, string Who, string Reason, DateTimeOffset At);

/// <summary>The engine's part of one step, and what is to be told.</summary>
/// <param name="Lines">Numbers are given by the store.</param>
/// <param name="Unseen">Alerts that nobody has acknowledged any more: they came back, or got worse.</param>
/// <param name="Deliveries">Ids are given by the store.</param>
public sealed record AlertWrites(
    IReadOnlyList<Alert> Alerts, IReadOnlyList<(Alert Alert, AlertCause Cause)> Causes, IReadOnlyList<AlertLine> Lines, IReadOnlyList<long> Unseen, IReadOnlyList<AlertDelivery> Deliveries);

/// <summary>Another bridge has kept the alerts meanwhile: nothing is wrong, and how they stand now can be read.</summary>
public sealed class AlertsMovedException() : BridgeStoreException("Another bridge has kept the alerts meanwhile.");
