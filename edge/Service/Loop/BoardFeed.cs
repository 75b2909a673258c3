using System.Collections.Immutable;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>A board with the pump that keeps it at the newest view.</summary>
/// <param name="Counter">It hangs over that counter and shows its calls only; null: those of the whole hall.</param>
public sealed record HallBoard(BoardPump Pump, int? Counter);

/// <summary>Makes the view of the boards from what is durable and hands it to each pump; the newest wins.</summary>
public sealed class BoardFeed(ImmutableArray<HallBoard> boards) : ICommitSink
{
    private const string Paused = "TẠM NGỪNG PHỤC VỤ";

    public static BoardView ViewOf(CentreState state, long version)
    {
        // A call that is older than those kept is still shown; it only answers to nobody.
        var calls = state.Queue.AtCounters
            .OrderByDescending(c => c.Value.CalledAt)
            .Select(c => new BoardCall(
                new CallId(state.Calls.LastOrDefault(call => call.Counter == c.Key && call.Ticket == c.Value.Number)?.Seq ?? 0), c.Value.Number.ToString(), c.Key.Value));
        // Who is at a counter already stays on the boards; a notice takes the place of calls only when there are none.
        var notice = state.Queue.CentrePause is null ? null : Paused;
        return new BoardView(version, [.. calls], state.Queue.WaitingCount, state.Queue.AtCounters.IsEmpty ? notice : null);
    }

    public void Accept(Committed committed) => Show(committed.State, committed.Mark.Seq);

    /// <summary>Redraws every board, as after a start.</summary>
    public void Show(CentreState state, long version)
    {
        var hall = ViewOf(state, version);
        foreach (var board in boards)
        {
            board.Pump.Post(board.Counter is { } counter ? Over(counter, hall, state.Queue) : hall);
        }
    }

    /// <summary>A counter that pauses says so on its own sign, also while others go on.</summary>
    private static BoardView Over(int counter, BoardView hall, QueueState queue)
    {
        var view = hall.ForCounter(counter);
        var paused = queue.CentrePause is not null || queue.PausedCounters.ContainsKey(new CounterId(counter));
        return view with { Notice = view.Calls.IsEmpty && paused ? Paused : null };
    }
}
