using System.Collections.Immutable;
using MotCua.Edge.Devices.Boards;

namespace MotCua.Edge.Loop;

/// <summary>Makes the view of the boards from what is durable and hands it to each pump; the newest wins.</summary>
public sealed class BoardFeed(ImmutableArray<BoardPump> pumps, TimeProvider time) : ICommitSink, IDisposable
{
    /// <summary>How long a number that was given without paper stands on the boards: to read it twice and write it down.</summary>
    public static readonly TimeSpan ToldFor = TimeSpan.FromSeconds(20);

    private const string Paused = "TẠM NGỪNG PHỤC VỤ";

    private readonly Lock gate = new();
    private ITimer? forget;
    private string? told;
    private (CentreState State, long Version)? shown;

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
        lock (gate)
        {
            shown = (state, version);
            Post(ViewOf(state, version) with { Told = told });
        }
    }

    /// <summary>Shows a number that was given without paper for a while; a newer one takes its place. Any thread.</summary>
    public void Tell(string number) => Tell(number, ToldFor);

    public void Dispose() => forget?.Dispose();

    private void Tell(string? number, TimeSpan lasts)
    {
        lock (gate)
        {
            told = number;
            forget?.Dispose();
            forget = number is null ? null : time.CreateTimer(_ => Tell(null, Timeout.InfiniteTimeSpan), null, lasts, Timeout.InfiniteTimeSpan);
            if (shown is var (state, version))
            {
                Post(ViewOf(state, version) with { Told = told });
            }
        }
    }

    private void Post(BoardView view)
    {
        foreach (var pump in pumps)
        {
            pump.Post(view);
        }
    }
}
