using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Counters without a clerk: a PC that citizens file at. Their own button or time frees them, and they call by themselves.</summary>
internal static class SelfServiceRules
{
    public static Decision Free(Moment moment, CounterId id)
    {
        if (!moment.Plan.Counters.TryGetValue(id, out var counter))
        {
            return Refusals.UnknownCounter(id);
        }

        if (!counter.SelfService)
        {
            return Refusals.NotSelfService(id);
        }

        if (moment.State.AtCounters.TryGetValue(id, out var current))
        {
            // The citizen who presses was there, so this is not inferred.
            return CallRules.JustCalled(moment, current)
                ? Refusals.PressedTwice(current.Number)
                : new Decided(Freed(moment, counter, current, inferred: false));
        }

        if (CallRules.CannotCall(moment, id, out _) is { } refused)
        {
            return refused;
        }

        return CallRules.CallFor(moment, counter) is { } called ? Moment.One(called) : Refusals.NobodyWaiting;
    }

    public static Decision Tick(Moment moment)
    {
        // Time alone opens no day: the next thing that happens does. But a clock that has just become trusted settles at once which day the morning's tickets are of;
        // put off until tomorrow, it would settle them wrong.
        if (DayRules.IsUnsettled(moment.State) && DayRules.Turn(moment, byClerk: false) is { IsEmpty: false } turning)
        {
            return new Decided(turning);
        }

        if (DayRules.IsAnother(moment))
        {
            return Refusals.NothingDue;
        }

        var events = ImmutableArray<QueueEvent>.Empty;
        foreach (var (id, counter) in moment.Plan.Counters)
        {
            if (!counter.SelfService)
            {
                continue;
            }

            var due = Due(moment, id, counter);
            events = events.AddRange(due);
            foreach (var happened in due)
            {
                moment = moment.After(happened);
            }
        }

        return events.IsEmpty ? Refusals.NothingDue : new Decided(events);
    }

    private static ImmutableArray<QueueEvent> Due(Moment moment, CounterId id, Counter counter)
    {
        if (moment.State.AtCounters.TryGetValue(id, out var current))
        {
            return counter.FreeAfter is { } after && current.CalledAt is { } at && moment.IsPast(at, after) ? Freed(moment, counter, current, inferred: true) : [];
        }

        return CallRules.CannotCall(moment, id, out _) is null && CallRules.CallFor(moment, counter) is { } called ? [called] : [];
    }

    private static ImmutableArray<QueueEvent> Freed(Moment moment, Counter counter, Ticket current, bool inferred)
    {
        var done = new TicketDone(moment.Today, current.Number, counter.Id, inferred, moment.Now);
        return CallRules.CannotCall(moment, counter.Id, out _) is null && CallRules.CallFor(moment, counter) is { } called ? [done, called] : [done];
    }
}
