using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Days open and close.</summary>
/// <remarks>
/// A box without a clock battery gives the morning's first tickets on yesterday's date, since that is all it knows. When the clock is trusted at last, or a clerk opens the
/// day, those tickets are this morning's: <b>every ticket issued in this boot while the clock was not trusted moves to the new day</b>, with its number, and the
/// numbers go on from there; only what is older expires. Once the clock is trusted the day is confirmed, so that the next date finds nothing left to move.
/// A power flicker makes two boots of a morning. The journal cannot tell it from a night, and a hall that loses its turns is worse than a line with some who went home
/// yesterday: <b>boots that follow each other without the clock ever being trusted or the day closed are one morning</b>. What an earlier one of them issued is carried too, and
/// stays <see cref="Ticket.Doubtful"/>: its call says so.
/// </remarks>
internal static class DayRules
{
    /// <summary>What opens the day of this moment, if it is not open, or confirms it: leftovers expire, each by its own event. Empty when nothing changes.</summary>
    public static ImmutableArray<QueueEvent> Turn(Moment moment, bool byClerk)
    {
        var state = moment.State;
        if (IsAnother(moment))
        {
            return Opening(moment, BusinessDate.Of(moment.Now, state.Date, moment.ClockTrusted), byClerk, carries: IsUnsettled(state));
        }

        return moment.ClockTrusted && IsUnsettled(state) ? [new DayConfirmed(moment.Today, moment.Now)] : [];
    }

    /// <summary>The open day is not that of this moment.</summary>
    public static bool IsAnother(Moment moment) => BusinessDate.Of(moment.Now, moment.State.Date, moment.ClockTrusted) != moment.State.Date;

    /// <summary>Some tickets of this boot, or of those that it carries on, may turn out to be of a later day.</summary>
    public static bool IsUnsettled(QueueState state) => state.Boot.Unsure.Issued > 0;

    public static Decision Open(Moment moment)
    {
        var state = moment.State;
        if (IsAnother(moment))
        {
            return new Decided(Turn(moment, byClerk: true));
        }

        // Without the time, a clerk's word makes it the next day; but not twice in one morning.
        var newDay = !moment.ClockTrusted && !(state.Boot.OpenedByClerk is { } last && moment.IsWithin(last, moment.Timing.ShortestDay));
        if (newDay)
        {
            var firstOfBoot = state.Boot is { OpenedByClerk: null, Closed: false, Named: false };
            return new Decided(Opening(moment, moment.Today.AddDays(1), byClerk: true, carries: firstOfBoot && IsUnsettled(state)));
        }

        return state.Closed ? Moment.One(new DayReopened(moment.Today, moment.Now)) : Refusals.DayIsOpen;
    }

    // Tickets at counters stay: someone is being served, and the clerk says how it ends. What is still there at the next opening expires then.
    public static Decision Close(Moment moment)
    {
        var state = moment.State;
        if (state.Date is not { } date || state.Closed)
        {
            return Refusals.DayAlreadyClosed;
        }

        var leftovers = Leftovers(state.Aside.Values, state, _ => true).Select(QueueEvent (ticket) => new TicketExpired(date, ticket.Number, moment.Now));
        return new Decided([.. leftovers, new DayClosed(date, moment.Now)]);
    }

    /// <summary>Closed for new tickets. A closing before this boot refuses nobody while the clock is not trusted: it may have been yesterday's.</summary>
    public static bool IsClosed(Moment moment) => moment.State.Closed && (moment.ClockTrusted || moment.State.Boot.Closed);

    private static ImmutableArray<QueueEvent> Opening(Moment moment, DateOnly date, bool byClerk, bool carries)
    {
        var state = moment.State;
        var leftovers = Leftovers(state.AtCounters.Values.Concat(state.Aside.Values), state, ticket => !(carries && state.Boot.IsUnsure(ticket)));
        return
        [
            .. leftovers.Select(QueueEvent (ticket) => new TicketExpired(state.Date!.Value, ticket.Number, moment.Now)),
            new DayOpened(date, byClerk, carries, moment.Now),
            .. carries && moment.ClockTrusted ? [new DayConfirmed(date, moment.Now)] : ImmutableArray<QueueEvent>.Empty,
        ];
    }

    // A missed ticket has had its end. Lines go in the order of calls, so that each is the first of its line when the event is applied.
    private static IEnumerable<Ticket> Leftovers(IEnumerable<Ticket> outside, QueueState state, Func<Ticket, bool> expires) => outside
        .Where(ticket => ticket.Stage != TicketStage.Missed).OrderBy(ticket => ticket.Arrival)
        .Concat(state.Waiting.Values.Concat(state.Direct.Values).SelectMany(line => line.InTurn))
        .Where(expires);
}
