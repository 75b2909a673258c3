namespace MotCua.Edge.Queue;

/// <summary>How long a ticket that was sent straight to a counter is kept for it.</summary>
/// <remarks>
/// While the counter works, as long as it takes: the citizen was sent to that clerk. When it pauses, for <see cref="QueueTiming.DirectHold"/>; when the plan does not know it
/// any more, not at all. Then any counter that takes the ticket's service calls it, still before anyone else, as it was promised; so it is never stranded and needs no cap.
/// </remarks>
public static class Reservation
{
    /// <summary>Nobody is kept for this counter now.</summary>
    public static bool IsOver(QueueState state, CounterId to, DateTimeOffset now) => !state.Plan.Counters.ContainsKey(to)
        || (state.PausedCounters.TryGetValue(to, out var pause) && now >= pause.Since && now - pause.Since >= state.Plan.Timing.DirectHold);

    /// <summary>Everyone who was sent to a counter that keeps nobody now, in the order of calls.</summary>
    public static IEnumerable<Ticket> Released(QueueState state, DateTimeOffset now) => state.Direct
        .Where(line => line.Value.Count > 0 && IsOver(state, line.Key, now)).SelectMany(line => line.Value.InTurn)
        .OrderBy(ticket => ticket, Comparer<Ticket>.Create((a, b) => a == b ? 0 : state.DirectTo(a.Direct!.Value).GoesBefore(a, b) ? -1 : 1));

    /// <summary>The first of them whom the counter may call; null without one.</summary>
    internal static Ticket? FirstFor(Moment moment, Counter counter)
    {
        var state = moment.State;
        foreach (var (to, line) in state.Direct)
        {
            // Asked at every call and every few seconds, and nearly always answered here.
            if (line.Count > 0 && to != counter.Id && IsOver(state, to, moment.Now))
            {
                return Released(state, moment.Now).FirstOrDefault(ticket => counter.Services.Contains(ticket.Service) && !state.PausedServices.ContainsKey(ticket.Service));
            }
        }

        return null;
    }
}
