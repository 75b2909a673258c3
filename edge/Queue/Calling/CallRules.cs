using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Calling: the next, a chosen one, the same again.</summary>
internal static class CallRules
{
    public static Decision Next(Moment moment, CounterId id)
    {
        if (CannotCall(moment, id, out var counter) is { } refused)
        {
            return refused;
        }

        var events = ImmutableArray.CreateBuilder<QueueEvent>(2);
        if (moment.State.AtCounters.TryGetValue(id, out var current))
        {
            if (JustCalled(moment, current))
            {
                return Refusals.PressedTwice(current.Number);
            }

            events.Add(LifeRules.EndOf(moment, id, current));
        }

        if (CallFor(moment, counter!) is { } called)
        {
            events.Add(called);
        }

        return events.Count > 0 ? new Decided(events.DrainToImmutable()) : Refusals.NobodyWaiting;
    }

    public static Decision Chosen(Moment moment, CallChosen command)
    {
        if (CannotCall(moment, command.Counter, out var counter) is { } refused)
        {
            return refused;
        }

        if (moment.State.CounterOf(command.Number) is { } elsewhere)
        {
            return Refusals.AtCounter(command.Number, elsewhere);
        }

        if (!moment.State.Aside.TryGetValue(command.Number, out var ticket))
        {
            ticket = moment.State.FindWaiting(command.Number);
        }
        else if (!LifeRules.MayReturn(moment, ticket))
        {
            return Refusals.ReturnTooLate(command.Number);
        }

        if (ticket is null)
        {
            return Refusals.UnknownTicket(command.Number);
        }

        if (!counter!.Services.Contains(ticket.Service) && ticket.Direct != counter.Id)
        {
            return Refusals.ServiceNotTaken(counter.Id);
        }

        if (!moment.State.AtCounters.TryGetValue(counter.Id, out var current))
        {
            return Moment.One(Call(moment, counter, ticket, command.Why));
        }

        return JustCalled(moment, current)
            ? Refusals.PressedTwice(current.Number)
            : new Decided([LifeRules.EndOf(moment, counter.Id, current), Call(moment, counter, ticket, command.Why)]);
    }

    public static Decision Recall(Moment moment, CounterId id) => LifeRules.AtCounter(moment, id, ticket => ticket.Stage == TicketStage.Serving
        ? Refusals.AlreadyServing(ticket.Number)
        : Moment.One(new TicketRecalled(moment.Today, ticket.Number, id, ticket.Calls + 1, moment.Now)));

    /// <summary>The call of the counter's next ticket; null when nobody waits for it.</summary>
    public static TicketCalled? CallFor(Moment moment, Counter counter) =>
        NextTicket.For(moment, counter) is { } next ? Call(moment, counter, next, null) : null;

    public static Refused? CannotCall(Moment moment, CounterId id, out Counter? counter)
    {
        if (!moment.Plan.Counters.TryGetValue(id, out counter))
        {
            return Refusals.UnknownCounter(id);
        }

        if (moment.State.CentrePause is { } centre)
        {
            return Refusals.CentrePaused(centre);
        }

        return moment.State.PausedCounters.TryGetValue(id, out var pause) ? Refusals.CounterPaused(id, pause) : null;
    }

    /// <summary>So lately that a second press can only mean the same one: a finger that bounces, or two pages of one counter.</summary>
    public static bool JustCalled(Moment moment, Ticket current) =>
        current is { Stage: TicketStage.Called, Calls: 1, CalledAt: { } at } && moment.IsWithin(at, moment.Timing.Guard);

    private static TicketCalled Call(Moment moment, Counter counter, Ticket ticket, Reason? chosen)
    {
        var grounds = NextTicket.GroundsFor(moment.State, counter, ticket, chosen);
        return new TicketCalled(moment.Today, ticket.Number, counter.Id, Explanation.Of(moment.State, ticket, grounds, counter.Id), moment.Now, grounds);
    }
}
