using System.Collections.Immutable;
using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Edge.Outlook;

/// <summary>Makes what a forecast looks at from the durable state.</summary>
internal static class SceneOf
{
    // A clerk who has not called anyone for this long though people wait is not there.
    private static readonly TimeSpan StillThere = TimeSpan.FromMinutes(5);

    private static readonly ImmutableArray<Session> AllDay = [new Session(TimeSpan.Zero, TimeSpan.FromHours(24))];

    /// <param name="lastActive">When each counter last called or ended someone today; one that is missing has no clerk yet.</param>
    /// <param name="most">Tickets looked at; who is further back hears nothing.</param>
    public static (ForecastScene Scene, IReadOnlyList<Ticket> Tickets) At(QueueState state, DateTimeOffset now, IReadOnlyDictionary<CounterId, DateTimeOffset> lastActive, int most)
    {
        var local = BusinessDate.Local(now);
        // Who was sent straight to a counter that keeps nobody now is called before the lines, in this order.
        var released = Reservation.Released(state, now).Where(t => !state.PausedServices.ContainsKey(t.Service)).Take(most).ToList();
        var line = state.Waiting.Where(line => !state.PausedServices.ContainsKey(line.Key)).SelectMany(line => line.Value.InTurn.Take(most))
            // Who came before the slot of an appointment waits of their own accord; a range for them would be wrong.
            .Where(t => state.Clock.WallOf(t.Came) <= now)
            .OrderByDescending(t => t.Overtaken >= state.Plan.OvertakingCap && t.Overtaken > 0).ThenBy(t => t.Effective).ThenBy(t => t.Arrival);
        List<Ticket> waiting = [.. released.Concat(line).Take(most)];
        var scene = new ForecastScene(
            local.TimeOfDay,
            SessionsOf(state.Plan, local.DayOfWeek),
            [.. state.Plan.Counters.Values.Where(counter => lastActive.ContainsKey(counter.Id) || state.AtCounters.ContainsKey(counter.Id)).Select(counter => CounterNow(state, counter, now, lastActive, released))],
            [.. waiting.Select(t => new SceneTicket(t.Arrival, t.Service, TimeOf(state.Clock.WallOf(t.Came)), t.Credit))]);
        return (scene, waiting);
    }

    /// <summary>Time of day on a wall in Viet Nam.</summary>
    public static TimeSpan TimeOf(DateTimeOffset moment) => BusinessDate.Local(moment).TimeOfDay;

    public static ImmutableArray<Session> SessionsOf(QueuePlan plan, DayOfWeek day)
    {
        var spans = plan.Hours.Where(span => span.Day == day).OrderBy(span => span.From).Select(span => new Session(span.From.ToTimeSpan(), span.To.ToTimeSpan())).ToImmutableArray();
        return spans.IsEmpty ? AllDay : spans;
    }

    private static SceneCounter CounterNow(QueueState state, Counter counter, DateTimeOffset now, IReadOnlyDictionary<CounterId, DateTimeOffset> lastActive, List<Ticket> released)
    {
        ImmutableArray<ServiceCode> services = [.. counter.Services.Where(service => !state.PausedServices.ContainsKey(service))];
        if (state.AtCounters.TryGetValue(counter.Id, out var ticket))
        {
            return new SceneCounter(counter.Id, services, CounterDoes.Serve, TimeOf(ticket.CalledAt ?? now), ticket.Service);
        }

        if ((state.PausedCounters.GetValueOrDefault(counter.Id) ?? state.CentrePause) is { } pause)
        {
            return new SceneCounter(counter.Id, services, CounterDoes.Away, TimeOf(pause.Since), null);
        }

        var since = lastActive.GetValueOrDefault(counter.Id, now);
        var people = services.Any(service => state.WaitingFor(service) > 0 || released.Exists(ticket => ticket.Service == service));
        return new SceneCounter(counter.Id, services, people && now - since > StillThere ? CounterDoes.Away : CounterDoes.Free, TimeOf(since), null);
    }
}
