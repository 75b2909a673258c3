using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Which ticket a counter calls next, and why.</summary>
/// <remarks>
/// <code>
/// sent straight to this counter ─► sent to one that keeps nobody now ─► overtaken as often as the cap allows, the earliest arrival ─► the earliest effective arrival ─► nobody
/// </code>
/// A ticket counts one more whenever a later arrival is called in an ordinary way at a counter that could have served it. One that reached the cap moves before every
/// credit and is never overtaken again, as long as someone can serve it. A returned ticket, an appointment, a chosen one and a direct one go past others too; those calls
/// say so and are counted apart, so they use up nobody's cap.
/// </remarks>
internal static class NextTicket
{
    /// <returns>Null when nobody waits whom the counter may call.</returns>
    public static Ticket? For(Moment moment, Counter counter)
    {
        var state = moment.State;
        if (state.Direct.TryGetValue(counter.Id, out var direct) && direct.First is { } sent)
        {
            return sent;
        }

        if (Reservation.FirstFor(moment, counter) is { } released)
        {
            return released;
        }

        Ticket? next = null;
        foreach (var service in counter.Services)
        {
            if (!state.PausedServices.ContainsKey(service) && state.Waiting.TryGetValue(service, out var line) && line.First is { } first && (next is null || line.GoesBefore(first, next)))
            {
                next = first;
            }
        }

        return next;
    }

    /// <param name="chosen">The clerk's reason for a chosen call; null when it is the counter's next.</param>
    public static CallGrounds GroundsFor(QueueState state, Counter counter, Ticket ticket, Reason? chosen)
    {
        var kind = KindOf(state, ticket, chosen is not null);
        var (passed, over) = (0, ImmutableArray<ServiceCode>.Empty);
        foreach (var service in counter.Services)
        {
            if (!state.PausedServices.ContainsKey(service) && state.Waiting.TryGetValue(service, out var line) && line.EarlierThan(ticket) is var earlier and > 0)
            {
                passed += earlier;
                over = over.Add(service);
            }
        }

        var ordinary = kind is CallKind.InOrder or CallKind.Due;
        return new CallGrounds(kind == CallKind.InOrder && passed > 0 ? CallKind.Priority : kind, ticket.Priority, passed, ordinary ? over : [], chosen ?? (kind == CallKind.Direct ? ticket.Because : null));
    }

    private static CallKind KindOf(QueueState state, Ticket ticket, bool chosen) => ticket switch
    {
        _ when chosen => CallKind.Chosen,
        { Direct: not null } => CallKind.Direct,
        { Returned: true } => CallKind.Returned,
        { Slot: not null } => CallKind.Appointment,
        _ when ticket.Overtaken > 0 && ticket.Overtaken >= state.Plan.OvertakingCap => CallKind.Due,
        _ => CallKind.InOrder,
    };
}
