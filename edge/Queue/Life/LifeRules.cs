namespace MotCua.Edge.Queue;

/// <summary>The life of a ticket after its call: served, missed, parked, back again, given up.</summary>
internal static class LifeRules
{
    public static Decision Finish(Moment moment, CounterId id) =>
        AtCounter(moment, id, ticket => Moment.One(new TicketDone(moment.Today, ticket.Number, id, Inferred: false, moment.Now)));

    public static Decision StartServing(Moment moment, CounterId id) => AtCounter(moment, id, ticket => ticket.Stage == TicketStage.Serving
        ? Refusals.AlreadyServing(ticket.Number)
        : Moment.One(new ServingStarted(moment.Today, ticket.Number, id, moment.Now)));

    public static Decision Miss(Moment moment, CounterId id) => AtCounter(moment, id, ticket => ticket switch
    {
        { Stage: TicketStage.Serving } => Refusals.AlreadyServing(ticket.Number),
        _ when !CalledEnough(moment, ticket) => Refusals.NotCalledEnough(moment.Timing),
        _ => Moment.One(Missed(moment, id, ticket, inferred: false)),
    });

    public static Decision Park(Moment moment, ParkTicket park) =>
        AtCounter(moment, park.Counter, ticket => Moment.One(new TicketParked(moment.Today, ticket.Number, park.Counter, park.Why, moment.Now)));

    public static Decision Return(Moment moment, TicketNumber number)
    {
        if (!moment.State.Aside.TryGetValue(number, out var ticket))
        {
            return Refusals.NotAside(number);
        }

        if (DayRules.IsClosed(moment))
        {
            return Refusals.DayIsClosed;
        }

        return MayReturn(moment, ticket) ? Moment.One(new TicketReturned(moment.Today, number, moment.Now)) : Refusals.ReturnTooLate(number);
    }

    public static Decision Cancel(Moment moment, CancelTicket cancel)
    {
        if (cancel.By is { } by && !moment.Plan.Counters.ContainsKey(by))
        {
            return Refusals.UnknownCounter(by);
        }

        if (moment.State.CounterOf(cancel.Number) is { } counter)
        {
            return Refusals.AtCounter(cancel.Number, counter);
        }

        return moment.State.Aside.ContainsKey(cancel.Number) || moment.State.FindWaiting(cancel.Number) is not null
            ? Moment.One(new TicketCancelled(moment.Today, cancel.Number, cancel.Why, cancel.By, moment.Now))
            : Refusals.UnknownTicket(cancel.Number);
    }

    /// <summary>How the ticket at a counter ends when another is called there: nobody said whether it was served, so that is concluded, and said to be.</summary>
    public static QueueEvent EndOf(Moment moment, CounterId counter, Ticket ticket) => ticket.Stage == TicketStage.Called && CalledEnough(moment, ticket)
        ? Missed(moment, counter, ticket, inferred: true)
        : new TicketDone(moment.Today, ticket.Number, counter, Inferred: ticket.Stage == TicketStage.Called, moment.Now);

    /// <summary>Still within its return window. Without the time nobody's window ends.</summary>
    public static bool MayReturn(Moment moment, Ticket aside) => !moment.ClockTrusted || aside.ReturnUntil is not { } until || moment.Now <= until;

    public static Decision AtCounter(Moment moment, CounterId id, Func<Ticket, Decision> decide)
    {
        if (!moment.Plan.Counters.ContainsKey(id))
        {
            return Refusals.UnknownCounter(id);
        }

        return moment.State.AtCounters.TryGetValue(id, out var ticket) ? decide(ticket) : Refusals.CounterEmpty(id);
    }

    private static bool CalledEnough(Moment moment, Ticket ticket) =>
        ticket.Calls >= moment.Timing.CallsBeforeMissed && ticket.CalledAt is { } at && moment.IsPast(at, moment.Timing.MissedAfter);

    private static TicketMissed Missed(Moment moment, CounterId counter, Ticket ticket, bool inferred) => new(
        moment.Today, ticket.Number, counter, moment.ClockTrusted ? moment.Now + moment.Timing.ReturnWindow : null, inferred, moment.Now);
}
