namespace MotCua.Edge.Queue;

/// <summary>What happened in the queue. The state is the fold of these and of nothing else.</summary>
public abstract record QueueEvent;

public sealed record DayOpened(DateOnly Date) : QueueEvent;

public sealed record TicketIssued(DateOnly Date, TicketNumber Number, ServiceCode Service, FollowToken Token, string Origin, int Ahead, DateTimeOffset At) : QueueEvent;

/// <param name="Why">Why this ticket now, in one Vietnamese sentence.</param>
public sealed record TicketCalled(DateOnly Date, TicketNumber Number, CounterId Counter, string Why, DateTimeOffset At) : QueueEvent;

/// <param name="Call">2 for the first repetition.</param>
public sealed record TicketRecalled(DateOnly Date, TicketNumber Number, CounterId Counter, int Call, DateTimeOffset At) : QueueEvent;

/// <param name="Inferred">Concluded from the call of the next one.</param>
public sealed record TicketDone(DateOnly Date, TicketNumber Number, CounterId Counter, bool Inferred) : QueueEvent;

/// <summary>Left over from a past day; never counted as served.</summary>
public sealed record TicketExpired(DateOnly Date, TicketNumber Number) : QueueEvent;

/// <summary>A part of the past is lost: every series jumps, so that no number is given twice.</summary>
/// <param name="Skip">At least as many numbers as can have been issued in the lost part.</param>
public sealed record PastLost(int Skip) : QueueEvent;
