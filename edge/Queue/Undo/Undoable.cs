namespace MotCua.Edge.Queue;

/// <summary>The last action of a counter, kept so that it can be taken back.</summary>
/// <param name="Before">The ticket as it was before.</param>
/// <param name="Inferred">Of a finish or a miss that followed from calling the next.</param>
/// <param name="Touched">Somebody else had the ticket since, or it moved on: nothing can be taken back any more.</param>
public sealed record Undoable(UndoableAction Action, Ticket Before, bool Inferred, DateTimeOffset At, bool Touched = false);
