using System.Collections.Immutable;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>A board with the pump that keeps it at the newest view.</summary>
/// <param name="Counter">It hangs over that counter and shows its calls only; null: those of the whole hall.</param>
public sealed record HallBoard(DeviceId Id, BoardPump Pump, int? Counter);

/// <summary>Makes the view of the boards from what is durable and hands it to each pump; the newest wins.</summary>
public sealed class BoardFeed(ImmutableArray<HallBoard> boards, TimeProvider time) : ICommitSink, ISpeechStage, IDisposable
{
    /// <summary>How long a number that was given without paper stands on the boards: to read it twice and write it down.</summary>
    public static readonly TimeSpan ToldFor = TimeSpan.FromSeconds(20);

    /// <summary>How long it stands at least when others wait for their turn: about as long as it is spoken.</summary>
    public static readonly TimeSpan ToldAtLeast = TimeSpan.FromSeconds(5);

    /// <summary>Numbers that wait for their turn. When more come, the one that has waited longest gives way: it was spoken first.</summary>
    public const int MostUntold = 4;

    private const string Paused = "TẠM NGỪNG PHỤC VỤ";

    private readonly Lock gate = new();
    private CallId? spoken;
    private CallFlash? flash;
    private ITimer? forget;
    private readonly Queue<string> untold = new();
    private string? told;
    private long toldAt;
    private long tellings;
    private (CentreState State, long Version)? live;
    private (HallBoard Board, Func<long, BoardView> Picture)? held;
    private BoardView? picture;
    private BoardView hall = BoardView.Empty;

    /// <summary>Raised with each newest view of the whole hall, for outputs that have no pump. Under the feed's lock: handlers return at once.</summary>
    public event Action<BoardView>? HallChanged;

    /// <summary>The newest view of the whole hall. From any thread.</summary>
    public BoardView Hall => Volatile.Read(ref hall);

    /// <summary>The board that is held shows its picture.</summary>
    public bool ShowsHeld
    {
        get
        {
            lock (gate)
            {
                return held is { } test && picture is not null && ReferenceEquals(test.Board.Pump.Shown, picture);
            }
        }
    }

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
        var first = spoken is { } now && Standing(state, now) is { } call ? call : null;
        var ordered = first is null ? calls : calls.OrderByDescending(c => c.Counter == first.Counter.Value);
        return new BoardView(version, [.. ordered], state.Queue.WaitingCount, state.Queue.AtCounters.IsEmpty ? notice : null) { Spoken = first is null ? null : spoken };
    }

    /// <inheritdoc/>
    public bool Stands(CallId call)
    {
        lock (gate)
        {
            // Calls that the state no longer knows are long over.
            return live is not { } now || Standing(now.State, call) is not null;
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
                Redraw();
            }
        }
    }

    /// <summary>Has every board make people look at the call once more, in place of a voice that nobody heard.</summary>
    /// <returns>False: its ticket is not at that counter any more.</returns>
    public bool Flash(CallId call)
    {
        lock (gate)
        {
            if (live is { } now && Standing(now.State, call) is { } still)
            {
                // The boards know the newest call of a ticket, which may be a repeat of this one.
                var shown = now.State.Calls.Last(c => c.Counter == still.Counter && c.Ticket == still.Ticket);
                flash = new CallFlash(new CallId(shown.Seq), (flash?.Round ?? 0) + 1);
                Redraw();
                return true;
            }

            return false;
        }
    }

    public void Accept(Committed committed)
    {
        lock (gate)
        {
            if (committed.Events.Any(e => e.Data is Protocols.Events.TicketCalled or Protocols.Events.TicketRecalled))
            {
                (held, picture) = (null, null); // A call goes before every picture.
            }

            Show(committed.State, committed.Mark.Seq);
        }
    }

    /// <summary>One board shows a picture in place of the live view, until it is let go or a call comes. From any thread.</summary>
    /// <param name="drawn">Gets the version of the live view.</param>
    public void Hold(DeviceId board, Func<long, BoardView> drawn)
    {
        lock (gate)
        {
            held = boards.FirstOrDefault(one => one.Id == board) is { } found ? (found, drawn) : null;
            Redraw();
        }
    }

    /// <summary>Every board is back at the live view.</summary>
    public void LetGo()
    {
        lock (gate)
        {
            (held, picture) = (null, null);
            Redraw();
        }
    }

    /// <summary>Redraws every board, as after a start.</summary>
    public void Show(CentreState state, long version)
    {
        lock (gate)
        {
            live = (state, version);
            var view = ViewOf(state, version, spoken) with { Told = told, Flash = flash };
            view = flash is { } unheard ? view with { Calls = WithinSight(view.Calls, unheard.Call) } : view;
            Volatile.Write(ref hall, view);
            foreach (var board in boards)
            {
                var own = board.Counter is { } counter ? Over(counter, view, state.Queue) : view;
                board.Pump.Post(held is { } test && test.Board == board ? picture = test.Picture(version) with { Covered = own.Calls } : own);
            }

            HallChanged?.Invoke(view);
        }
    }

    // What nobody heard has to be seen, so it stands second at the latest: no board with more than one place is too small for it.
    private static ImmutableArray<BoardCall> WithinSight(ImmutableArray<BoardCall> calls, CallId unheard) =>
        calls.FirstOrDefault(call => call.CallId == unheard) is { } found && calls.IndexOf(found) > 1 ? calls.Remove(found).Insert(1, found) : calls;

    private static RecentCall? Standing(CentreState state, CallId call) =>
        state.Calls.FirstOrDefault(c => c.Seq == call.Seq) is { } found && state.Queue.AtCounters.TryGetValue(found.Counter, out var ticket) && ticket.Number == found.Ticket ? found : null;

    /// <summary>Shows a number that was given without paper for a while, after those that came before it. Any thread.</summary>
    public void Tell(string number)
    {
        lock (gate)
        {
            if (untold.Count == MostUntold)
            {
                untold.Dequeue();
            }

            untold.Enqueue(number);
            if (told is null)
            {
                TellNext();
            }
            else
            {
                Wait();
            }
        }
    }

    /// <summary>The boards get nothing more. Before they are given back.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            forget?.Dispose();
            (forget, live) = (null, null);
            tellings++;
        }
    }

    private void TellNext()
    {
        told = untold.TryDequeue(out var number) ? number : null;
        toldAt = time.GetTimestamp();
        if (told is not null)
        {
            Wait();
        }

        Redraw();
    }

    private void Wait()
    {
        forget?.Dispose();
        var telling = ++tellings;
        var left = (untold.Count > 0 ? ToldAtLeast : ToldFor) - time.GetElapsedTime(toldAt);
        forget = time.CreateTimer(_ => Forget(telling), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    // A timer that ran out while a newer number came must not take that one away.
    private void Forget(long telling)
    {
        lock (gate)
        {
            if (telling == tellings)
            {
                TellNext();
            }
        }
    }

    private void Redraw()
    {
        if (live is { } now)
        {
            Show(now.State, now.Version);
        }
    }

    /// <summary>A counter that pauses says so on its own sign, also while others go on.</summary>
    private static BoardView Over(int counter, BoardView everywhere, QueueState queue)
    {
        var view = everywhere.ForCounter(counter);
        var paused = queue.CentrePause is not null || queue.PausedCounters.ContainsKey(new CounterId(counter));
        return view with { Notice = view.Calls.IsEmpty && paused ? Paused : null };
    }
}
