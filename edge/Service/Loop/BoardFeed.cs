using System.Collections.Immutable;
using MotCua.Edge.Devices.Boards;

namespace MotCua.Edge.Loop;

/// <summary>Makes the view of the boards from what is durable and hands it to each pump; the newest wins.</summary>
public sealed class BoardFeed(ImmutableArray<BoardPump> pumps) : ICommitSink
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
        var view = ViewOf(state, version);
        foreach (var pump in pumps)
        {
            pump.Post(view);
        }
    }
}
