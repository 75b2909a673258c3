using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>What someone asks of the queue. Ids and secrets come in with the command; the queue invents nothing.</summary>
public abstract record QueueCommand;

/// <param name="Origin">What asks, such as <c>button:lay-so-1</c> or <c>api</c>; at most 40 characters.</param>
public sealed record IssueTicket(ServiceCode Service, FollowToken Token, string Origin) : QueueCommand;

/// <summary>Ends the ticket at the counter, if there is one, and calls the next.</summary>
public sealed record CallNext(CounterId Counter) : QueueCommand;

/// <summary>Calls the ticket at the counter again.</summary>
public sealed record Recall(CounterId Counter) : QueueCommand;

/// <summary>Ends the ticket at the counter without calling another.</summary>
public sealed record FinishTicket(CounterId Counter) : QueueCommand;

/// <summary>What came of a command.</summary>
public abstract record Decision;

/// <param name="Events">One or more, to be made durable together or not at all.</param>
public sealed record Decided(ImmutableArray<QueueEvent> Events) : Decision;

/// <param name="Code">Stable, for programs: <c>unknown-service</c>, <c>unknown-counter</c>, <c>too-many-waiting</c>, <c>nobody-waiting</c>, <c>counter-empty</c>.</param>
/// <param name="Reason">Vietnamese, for the clerk or citizen in front of it.</param>
public sealed record Refused(string Code, string Reason) : Decision;
