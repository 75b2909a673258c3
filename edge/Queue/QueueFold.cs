using System.Collections.Immutable;
using System.Diagnostics;

namespace MotCua.Edge.Queue;

/// <summary>Applies what happened. Total: an event that was decided once applies for ever, whatever the plan says today.</summary>
public static class QueueFold
{
    private static readonly ImmutableSortedDictionary<long, Ticket> Nobody = ImmutableSortedDictionary<long, Ticket>.Empty;

    public static QueueState Apply(QueueState state, QueueEvent happened) => happened switch
    {
        DayOpened(var date) => OpenDay(state, date),
        TicketIssued issued => Issue(state, issued),
        TicketCalled called => Call(state, called),
        TicketRecalled recalled => state.AtCounters.TryGetValue(recalled.Counter, out var ticket)
            ? state with { AtCounters = state.AtCounters.SetItem(recalled.Counter, ticket with { Calls = recalled.Call, CalledAt = recalled.At }) }
            : state,
        TicketDone done => state with
        {
            AtCounters = state.AtCounters.Remove(done.Counter),
            Tally = state.Tally with { Done = state.Tally.Done + 1, Inferred = state.Tally.Inferred + (done.Inferred ? 1 : 0) },
        },
        TicketExpired expired => Expire(state, expired.Number),
        PastLost(var skip) => state with
        {
            LastNumbers = state.Plan.Services.Values.Select(service => service.Series).Union(state.LastNumbers.Keys)
                .ToImmutableDictionary(series => series, series => state.LastNumbers.GetValueOrDefault(series) + skip),
            // A second loss before the next day adds to the first, as the numbers do.
            SkipAtNextDay = state.SkipAtNextDay + skip,
        },
        _ => throw new UnreachableException(happened.GetType().Name),
    };

    // Leftovers were expired before, each by its own event in the same commit.
    private static QueueState OpenDay(QueueState state, DateOnly date) => state with
    {
        Date = date,
        LastNumbers = state.SkipAtNextDay == 0 ? ImmutableDictionary<char, int>.Empty
            : state.LastNumbers.Keys.ToImmutableDictionary(series => series, _ => state.SkipAtNextDay),
        Tally = DayTally.Zero,
        SkipAtNextDay = 0,
    };

    private static QueueState Issue(QueueState state, TicketIssued issued)
    {
        var ticket = new Ticket(issued.Number, issued.Service, issued.Token, issued.At, state.NextArrival);
        return state with
        {
            LastNumbers = state.LastNumbers.SetItem(issued.Number.Series, issued.Number.Value),
            Waiting = state.Waiting.SetItem(issued.Service, state.Waiting.GetValueOrDefault(issued.Service, Nobody).Add(ticket.Arrival, ticket)),
            Tally = state.Tally with { Issued = state.Tally.Issued + 1 },
            NextArrival = state.NextArrival + 1,
        };
    }

    private static QueueState Call(QueueState state, TicketCalled called) => FindWaiting(state, called.Number) is { } ticket
        ? RemoveWaiting(state, ticket) with
        {
            AtCounters = state.AtCounters.SetItem(called.Counter, ticket with { Calls = 1, CalledAt = called.At }),
            Tally = state.Tally with { Called = state.Tally.Called + 1 },
        }
        : state;

    private static QueueState Expire(QueueState state, TicketNumber number)
    {
        foreach (var (counter, ticket) in state.AtCounters)
        {
            if (ticket.Number == number)
            {
                return state with { AtCounters = state.AtCounters.Remove(counter) };
            }
        }

        return FindWaiting(state, number) is { } waiting ? RemoveWaiting(state, waiting) : state;
    }

    private static QueueState RemoveWaiting(QueueState state, Ticket ticket) => state with
    {
        Waiting = state.Waiting.SetItem(ticket.Service, state.Waiting[ticket.Service].Remove(ticket.Arrival)),
    };

    // Nearly always the first of its service, so those are looked at before all the others.
    private static Ticket? FindWaiting(QueueState state, TicketNumber number)
    {
        foreach (var waiting in state.Waiting.Values)
        {
            if (!waiting.IsEmpty && waiting.First().Value is { } first && first.Number == number)
            {
                return first;
            }
        }

        return state.Waiting.Values.SelectMany(waiting => waiting.Values).FirstOrDefault(ticket => ticket.Number == number);
    }
}
