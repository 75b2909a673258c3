namespace MotCua.Edge.Queue;

/// <summary>Two windows of one counter, or a window and the keys beside it, never do the same thing twice: who saw something else than what holds is told so.</summary>
internal static class SightRules
{
    /// <returns>Null when the counter stands as it was seen.</returns>
    public static Refused? Check(QueueState state, AsSeen asked)
    {
        if (CounterSight.Of(state, asked.Counter) == asked.Sight)
        {
            return null;
        }

        return state.AtCounters.TryGetValue(asked.Counter, out var ticket) && ticket is { Stage: TicketStage.Called, Calls: 1 }
            ? Refusals.CalledElsewhere(ticket.Number)
            : Refusals.ChangedElsewhere;
    }
}
