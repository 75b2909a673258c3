using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>What someone asks of the queue. Ids and secrets come in with the command; the queue invents nothing.</summary>
public abstract record QueueCommand;

/// <param name="Origin">What asks, such as <c>button:lay-so-1</c> or <c>api</c>; at most 40 characters.</param>
/// <param name="Priority">A group of the plan's priority table; null for everyone else.</param>
/// <param name="Language">In which the ticket is called as well; null for the centre's languages alone.</param>
/// <param name="Procedure">What the citizen comes for, where that was looked up; its papers are printed on the ticket.</param>
public sealed record IssueTicket(
    ServiceCode Service, FollowToken Token, string Origin, PriorityCode? Priority = null, LanguageCode? Language = null, ProcedureCode? Procedure = null) : QueueCommand;

/// <summary>Ends the ticket at the counter, if there is one, and calls the next.</summary>
public sealed record CallNext(CounterId Counter) : QueueCommand;

/// <summary>Calls the ticket at the counter again.</summary>
public sealed record Recall(CounterId Counter) : QueueCommand;

/// <summary>Ends the ticket at the counter without calling another.</summary>
public sealed record FinishTicket(CounterId Counter) : QueueCommand;

/// <summary>Ends the ticket at the counter, if there is one, and calls this one out of order: waiting, parked, or missed within its return window.</summary>
public sealed record CallChosen(CounterId Counter, TicketNumber Number, Reason Why) : QueueCommand;

/// <summary>The citizen has come to the counter.</summary>
public sealed record StartServing(CounterId Counter) : QueueCommand;

/// <summary>The citizen did not come, after enough calls.</summary>
public sealed record MarkMissed(CounterId Counter) : QueueCommand;

/// <summary>Sets the ticket at the counter aside, such as for a missing copy.</summary>
public sealed record ParkTicket(CounterId Counter, Reason Why) : QueueCommand;

/// <summary>Puts a parked ticket, or a missed one within its return window, back in line at its old place.</summary>
public sealed record ReturnTicket(TicketNumber Number) : QueueCommand;

/// <summary>Sends the ticket at the counter to the line of another service; it keeps its number and its arrival.</summary>
public sealed record TransferToService(CounterId Counter, ServiceCode Service, Reason Why) : QueueCommand;

/// <summary>Sends the ticket at the counter straight to another counter, which calls it before anyone else; kept for it as <see cref="Reservation"/> says.</summary>
public sealed record TransferToCounter(CounterId Counter, CounterId To, Reason Why) : QueueCommand;

/// <summary>Gives up a ticket that is not at a counter.</summary>
/// <param name="By">The counter that cancels, which may undo it; null for a citizen or a page without a counter.</param>
public sealed record CancelTicket(TicketNumber Number, Reason Why, CounterId? By = null) : QueueCommand;

/// <summary>Frees a self-service counter: its own button. Calls the next at once.</summary>
public sealed record FreeCounter(CounterId Counter) : QueueCommand;

/// <summary>A command at a counter from someone who saw it: refused when it stands differently now, so that two windows never do the same thing twice.</summary>
public sealed record AsSeen(CounterId Counter, CounterSight Sight, QueueCommand Command) : QueueCommand;

/// <summary>Does what time alone brings: settles the day once the clock is trusted, frees self-service counters that were held too long and fills those that stand empty. To be given every few seconds; refused with <c>nothing-due</c> otherwise.</summary>
public sealed record Tick : QueueCommand;

/// <summary>Takes back the last action at the counter, within <see cref="QueueTiming.UndoWindow"/> and where nobody else relies on it yet.</summary>
public sealed record UndoLast(CounterId Counter) : QueueCommand;

/// <summary>Prints a living ticket once more.</summary>
/// <param name="Origin">As in <see cref="IssueTicket"/>.</param>
public sealed record ReprintTicket(TicketNumber Number, string Origin) : QueueCommand;

/// <summary>The citizen's word on a ticket that is done.</summary>
/// <param name="Reasons">Only of one who was not satisfied.</param>
public sealed record RateTicket(TicketNumber Number, Rating Rating, RatingReasons Reasons = RatingReasons.None) : QueueCommand;

/// <summary>Calls the support team to a place.</summary>
/// <param name="Area">Of <see cref="HelpKind.Home"/> only.</param>
public sealed record RequestHelp(HelpPlace Place, HelpKind Kind = HelpKind.Other, HomeArea? Area = null) : QueueCommand;

/// <summary>A member of the support team is on the way.</summary>
/// <param name="Member">Number of the member, 1 to 99.</param>
/// <param name="Over">Who had taken it as the member saw it; null for nobody. Of two who press at once, the first has it.</param>
public sealed record TakeHelp(HelpPlace Place, int Member, int? Over = null) : QueueCommand;

/// <summary>The support team has come.</summary>
public sealed record AnswerHelp(HelpPlace Place) : QueueCommand;

/// <summary>Whoever called for help needs none any more.</summary>
public sealed record WithdrawHelp(HelpPlace Place) : QueueCommand;

public sealed record PauseCounter(CounterId Counter, Reason Why) : QueueCommand;

public sealed record ResumeCounter(CounterId Counter) : QueueCommand;

public sealed record PauseService(ServiceCode Service, Reason Why) : QueueCommand;

public sealed record ResumeService(ServiceCode Service) : QueueCommand;

public sealed record PauseCentre(Reason Why) : QueueCommand;

public sealed record ResumeCentre : QueueCommand;

/// <param name="Slot">When the citizen is expected.</param>
public sealed record BookAppointment(AppointmentId Id, ServiceCode Service, DateTimeOffset Slot) : QueueCommand;

public sealed record CancelAppointment(AppointmentId Id) : QueueCommand;

/// <summary>The citizen of an appointment is here: gives the ticket, in line at its slot unless too late.</summary>
public sealed record CheckIn(AppointmentId Id, FollowToken Token, string Origin) : QueueCommand;

/// <summary>A clerk opens a day: the next one while the clock is not trusted, or a closed one again.</summary>
public sealed record OpenDay : QueueCommand;

/// <summary>A clerk closes the day: what still waits expires, counted apart.</summary>
public sealed record CloseDay : QueueCommand;

/// <summary>What came of a command.</summary>
public abstract record Decision;

/// <param name="Events">One or more, to be made durable together or not at all.</param>
public sealed record Decided(ImmutableArray<QueueEvent> Events) : Decision;

/// <param name="Code">Stable, for programs; all of them stand in <see cref="Refusals"/>.</param>
/// <param name="Reason">Vietnamese, for the clerk or citizen in front of it.</param>
public sealed record Refused(string Code, string Reason) : Decision;
