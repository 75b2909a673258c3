using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>What belongs to this boot of the box, for the day that its tickets may turn out to belong to.</summary>
/// <param name="Boot">The machine's boot; null before the first start.</param>
/// <param name="FirstArrival">Tickets from this <see cref="Ticket.Arrival"/> on were issued in this boot, and nothing has settled yet which day they are of.</param>
/// <param name="OpenedByClerk">When a clerk last opened a day in this boot; null: nobody did.</param>
/// <param name="Closed">A clerk closed a day in this boot and nobody opened one since. A closing of an earlier boot refuses nobody while the clock is not trusted.</param>
/// <param name="Unsure">Counts of tickets issued in this boot, since that arrival, while the clock was not trusted.</param>
/// <param name="UnsureIssued">The same per service.</param>
public sealed record BootMark(string? Boot, long FirstArrival, DateTimeOffset? OpenedByClerk, bool Closed, DayTally Unsure, ImmutableDictionary<ServiceCode, int> UnsureIssued)
{
    public static BootMark None { get; } = new(null, 1, null, false, DayTally.Zero, ImmutableDictionary<ServiceCode, int>.Empty);

    /// <summary>Issued in this boot while the clock was not trusted: should the date turn out later, it is this morning's ticket.</summary>
    public bool IsUnsure(Ticket ticket) => ticket.Unsure && ticket.Arrival >= FirstArrival;

    /// <summary>From now on every ticket so far belongs to the day it stands in.</summary>
    public BootMark Settled(long nextArrival) => this with { FirstArrival = nextArrival, Unsure = DayTally.Zero, UnsureIssued = ImmutableDictionary<ServiceCode, int>.Empty };
}
