namespace MotCua.Protocols.Events;

/// <summary>A business day begins; every series starts again at 1.</summary>
/// <param name="Date">Business date, Asia/Ho_Chi_Minh.</param>
/// <param name="ByClerk">Opened by a person, not by the clock.</param>
/// <param name="Carries">The tickets given while the clock was not trusted belong to this day: they live on, and so do the numbers.</param>
public sealed record DayOpened(DateOnly Date, bool ByClerk = false, bool Carries = false) : EventData;

/// <summary>A clerk closed the day; no more tickets are given on it.</summary>
public sealed record DayClosed(DateOnly Date) : EventData;

/// <summary>A closed day is open again; its numbers go on.</summary>
public sealed record DayReopened(DateOnly Date) : EventData;

/// <summary>The clock is trusted and the date stands: what was issued before, without knowing the time, is of this day and of no later one.</summary>
public sealed record DayConfirmed(DateOnly Date) : EventData;

/// <summary>The wall clock was set: from here on it shows this much more than the time that has passed. Times in rows before stay as they were written.</summary>
/// <param name="StepMs">Negative when it was set back.</param>
public sealed record ClockCorrected(long StepMs) : EventData;

/// <summary>A counter takes nobody for a while.</summary>
/// <param name="Why">In the clerk's words, at most 120 characters.</param>
public sealed record CounterPaused(DateOnly Date, int Counter, string Why) : EventData;

public sealed record CounterResumed(DateOnly Date, int Counter) : EventData;

/// <summary>No tickets are given for a service for a while.</summary>
public sealed record ServicePaused(DateOnly Date, string Service, string Why) : EventData;

public sealed record ServiceResumed(DateOnly Date, string Service) : EventData;

/// <summary>The whole centre pauses.</summary>
public sealed record CentrePaused(DateOnly Date, string Why) : EventData;

public sealed record CentreResumed(DateOnly Date) : EventData;

/// <summary>Someone calls the support team.</summary>
/// <param name="Place">Such as <c>quay-3</c> or <c>sanh</c>.</param>
/// <param name="Kind"><c>technical</c>, <c>device</c>, <c>home</c> or <c>emergency</c>; null for whatever a button cannot say.</param>
/// <param name="Area">Of <c>home</c>: hamlet or quarter; never a person's name or number.</param>
public sealed record HelpRequested(DateOnly Date, string Place, string? Kind = null, string? Area = null) : EventData;

/// <summary>A member of the support team is on the way.</summary>
/// <param name="Member">1 to 99; who that is stands on the team's own list.</param>
public sealed record HelpTaken(DateOnly Date, string Place, int Member) : EventData;

/// <summary>The support team has come.</summary>
public sealed record HelpAnswered(DateOnly Date, string Place) : EventData;

/// <summary>Whoever called the support team needs it no more.</summary>
public sealed record HelpWithdrawn(DateOnly Date, string Place) : EventData;

/// <summary>A citizen is expected.</summary>
/// <param name="Id">1 to 40 letters, digits and '-'; says nothing about the person.</param>
/// <param name="Slot">When.</param>
public sealed record AppointmentBooked(DateOnly Date, string Id, string Service, DateTimeOffset Slot) : EventData;

public sealed record AppointmentCancelled(DateOnly Date, string Id) : EventData;
