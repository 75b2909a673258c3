namespace MotCua.Edge.Queue;

/// <summary>Sending the ticket at a counter elsewhere; it keeps its number and its arrival.</summary>
internal static class TransferRules
{
    public static Decision ToService(Moment moment, TransferToService send) => LifeRules.AtCounter(moment, send.Counter, ticket =>
    {
        if (!moment.Plan.Services.TryGetValue(send.Service, out var service))
        {
            return Refusals.UnknownService;
        }

        if (ticket.Service == send.Service)
        {
            return Refusals.SameService;
        }

        if (moment.State.PausedServices.TryGetValue(send.Service, out var pause))
        {
            return Refusals.ServicePaused(service, pause);
        }

        return moment.Plan.Counters.Values.Any(counter => counter.Services.Contains(send.Service))
            ? Moment.One(new TicketTransferred(moment.Today, ticket.Number, send.Counter, send.Service, null, send.Why, moment.Now))
            : Refusals.NoCounterFor(service);
    });

    public static Decision ToCounter(Moment moment, TransferToCounter send) => LifeRules.AtCounter(moment, send.Counter, ticket =>
    {
        if (send.To == send.Counter)
        {
            return Refusals.SameCounter;
        }

        if (!moment.Plan.Counters.ContainsKey(send.To))
        {
            return Refusals.UnknownCounter(send.To);
        }

        return moment.State.PausedCounters.TryGetValue(send.To, out var pause)
            ? Refusals.CounterPaused(send.To, pause)
            : Moment.One(new TicketTransferred(moment.Today, ticket.Number, send.Counter, ticket.Service, send.To, send.Why, moment.Now));
    });
}
