using System.Diagnostics;

namespace MotCua.Edge.Queue;

internal static class UndoFold
{
    public static QueueState Undone(QueueState state, ActionUndone undone)
    {
        if (!state.Undo.TryGetValue(undone.Counter, out var last))
        {
            return state;
        }

        var before = last.Before;
        var inferred = last.Inferred ? 1 : 0;
        state = state with { Undo = state.Undo.Remove(undone.Counter) };
        return last.Action switch
        {
            UndoableAction.Finish => Back(state.Count(before, tally => tally with { Done = tally.Done - 1, Inferred = tally.Inferred - inferred })) with
            {
                Ratings = state.Ratings.Lock(before.Number),
            },
            UndoableAction.Miss => Back(state.Count(before, tally => tally with { Missed = tally.Missed - 1 })) with { Aside = state.Aside.Remove(before.Number) },
            UndoableAction.Park => Back(state) with { Aside = state.Aside.Remove(before.Number) },
            // Whoever overtook it in the meantime still counts.
            UndoableAction.Transfer when state.FindWaiting(before.Number) is { } sent => state.Leave(sent) with
            {
                AtCounters = state.AtCounters.SetItem(undone.Counter, before with { Overtaken = sent.Overtaken, Prints = sent.Prints }),
            },
            UndoableAction.Transfer => state,
            UndoableAction.Cancel => Uncancel(state.Count(before, tally => tally with { Cancelled = tally.Cancelled - 1 }), before),
            _ => throw new UnreachableException(last.Action.ToString()),
        };

        QueueState Back(QueueState freed) => freed with { AtCounters = freed.AtCounters.SetItem(undone.Counter, before) };
    }

    /// <summary>After a ticket was called, came back or was cancelled: whoever could have taken back an action on it no longer can.</summary>
    public static QueueState Touch(this QueueState state, TicketNumber number)
    {
        foreach (var (counter, last) in state.Undo)
        {
            if (last.Before.Number == number && !last.Touched)
            {
                state = state with { Undo = state.Undo.SetItem(counter, last with { Touched = true }) };
            }
        }

        return state;
    }

    private static QueueState Uncancel(QueueState state, Ticket before) => before.Stage switch
    {
        TicketStage.Waiting => state.Join(before),
        TicketStage.Missed => state.Count(before, tally => tally with { Missed = tally.Missed + 1 }) with { Aside = state.Aside.SetItem(before.Number, before) },
        _ => state with { Aside = state.Aside.SetItem(before.Number, before) },
    };
}
