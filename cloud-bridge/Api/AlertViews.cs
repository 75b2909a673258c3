using System.Text.Json;
using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Api;

/// <summary>An alert as people see it.</summary>
/// <param name="Severity"><c>notice</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Code">Of the fault that explains it.</param>
/// <param name="Title">What it is, Vietnamese.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Centres">At most 200.</param>
/// <param name="CentreCount">All of them.</param>
/// <param name="Since">When it last opened.</param>
/// <param name="Ended">Null while it is open.</param>
/// <param name="Openings">How often it opened.</param>
/// <param name="Flapping">How often its causes came, in words; null when that says nothing.</param>
/// <param name="Harm">Whom it hurts.</param>
/// <param name="Waiting">People who wait at its centres now; null when nobody can say.</param>
/// <param name="WhatToDo">One sentence or two.</param>
/// <param name="Team">The response team of its centre, to assign it to; null where it is about more than one.</param>
/// <param name="MergedInto">The alert that explains it; null when none does.</param>
public sealed record AlertView(
    long Id, string Severity, string Code, string Title, string Place, IReadOnlyList<AlertCentre> Centres, int CentreCount, DateTimeOffset Since, DateTimeOffset Opened,
    DateTimeOffset? Ended, long Openings, string? Flapping, string Harm, long? Waiting, string WhatToDo, string? Team, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt,
    string? AssignedTo, DateTimeOffset? MutedUntil, string? MutedBy, long? MergedInto);

public sealed record AlertCentre(string Id, string Name);

/// <param name="At">Wall time of the bridge.</param>
/// <param name="Mark">As in <c>/api/alerts/mark</c>.</param>
/// <param name="Alerts">Worst first while open, newest first when over.</param>
/// <param name="More">There are more; ask with <c>skip</c>.</param>
/// <param name="GivenUp">Messages that could not be told.</param>
public sealed record AlertList(DateTimeOffset At, string Mark, long Critical, long Warning, long Notice, IReadOnlyList<AlertView> Alerts, bool More, int GivenUp);

/// <param name="Mark">Another one whenever anything about alerts changed.</param>
public sealed record AlertMark(string Mark);

/// <param name="Text">What and where, Vietnamese.</param>
/// <param name="Ended">Null while it is there.</param>
/// <param name="Moved">It belongs to another alert now.</param>
public sealed record AlertCauseView(string Text, string Code, string? Detail, DateTimeOffset Since, DateTimeOffset? Ended, long Onsets, bool Moved);

/// <param name="Who">Empty for what happened by itself.</param>
/// <param name="What">What happened, one word.</param>
public sealed record AlertLineView(DateTimeOffset At, string Who, string What, string Value, string Reason);

/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>dead</c>.</param>
/// <param name="Next">When it is tried next.</param>
public sealed record DeliveryView(long Id, long Alert, string Channel, DateTimeOffset At, string Moment, string State, int Attempts, DateTimeOffset Next, string? Note);

/// <param name="Causes">At most 500: those that are there first.</param>
/// <param name="Lines">The newest 200, oldest first.</param>
/// <param name="Deliveries">The newest 50.</param>
public sealed record AlertDetail(AlertView Alert, IReadOnlyList<AlertCauseView> Causes, IReadOnlyList<AlertLineView> Lines, IReadOnlyList<DeliveryView> Deliveries);

/// <param name="Deliveries">Newest first.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries);

/// <param name="Attempts">Oldest first, at most 200.</param>
public sealed record DeliveryDetail(DeliveryView Delivery, IReadOnlyList<DeliveryAttempt> Attempts);

/// <summary>What somebody does to an alert.</summary>
/// <param name="Act"><c>acknowledge</c>, <c>unacknowledge</c>, <c>assign</c>, <c>unassign</c>, <c>comment</c>, <c>mute</c> or <c>unmute</c>.</param>
/// <param name="Who">1 to 80 characters.</param>
/// <param name="Reason">3 to 500 characters where it is a comment, a mute or an assignment; else it may be left out.</param>
/// <param name="To">Of an assignment, 1 to 100 characters.</param>
/// <param name="Minutes">Of a mute, 1 to 43,200.</param>
public sealed record AlertRequest(string? Act, string? Who, string? Reason, string? To, int? Minutes);

/// <summary>The rules that hold.</summary>
/// <param name="Version">0 while those of the program do.</param>
/// <param name="Channels">Names of channels that are set up at the bridge.</param>
/// <param name="Newer">A newer program wrote the version that is stored; those of this program hold.</param>
public sealed record RulesView(long Version, JsonElement Rules, string? Who, string? Reason, DateTimeOffset? At, IReadOnlyCollection<string> Channels, bool Newer);

/// <param name="Versions">Newest first, without their contents.</param>
public sealed record RulesHistory(IReadOnlyList<RuleVersion> Versions);

/// <param name="Based">The version that was changed.</param>
/// <param name="Who">1 to 80 characters.</param>
/// <param name="Reason">3 to 200 characters.</param>
public sealed record RulesRequest(long? Based, JsonElement? Rules, string? Who, string? Reason);

/// <param name="Regions">By name, each with its centres.</param>
public sealed record RegionList(IReadOnlyList<RegionView> Regions);

/// <param name="Region">Empty for centres that have none.</param>
public sealed record RegionView(string Region, IReadOnlyList<AlertCentre> Centres);

/// <param name="Region">1 to 60 characters; empty takes the centres out of theirs.</param>
/// <param name="Centres">Ids, 1 to 500.</param>
public sealed record RegionRequest(string? Region, IReadOnlyList<string>? Centres, string? Who, string? Reason);

/// <param name="Who">1 to 80 characters.</param>
/// <param name="Reason">3 to 200 characters.</param>
public sealed record AgainRequest(string? Who, string? Reason);
