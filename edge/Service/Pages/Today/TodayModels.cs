namespace MotCua.Edge.Pages;

/// <summary>The day in one picture, for the director.</summary>
/// <param name="Date">Null before the first day.</param>
/// <param name="Waiting">Everyone who waits now.</param>
/// <param name="LongestSince">When the one who waits longest came, on the box's monotonic clock; null when nobody waits.</param>
/// <param name="Longest">The longest waits of the day until the first call.</param>
/// <param name="Curve">The most who waited at once, every five minutes.</param>
/// <param name="Ratings">By word of the rating; empty before the first.</param>
public sealed record TodayPicture(
    string Version, string Centre, DateOnly? Date, bool Closed, bool PinsSet, FiguresAnswer Total, int Waiting, long? LongestSince, IReadOnlyList<TodayService> Services,
    IReadOnlyList<TodayCounter> Counters, IReadOnlyList<TodayWait> Longest, IReadOnlyList<TodayPoint> Curve, IReadOnlyDictionary<string, int> Ratings, IReadOnlyList<TodayDevice> Devices,
    IReadOnlyList<HelpAskNow> Help, string? Stopped);

public sealed record TodayService(string Name, string Series, int Waiting, bool Paused, FiguresAnswer Figures);

/// <param name="Ticket">Which is there now.</param>
/// <param name="Paused">Why it pauses; null when it does not.</param>
public sealed record TodayCounter(int Number, string? Ticket, string? Paused, FiguresAnswer Figures);

public sealed record TodayWait(string Number, string Service, int Counter, int Minutes);

/// <param name="At">Beginning of the five minutes, such as <c>08:05</c>.</param>
public sealed record TodayPoint(string At, int Waiting);

/// <param name="Title">What is wrong, Vietnamese; null when ready.</param>
public sealed record TodayDevice(string Device, string Kind, string? Name, string State, string? Title, string? WhatToDo);
