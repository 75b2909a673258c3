namespace MotCua.Edge.Queue;

internal static class CallFold
{
    public static QueueState Called(QueueState state, TicketCalled called)
    {
        if (state.Aside.TryGetValue(called.Number, out var aside))
        {
            return AtCounter(
                aside.Stage == TicketStage.Missed ? state.Count(aside, tally => tally with { Missed = tally.Missed - 1 }) with { Aside = state.Aside.Remove(called.Number) }
                    : state with { Aside = state.Aside.Remove(called.Number) },
                aside, called);
        }

        if (state.FindWaiting(called.Number) is not { } ticket)
        {
            return state;
        }

        var left = state.Leave(ticket);
        foreach (var service in called.Grounds?.Over ?? [])
        {
            left = left with { Waiting = left.Waiting.SetItem(service, left.LineOf(service).Overtake(ticket)) };
        }

        return AtCounter(left, ticket, called);
    }

    public static QueueState Recalled(QueueState state, TicketRecalled recalled) => state.AtCounters.TryGetValue(recalled.Counter, out var ticket)
        ? state with { AtCounters = state.AtCounters.SetItem(recalled.Counter, ticket with { Calls = recalled.Call, CalledAt = recalled.At }) }
        : state;

    private static QueueState AtCounter(QueueState state, Ticket ticket, TicketCalled called)
    {
        var here = ticket with { Stage = TicketStage.Called, Calls = 1, CalledAt = called.At, Direct = null, Returned = false, ReturnUntil = null, Because = null };
        state = state.Touch(ticket.Number);
        return state.Count(ticket, tally => tally with { Called = tally.Called + 1 }) with
        {
            AtCounters = state.AtCounters.SetItem(called.Counter, here),
            Undo = state.Undo.Remove(called.Counter),
        };
    }
}
