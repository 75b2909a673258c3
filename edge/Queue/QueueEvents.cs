namespace MotCua.Edge.Queue;

/// <summary>What happened in the queue. The state is the fold of these and of nothing else.</summary>
public abstract record QueueEvent;

/// <summary>A business day begins. What was left of the day before expired by its own events.</summary>
/// <param name="ByClerk">Opened by a person, not by the clock.</param>
/// <param name="Carries">Tickets that were issued in this boot, or in those that it carries on, while the clock was not trusted belong to this day; so its numbers go on and do not restart.</param>
public sealed record DayOpened(DateOnly Date, bool ByClerk = false, bool Carries = false, DateTimeOffset At = default) : QueueEvent;

/// <summary>The clock is trusted and the date stands: what was issued before, without knowing the time, is of this day and of no later one.</summary>
public sealed record DayConfirmed(DateOnly Date, DateTimeOffset At) : QueueEvent;

/// <summary>A clerk closed the day; no more tickets are given on it.</summary>
public sealed record DayClosed(DateOnly Date, DateTimeOffset At) : QueueEvent;

/// <summary>A closed day is open again; its numbers go on.</summary>
public sealed record DayReopened(DateOnly Date, DateTimeOffset At) : QueueEvent;

/// <param name="Ahead">Tickets of the same service that are called before it, as things stand.</param>
/// <param name="Credit">How much earlier than its arrival the ticket counts.</param>
/// <param name="ClockTrusted">False: the box did not know the time, so nothing may be concluded from <paramref name="At"/>.</param>
/// <param name="Slot">Of an appointment that is kept; null for one that came too late, which waits like anyone.</param>
public sealed record TicketIssued(
    DateOnly Date, TicketNumber Number, ServiceCode Service, FollowToken Token, string Origin, int Ahead, DateTimeOffset At,
    PriorityCode? Priority = null, TimeSpan Credit = default, bool ClockTrusted = true, AppointmentId? Appointment = null, DateTimeOffset? Slot = null,
    LanguageCode? Language = null, ProcedureCode? Procedure = null) : QueueEvent;

/// <param name="Why">Why this ticket now, in one Vietnamese sentence for staff. It may name a priority group, so it is never shown in public.</param>
/// <param name="Grounds">The same as data. Null in journals from before; such a call was in order and overtook nobody.</param>
public sealed record TicketCalled(DateOnly Date, TicketNumber Number, CounterId Counter, string Why, DateTimeOffset At, CallGrounds? Grounds = null) : QueueEvent;

/// <param name="Call">2 for the first repetition.</param>
public sealed record TicketRecalled(DateOnly Date, TicketNumber Number, CounterId Counter, int Call, DateTimeOffset At) : QueueEvent;

/// <summary>The citizen is at the counter.</summary>
public sealed record ServingStarted(DateOnly Date, TicketNumber Number, CounterId Counter, DateTimeOffset At) : QueueEvent;

/// <param name="Inferred">Concluded from the call of the next one, or from time at a self-service counter: nobody said that the citizen was served.</param>
public sealed record TicketDone(DateOnly Date, TicketNumber Number, CounterId Counter, bool Inferred, DateTimeOffset At = default) : QueueEvent;

/// <param name="ReturnUntil">Until when the ticket may come back; null while the clock is not trusted: then it may all day.</param>
/// <param name="Inferred">Concluded from the call of the next one.</param>
public sealed record TicketMissed(DateOnly Date, TicketNumber Number, CounterId Counter, DateTimeOffset? ReturnUntil, bool Inferred, DateTimeOffset At) : QueueEvent;

public sealed record TicketParked(DateOnly Date, TicketNumber Number, CounterId Counter, Reason Why, DateTimeOffset At) : QueueEvent;

/// <summary>Missed or parked before, in line again at its old place.</summary>
public sealed record TicketReturned(DateOnly Date, TicketNumber Number, DateTimeOffset At) : QueueEvent;

