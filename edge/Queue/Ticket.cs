namespace MotCua.Edge.Queue;

/// <summary>A ticket that is still alive: waiting, or at a counter.</summary>
/// <param name="Arrival">Order of arrival within the journal; ties cannot happen.</param>
/// <param name="Calls">How often it was called to its counter; 0 while waiting.</param>
/// <param name="CalledAt">Wall time of the newest call.</param>
public sealed record Ticket(TicketNumber Number, ServiceCode Service, FollowToken Token, DateTimeOffset IssuedAt, long Arrival, int Calls = 0, DateTimeOffset? CalledAt = null);
