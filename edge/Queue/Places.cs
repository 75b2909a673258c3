namespace MotCua.Edge.Queue;

/// <summary>Moves tickets between the places of a state: lines, counters, aside.</summary>
internal static class Places
{
    public static QueueState Join(this QueueState state, Ticket ticket) => ticket.Direct is { } counter
        ? state with { Direct = state.Direct.SetItem(counter, state.DirectTo(counter).Add(ticket)) }
        : state with { Waiting = state.Waiting.SetItem(ticket.Service, state.LineOf(ticket.Service).Add(ticket)) };

    public static QueueState Leave(this QueueState state, Ticket ticket) => ticket.Direct is { } counter
        ? state with { Direct = state.Direct.SetItem(counter, state.DirectTo(counter).Remove(ticket)) }
        : state with { Waiting = state.Waiting.SetItem(ticket.Service, state.LineOf(ticket.Service).Remove(ticket)) };

    public static WaitingLine LineOf(this QueueState state, ServiceCode service) =>
        state.Waiting.TryGetValue(service, out var line) ? line : WaitingLine.Empty(state.Plan.OvertakingCap);

    public static WaitingLine DirectTo(this QueueState state, CounterId counter) =>
        state.Direct.TryGetValue(counter, out var line) ? line : WaitingLine.Empty(state.Plan.OvertakingCap);

    /// <summary>A ticket in any line. Nearly always the first of one, so those are looked at before all the others.</summary>
    public static Ticket? FindWaiting(this QueueState state, TicketNumber number)
    {
        foreach (var (_, line) in state.Waiting)
        {
            if (line.First is { } first && first.Number == number)
            {
                return first;
            }
        }

        foreach (var (_, line) in state.Direct)
        {
            if (line.Find(number) is { } found)
            {
                return found;
            }
        }

        foreach (var (_, line) in state.Waiting)
        {
            if (line.Find(number) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Changes every living ticket, and those that an undo would bring back. What places a ticket in its line stays as it is.</summary>
    public static QueueState Each(this QueueState state, Func<Ticket, Ticket> change)
    {
        var cap = state.Plan.OvertakingCap;
        return state with
        {
            Waiting = state.Waiting.SetItems(state.Waiting.Select(line => KeyValuePair.Create(line.Key, WaitingLine.Of(line.Value.InArrival.Select(change), cap)))),
            Direct = state.Direct.SetItems(state.Direct.Select(line => KeyValuePair.Create(line.Key, WaitingLine.Of(line.Value.InArrival.Select(change), cap)))),
            AtCounters = state.AtCounters.SetItems(state.AtCounters.Select(at => KeyValuePair.Create(at.Key, change(at.Value)))),
            Aside = state.Aside.SetItems(state.Aside.Select(aside => KeyValuePair.Create(aside.Key, change(aside.Value)))),
            Undo = state.Undo.SetItems(state.Undo.Select(undo => KeyValuePair.Create(undo.Key, undo.Value with { Before = change(undo.Value.Before) }))),
        };
    }

    /// <summary>The counter that a ticket is at, if it is at one.</summary>
    public static CounterId? CounterOf(this QueueState state, TicketNumber number)
    {
        foreach (var (counter, ticket) in state.AtCounters)
        {
            if (ticket.Number == number)
            {
                return counter;
            }
        }

        return null;
    }

    /// <summary>Changes the counts of the day, and those of the boot where the ticket may belong to another day.</summary>
    public static QueueState Count(this QueueState state, Ticket ticket, Func<DayTally, DayTally> change) => state with
    {
        Tally = change(state.Tally),
        Boot = state.Boot.IsUnsure(ticket) ? state.Boot with { Unsure = change(state.Boot.Unsure) } : state.Boot,
    };
}