/// <param name="From">The counter that sent it.</param>
/// <param name="Service">The service it now waits for.</param>
/// <param name="To">The counter that calls it before anyone else; null when it waits in the service's line.</param>
public sealed record TicketTransferred(DateOnly Date, TicketNumber Number, CounterId From, ServiceCode Service, CounterId? To, Reason Why, DateTimeOffset At) : QueueEvent;

/// <param name="By">The counter that cancelled it, if one did.</param>
public sealed record TicketCancelled(DateOnly Date, TicketNumber Number, Reason Why, CounterId? By, DateTimeOffset At) : QueueEvent;

/// <summary>Left over at the end of a day; never counted as served.</summary>
public sealed record TicketExpired(DateOnly Date, TicketNumber Number, DateTimeOffset At = default) : QueueEvent;

/// <summary>The last action at the counter was taken back: the ticket is where it was before.</summary>
/// <param name="Action">Stable word for what was taken back; see <see cref="UndoableAction"/>.</param>
public sealed record ActionUndone(DateOnly Date, TicketNumber Number, CounterId Counter, UndoableAction Action, DateTimeOffset At) : QueueEvent;

/// <param name="Copy">2 for the first print after the original.</param>
public sealed record TicketReprinted(DateOnly Date, TicketNumber Number, int Copy, string Origin, DateTimeOffset At) : QueueEvent;

public sealed record TicketRated(DateOnly Date, TicketNumber Number, CounterId Counter, Rating Rating, DateTimeOffset At, RatingReasons Reasons = RatingReasons.None) : QueueEvent;

public sealed record HelpRequested(DateOnly Date, HelpPlace Place, DateTimeOffset At, HelpKind Kind = HelpKind.Other, HomeArea? Area = null) : QueueEvent;

/// <param name="Member">Number of the member who is on the way.</param>
public sealed record HelpTaken(DateOnly Date, HelpPlace Place, int Member, DateTimeOffset At) : QueueEvent;

public sealed record HelpAnswered(DateOnly Date, HelpPlace Place, DateTimeOffset At) : QueueEvent;

/// <summary>Taken back by whoever asked: nobody came, and nobody needs to.</summary>
public sealed record HelpWithdrawn(DateOnly Date, HelpPlace Place, DateTimeOffset At) : QueueEvent;

public sealed record CounterPaused(DateOnly Date, CounterId Counter, Reason Why, DateTimeOffset At) : QueueEvent;

public sealed record CounterResumed(DateOnly Date, CounterId Counter, DateTimeOffset At) : QueueEvent;

public sealed record ServicePaused(DateOnly Date, ServiceCode Service, Reason Why, DateTimeOffset At) : QueueEvent;

public sealed record ServiceResumed(DateOnly Date, ServiceCode Service, DateTimeOffset At) : QueueEvent;

public sealed record CentrePaused(DateOnly Date, Reason Why, DateTimeOffset At) : QueueEvent;

public sealed record CentreResumed(DateOnly Date, DateTimeOffset At) : QueueEvent;

public sealed record AppointmentBooked(DateOnly Date, AppointmentId Id, ServiceCode Service, DateTimeOffset Slot, DateTimeOffset At) : QueueEvent;

public sealed record AppointmentCancelled(DateOnly Date, AppointmentId Id, DateTimeOffset At) : QueueEvent;

/// <summary>The program started. Tickets of another boot are taken for this morning's only where it carries on (<see cref="BootMark.GoesOn"/>).</summary>
/// <param name="Boot">The machine's boot; the same after a restart of the program alone.</param>
public sealed record BoxStarted(string Boot) : QueueEvent;

/// <summary>The wall clock was set: it shows this much more than the time that has passed. Everything that waits goes on as if it had not been.</summary>
/// <param name="Step">Negative when it was set back.</param>
public sealed record ClockCorrected(TimeSpan Step, DateTimeOffset At = default) : QueueEvent;

/// <summary>A part of the past is lost: every series jumps, so that no number is given twice.</summary>
/// <param name="Skip">At least as many numbers as can have been issued in the lost part.</param>
public sealed record PastLost(int Skip) : QueueEvent;
