using System.Diagnostics;

namespace MotCua.Edge.Queue;

/// <summary>
/// What a clerk may take back: a finish, a miss, a parking, a transfer, a cancellation, as long as the counter still stands as that action left it and nobody else has
/// touched the ticket since. Never a call: the hall has heard it and someone is walking. Never after a rating: the citizen has seen the end.
/// </summary>
internal static class UndoRules
{
    public static Decision Undo(Moment moment, CounterId id)
    {
        if (!moment.Plan.Counters.ContainsKey(id))
        {
            return Refusals.UnknownCounter(id);
        }

        if (!moment.State.Undo.TryGetValue(id, out var last))
        {
            return Refusals.NothingToUndo;
        }

        // At the window's very end it still works; a clock that was set back since proves nothing, so it does not.
        if (moment.Now < last.At || moment.Now - last.At > moment.Timing.UndoWindow)
        {
            return Refusals.UndoTooLate;
        }

        return !last.Touched && IsSafe(moment.State, id, last)
            ? Moment.One(new ActionUndone(moment.Today, last.Before.Number, id, last.Action, moment.Now))
            : Refusals.UndoUnsafe;
    }

    private static bool IsSafe(QueueState state, CounterId id, Undoable last)
    {
        var number = last.Before.Number;
        return last.Action switch
        {
            // A cancelled ticket is nowhere, so nobody else can have it.
            UndoableAction.Cancel => true,
            _ when state.AtCounters.ContainsKey(id) => false,
            UndoableAction.Finish => state.Ratings.Open.ContainsKey(number),
            UndoableAction.Miss => state.Aside.TryGetValue(number, out var missed) && missed.Stage == TicketStage.Missed,
            UndoableAction.Park => state.Aside.TryGetValue(number, out var parked) && parked.Stage == TicketStage.Parked,
            UndoableAction.Transfer => state.FindWaiting(number) is not null,
            _ => throw new UnreachableException(last.Action.ToString()),
        };
    }
}
