using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Whom a counter would call next, one after the other, if no other counter called anyone meanwhile.</summary>
public static class Upcoming
{
    /// <param name="most">Bound of the answer; each costs as much as a call.</param>
    /// <returns>The calls as they would be made, with their reasons. A pause of the counter is left out: they wait for it all the same.</returns>
    public static ImmutableArray<UpcomingCall> For(QueueState state, CounterId id, DateTimeOffset now, bool clockTrusted, int most)
    {
        var moment = new Moment(state, now, clockTrusted);
        if (state.Date is null || !moment.Plan.Counters.TryGetValue(id, out var counter))
        {
            return [];
        }

        // Leftovers of yesterday are nobody's next.
        moment = TurnedDay.Of(moment);

        var calls = ImmutableArray.CreateBuilder<UpcomingCall>(most);
        while (calls.Count < most && CallRules.CallFor(moment, counter) is { } call)
        {
            calls.Add(new UpcomingCall(moment.State.FindWaiting(call.Number)!, call));
            moment = moment.After(call);
            moment = moment with { State = moment.State with { AtCounters = moment.State.AtCounters.Remove(id) } };
        }

        return calls.DrainToImmutable();
    }
}

/// <param name="Ticket">As it waits now.</param>
/// <param name="Call">As it would be made.</param>
public readonly record struct UpcomingCall(Ticket Ticket, TicketCalled Call);
