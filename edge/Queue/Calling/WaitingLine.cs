using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>The tickets that wait for one service, or for one counter after a direct transfer. Immutable.</summary>
/// <remarks>
/// Kept in two orders. By turn: tickets that are due for overtaking first, by arrival, then the others by effective arrival; its first is the next to be called. By
/// arrival without credit: whoever a call overtakes stands at the front of it, so a call touches those only. No ticket is overtaken more often than the cap, so a
/// ticket's whole life costs at most cap × log n, however long the line.
/// </remarks>
public sealed class WaitingLine
{
    private readonly ImmutableSortedDictionary<Place, Ticket> byArrival;
    private readonly ImmutableSortedSet<Turn> byTurn;
    private readonly int cap;

    private WaitingLine(ImmutableSortedDictionary<Place, Ticket> byArrival, ImmutableSortedSet<Turn> byTurn, int cap) =>
        (this.byArrival, this.byTurn, this.cap) = (byArrival, byTurn, cap);

    public int Count => byArrival.Count;

    /// <summary>The next to be called; null when nobody waits.</summary>
    public Ticket? First => byTurn.IsEmpty ? null : byArrival[byTurn.Min.Place];

    /// <summary>In the order of calls, as things stand.</summary>
    public IEnumerable<Ticket> InTurn => byTurn.Select(turn => byArrival[turn.Place]);

    /// <summary>In the order of arrival, credit left out.</summary>
    public IEnumerable<Ticket> InArrival => byArrival.Values;

    /// <param name="cap">The plan's overtaking cap.</param>
    public static WaitingLine Empty(int cap) => new(ImmutableSortedDictionary<Place, Ticket>.Empty, [], cap);

    public static WaitingLine Of(IEnumerable<Ticket> tickets, int cap)
    {
        var all = tickets.ToList();
        return new(all.ToImmutableSortedDictionary(Place.Of, ticket => ticket), [.. all.Select(ticket => Turn.Of(ticket, cap))], cap);
    }

    public WaitingLine Add(Ticket ticket) => new(byArrival.Add(Place.Of(ticket), ticket), byTurn.Add(Turn.Of(ticket, cap)), cap);

    public WaitingLine Remove(Ticket ticket) => new(byArrival.Remove(Place.Of(ticket)), byTurn.Remove(Turn.Of(ticket, cap)), cap);

    public bool Contains(Ticket ticket) => byArrival.ContainsKey(Place.Of(ticket));

    /// <summary>Was overtaken as often as anyone may be.</summary>
    public bool IsDue(Ticket ticket) => ticket.Overtaken >= cap;

    /// <summary>Comes before the other in the order of calls, whichever lines they stand in.</summary>
    public bool GoesBefore(Ticket own, Ticket other) => Turn.Of(own, cap).CompareTo(Turn.Of(other, cap)) < 0;

    /// <summary>How many are called before a ticket that is about to join.</summary>
    public int AheadOf(Ticket joining) => ~byTurn.IndexOf(Turn.Of(joining, cap));

    /// <summary>How many came before the ticket, which need not stand in this line, and are still here.</summary>
    public int EarlierThan(Ticket ticket)
    {
        var (count, until) = (0, Place.Of(ticket));
        foreach (var (place, _) in byArrival)
        {
            if (place.CompareTo(until) >= 0)
            {
                break;
            }

            count++;
        }

        return count;
    }

    /// <summary>The line after a later arrival was called: each ticket that came before it was overtaken once more.</summary>
    public WaitingLine Overtake(Ticket called)
    {
        var until = Place.Of(called);
        var (arrivals, turns) = (byArrival.ToBuilder(), byTurn.ToBuilder());
        foreach (var (place, ticket) in byArrival)
        {
            if (place.CompareTo(until) >= 0)
            {
                break;
            }

            var passed = ticket with { Overtaken = ticket.Overtaken + 1 };
            arrivals[place] = passed;
            if (passed.Overtaken == cap)
            {
                turns.Remove(Turn.Of(ticket, cap));
                turns.Add(Turn.Of(passed, cap));
            }
        }

        return new(arrivals.ToImmutable(), turns.ToImmutable(), cap);
    }

    public Ticket? Find(TicketNumber number)
    {
        if (First is { } first && first.Number == number)
        {
            return first;
        }

        foreach (var (_, ticket) in byArrival)
        {
            if (ticket.Number == number)
            {
                return ticket;
            }
        }

        return null;
    }

    private readonly record struct Place(long Came, long Arrival) : IComparable<Place>
    {
        public static Place Of(Ticket ticket) => new(ticket.Came.UtcTicks, ticket.Arrival);

        public int CompareTo(Place other) => Came != other.Came ? Came.CompareTo(other.Came) : Arrival.CompareTo(other.Arrival);
    }

    private readonly record struct Turn(long Key, Place Place) : IComparable<Turn>
    {
        // A due ticket's key lies below that of any time there is, and keeps the order of arrival among its like.
        public static Turn Of(Ticket ticket, int cap) => new(
            ticket.Overtaken >= cap ? long.MinValue + ticket.Came.UtcTicks : ticket.Came.UtcTicks - ticket.Credit.Ticks, Place.Of(ticket));

        public int CompareTo(Turn other) => Key != other.Key ? Key.CompareTo(other.Key) : Place.Arrival.CompareTo(other.Place.Arrival);
    }
}
