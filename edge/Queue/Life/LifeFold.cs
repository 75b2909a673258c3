namespace MotCua.Edge.Queue;

internal static class LifeFold
{
    public static QueueState Serving(QueueState state, ServingStarted started) => state.AtCounters.TryGetValue(started.Counter, out var ticket)
        ? state with { AtCounters = state.AtCounters.SetItem(started.Counter, ticket with { Stage = TicketStage.Serving }) }
        : state;

    public static QueueState Done(QueueState state, TicketDone done)
    {
        if (!state.AtCounters.TryGetValue(done.Counter, out var ticket))
        {
            return state;
        }

        var inferred = done.Inferred ? 1 : 0;
        return Freed(state, done.Counter, new Undoable(UndoableAction.Finish, ticket, done.Inferred, done.At))
            .Count(ticket, tally => tally with { Done = tally.Done + 1, Inferred = tally.Inferred + inferred }) with
        {
            Ratings = state.Ratings.Unlock(done.Number, done.Counter),
        };
    }

    public static QueueState Missed(QueueState state, TicketMissed missed)
    {
        if (!state.AtCounters.TryGetValue(missed.Counter, out var ticket))
        {
            return state;
        }

        var aside = ticket with { Stage = TicketStage.Missed, ReturnUntil = missed.ReturnUntil };
        return Freed(state, missed.Counter, new Undoable(UndoableAction.Miss, ticket, missed.Inferred, missed.At))
            .Count(ticket, tally => tally with { Missed = tally.Missed + 1 }) with
        {
            Aside = state.Aside.SetItem(ticket.Number, aside),
        };
    }

    public static QueueState Parked(QueueState state, TicketParked parked) => state.AtCounters.TryGetValue(parked.Counter, out var ticket)
        ? Freed(state, parked.Counter, new Undoable(UndoableAction.Park, ticket, false, parked.At)) with
        {
            Aside = state.Aside.SetItem(ticket.Number, ticket with { Stage = TicketStage.Parked, Because = parked.Why }),
        }
        : state;

    public static QueueState Returned(QueueState state, TicketReturned returned)
    {
        if (!state.Aside.TryGetValue(returned.Number, out var ticket))
        {
            return state;
        }

        var back = state.Touch(ticket.Number) with { Aside = state.Aside.Remove(returned.Number) };
        return (ticket.Stage == TicketStage.Missed ? back.Count(ticket, tally => tally with { Missed = tally.Missed - 1 }) : back)
            .Join(ticket with { Stage = TicketStage.Waiting, Calls = 0, CalledAt = null, Returned = true, ReturnUntil = null });
    }

    public static QueueState Transferred(QueueState state, TicketTransferred sent) => state.AtCounters.TryGetValue(sent.From, out var ticket)
        ? Freed(state, sent.From, new Undoable(UndoableAction.Transfer, ticket, false, sent.At))
            .Join(ticket with { Stage = TicketStage.Waiting, Service = sent.Service, Direct = sent.To, Calls = 0, CalledAt = null, Because = sent.Why })
        : state;

    public static QueueState Cancelled(QueueState state, TicketCancelled cancelled)
    {
        Ticket ticket;
        if (state.Aside.TryGetValue(cancelled.Number, out var aside))
        {
            ticket = aside;
            state = state with { Aside = state.Aside.Remove(cancelled.Number) };
            state = aside.Stage == TicketStage.Missed ? state.Count(aside, tally => tally with { Missed = tally.Missed - 1 }) : state;
        }
        else if (state.FindWaiting(cancelled.Number) is { } waiting)
        {
            ticket = waiting;
            state = state.Leave(waiting);
        }
        else
        {
            return state;
        }

        state = state.Touch(ticket.Number);
        return state.Count(ticket, tally => tally with { Cancelled = tally.Cancelled + 1 }) with
        {
            Undo = cancelled.By is { } counter ? state.Undo.SetItem(counter, new Undoable(UndoableAction.Cancel, ticket, false, cancelled.At)) : state.Undo,
        };
    }

    private static QueueState Freed(QueueState state, CounterId counter, Undoable undoable) => state with
    {
        AtCounters = state.AtCounters.Remove(counter),
        Undo = state.Undo.SetItem(counter, undoable),
    };
}
