namespace MotCua.Edge.Pages;

/// <summary>What the support team sees. Moments are milliseconds of the box's monotonic clock, which the beat tells.</summary>
/// <param name="Asks">Whoever waits for the team, nobody's first, then the longest first.</param>
/// <param name="Faults">Devices that do not work, the newest last.</param>
/// <param name="Snapshots">Pictures that were taken of the hall lately, and why, the newest first.</param>
public sealed record HelpPicture(string Version, string Centre, bool PinsSet, IReadOnlyList<HelpAskNow> Asks, IReadOnlyList<HelpFaultNow> Faults, IReadOnlyList<SnapshotNow> Snapshots);

/// <param name="Place">Such as <c>quay-3</c>, <c>sanh</c>, a device, or the code of a request to be served at home.</param>
/// <param name="Kind"><c>other</c>, <c>technical</c>, <c>device</c>, <c>home</c> or <c>emergency</c>.</param>
/// <param name="Area">Of <c>home</c>: hamlet or quarter.</param>
/// <param name="TakenBy">Number of the member who is on the way; null for nobody yet.</param>
public sealed record HelpAskNow(string Place, string Kind, string? Area, long Since, int? TakenBy, long? TakenSince);

/// <param name="Kind">Such as <c>printer</c>.</param>
/// <param name="Name">Of a neighbour, as the configuration calls it; otherwise null.</param>
/// <param name="State"><c>degraded</c>, <c>failed</c> or <c>absent</c>.</param>
/// <param name="Title">What is wrong, Vietnamese.</param>
/// <param name="WhatToDo">What a person should do, Vietnamese.</param>
/// <param name="Asked">The team was called for it: it stands among the asks as well.</param>
public sealed record HelpFaultNow(string Device, string Kind, string? Name, string State, string? Title, string? WhatToDo, long Since, bool Asked);

/// <param name="Kind"><c>technical</c>, <c>device</c> or <c>other</c>; null for the last.</param>
public sealed record HelpRequest(string? Kind = null);

/// <param name="Area">Hamlet or quarter; no name, no phone number, no number of a paper.</param>
public sealed record HomeRequest(string Area);

/// <param name="Code">What the clerk writes beside the citizen's name, on paper.</param>
/// <param name="Seq">Sequence number of the durable event.</param>
public sealed record HomeAnswer(string Code, long Seq);

/// <param name="Member">Number of the member, 1 to 99.</param>
/// <param name="Over">Who had it as the page showed; null for nobody.</param>
public sealed record TakeRequest(int Member, int? Over = null);
