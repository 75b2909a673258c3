using System.Collections.Immutable;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.Loop;

/// <summary>Makes the view of the boards from what is durable and hands it to each pump; the newest wins.</summary>
public sealed class BoardFeed(ImmutableArray<BoardPump> pumps) : ICommitSink, ISpeechStage
{
    private const string Paused = "TẠM NGỪNG PHỤC VỤ";

    private readonly Lock gate = new();
    private (CentreState State, long Version)? newest;
    private CallId? spoken;
    private CallFlash? flash;

    /// <param name="spoken">The call that is being spoken now, which stands first: a sign with room for one must not show a later one meanwhile.</param>
    public static BoardView ViewOf(CentreState state, long version, CallId? spoken = null)
    {
        // A call that is older than those kept is still shown; it only answers to nobody.
        var calls = state.Queue.AtCounters
            .OrderByDescending(c => c.Value.CalledAt)
            .Select(c => new BoardCall(
                new CallId(state.Calls.LastOrDefault(call => call.Counter == c.Key && call.Ticket == c.Value.Number)?.Seq ?? 0), c.Value.Number.ToString(), c.Key.Value));
        // Who is at a counter already stays on the boards; a notice takes the place of calls only when there are none.
        var notice = state.Queue.CentrePause is null ? null : Paused;
        var told = spoken is { } now && Standing(state, now) is { } call ? call : null;
        var ordered = told is null ? calls : calls.OrderByDescending(c => c.Counter == told.Counter.Value);
        return new BoardView(version, [.. ordered], state.Queue.WaitingCount, state.Queue.AtCounters.IsEmpty ? notice : null) { Spoken = told is null ? null : spoken };
    }

    /// <inheritdoc/>
    public bool Stands(CallId call)
    {
        lock (gate)
        {
            // Calls that the state no longer knows are long over.
            return newest is not { } now || Standing(now.State, call) is not null;
        }
    }

    /// <inheritdoc/>
    public void Spotlight(CallId? call)
    {
        lock (gate)
        {
            if (spoken != call)
            {
                spoken = call;
                Post();
            }
        }
    }

    /// <summary>Has every board make people look at the call once more, in place of a voice that nobody heard.</summary>
    public void Flash(CallId call)
    {
        lock (gate)
        {
            if (newest is { } now && Standing(now.State, call) is { } still)
            {
                // The boards know the newest call of a ticket, which may be a repeat of this one.
                var shown = now.State.Calls.Last(c => c.Counter == still.Counter && c.Ticket == still.Ticket);
                flash = new CallFlash(new CallId(shown.Seq), (flash?.Round ?? 0) + 1);
                Post();
            }
        }
    }

    public void Accept(Committed committed) => Show(committed.State, committed.Mark.Seq);

    /// <summary>Redraws every board, as after a start.</summary>
    public void Show(CentreState state, long version)
    {
        lock (gate)
        {
            newest = (state, version);
            Post();
        }
    }

    private void Post()
    {
        if (newest is not { } now)
        {
            return;
        }

        var view = ViewOf(now.State, now.Version, spoken) with { Flash = flash };
        foreach (var pump in pumps)
        {
            pump.Post(view);
        }
    }

    private static RecentCall? Standing(CentreState state, CallId call) =>
        state.Calls.FirstOrDefault(c => c.Seq == call.Seq) is { } found && state.Queue.AtCounters.TryGetValue(found.Counter, out var ticket) && ticket.Number == found.Ticket ? found : null;
}
