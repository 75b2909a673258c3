namespace MotCua.Edge.Queue;

internal static class CareFold
{
    public static QueueState Taken(QueueState state, HelpTaken taken) => state.Help.TryGetValue(taken.Place, out var ask)
        ? state with { Help = state.Help.SetItem(taken.Place, ask with { TakenBy = taken.Member, TakenAt = taken.At }) }
        : state;

    public static QueueState Reprinted(QueueState state, TicketReprinted reprinted)
    {
        if (state.CounterOf(reprinted.Number) is { } counter)
        {
            return state with { AtCounters = state.AtCounters.SetItem(counter, state.AtCounters[counter] with { Prints = reprinted.Copy }) };
        }

        if (state.Aside.TryGetValue(reprinted.Number, out var aside))
        {
            return state with { Aside = state.Aside.SetItem(aside.Number, aside with { Prints = reprinted.Copy }) };
        }

        return state.FindWaiting(reprinted.Number) is { } waiting ? state.Leave(waiting).Join(waiting with { Prints = reprinted.Copy }) : state;
    }
}
