namespace MotCua.Edge.Queue;

/// <summary>Pauses. A paused counter calls nobody; a paused service gives no numbers and none of it is called next; a paused centre does neither. Tickets at counters can always be ended.</summary>
internal static class PauseRules
{
    public static Decision Pause(Moment moment, PauseCounter pause)
    {
        if (!moment.Plan.Counters.ContainsKey(pause.Counter))
        {
            return Refusals.UnknownCounter(pause.Counter);
        }

        return moment.State.PausedCounters.TryGetValue(pause.Counter, out var before)
            ? Refusals.AlreadyPaused(before)
            : Moment.One(new CounterPaused(moment.Today, pause.Counter, pause.Why, moment.Now));
    }

    // Not asked of the plan: what was paused once can be resumed whatever the plan says today.
    public static Decision Resume(Moment moment, CounterId counter) => moment.State.PausedCounters.ContainsKey(counter)
        ? Moment.One(new CounterResumed(moment.Today, counter, moment.Now))
        : Refusals.NotPaused;

    public static Decision Pause(Moment moment, PauseService pause)
    {
        if (!moment.Plan.Services.ContainsKey(pause.Service))
        {
            return Refusals.UnknownService;
        }

        return moment.State.PausedServices.TryGetValue(pause.Service, out var before)
            ? Refusals.AlreadyPaused(before)
            : Moment.One(new ServicePaused(moment.Today, pause.Service, pause.Why, moment.Now));
    }

    public static Decision Resume(Moment moment, ServiceCode service) => moment.State.PausedServices.ContainsKey(service)
        ? Moment.One(new ServiceResumed(moment.Today, service, moment.Now))
        : Refusals.NotPaused;

    public static Decision PauseCentre(Moment moment, Reason why) => moment.State.CentrePause is { } before
        ? Refusals.AlreadyPaused(before)
        : Moment.One(new CentrePaused(moment.Today, why, moment.Now));

    public static Decision ResumeCentre(Moment moment) => moment.State.CentrePause is not null
        ? Moment.One(new CentreResumed(moment.Today, moment.Now))
        : Refusals.NotPaused;
}
