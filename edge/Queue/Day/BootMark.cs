using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>What belongs to this boot of the box, and to those right before it that never knew the time, for the day that its tickets may turn out to belong to.</summary>
/// <param name="Boot">The machine's boot; null before the first start.</param>
/// <param name="FirstArrival">Tickets from this <see cref="Ticket.Arrival"/> on were issued in these boots, and nothing has settled yet which day they are of.</param>
/// <param name="OpenedByClerk">When a clerk last opened a day in this boot; null: nobody did.</param>
/// <param name="Closed">A clerk closed a day in this boot and nobody opened one since. A closing of an earlier boot refuses nobody while the clock is not trusted.</param>
/// <param name="Unsure">Counts of tickets issued since that arrival while the clock was not trusted.</param>
/// <param name="UnsureIssued">The same per service.</param>
/// <param name="Named">A clerk opened a day in one of the boots before this one: what stands in it is not of the day that a clerk opens next.</param>
public sealed record BootMark(string? Boot, long FirstArrival, DateTimeOffset? OpenedByClerk, bool Closed, DayTally Unsure, ImmutableDictionary<ServiceCode, int> UnsureIssued, bool Named = false)
{
    public static BootMark None { get; } = new(null, 1, null, false, DayTally.Zero, ImmutableDictionary<ServiceCode, int>.Empty);

    /// <summary>A next boot carries on: its predecessor gave tickets, and neither the clock nor a clerk has settled their day. The power may have flickered, or a night may have passed; the journal cannot tell.</summary>
    public bool GoesOn => Unsure.Issued > 0 && !Closed;

    /// <summary>Issued in these boots while the clock was not trusted: should the date turn out later, it is this morning's ticket.</summary>
    public bool IsUnsure(Ticket ticket) => ticket.Unsure && ticket.Arrival >= FirstArrival;

    /// <summary>From now on every ticket so far belongs to the day it stands in.</summary>
    public BootMark Settled(long nextArrival) => this with { FirstArrival = nextArrival, Unsure = DayTally.Zero, Named = false, UnsureIssued = ImmutableDictionary<ServiceCode, int>.Empty };
}
