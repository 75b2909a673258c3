using System.Collections.Concurrent;
using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Boards;

/// <summary>Keeps one board at the newest view: isolates it from the others, retries when it does not answer, scrubs it, and answers for its calls.</summary>
/// <remarks>
/// <see cref="Post"/> may come from any thread and never waits; a view that was replaced before its turn is never shown. One loop steps.
/// A call that the board showed is answered with <see cref="Delivery.Done"/>, one that newer calls left no room for with
/// <see cref="Delivery.Expired"/>, each once. Calls under a notice are not answered until the notice is gone.
/// </remarks>
public sealed class BoardPump : ISteppedLoop, IDisposable
{
    // More calls than end between two steps of a dark board; past it an answer is missing, which is told as such.
    private const int MaxEnded = 256;

    private const int RememberedCalls = 256;
    private const int DetailLength = 200;

    private readonly IBoard board;
    private readonly TimeProvider time;
    private readonly IDeviceReports reports;
    private readonly IDeliveryReceipts receipts;
    private readonly BoardPumpOptions options;
    private readonly RetryPause pause;
    private readonly AnsweredCalls answered = new(RememberedCalls);

    private readonly ConcurrentQueue<CallId> ended = new();
    private BoardView? posted;
    private BoardView? shown;
    private DeviceState? told;
    private long notBefore = long.MinValue;
    private long scrubAt = long.MinValue;
    private long againAt = long.MaxValue;

    public BoardPump(IBoard board, TimeProvider time, IDeviceReports reports, IDeliveryReceipts receipts, BoardPumpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(board);
        this.board = board;
        this.time = time;
        this.reports = reports;
        this.receipts = receipts;
        this.options = options ?? BoardPumpOptions.Default;
        pause = new RetryPause(this.options.FirstRetry, this.options.LongestRetry);
    }

    public string Name => $"board:{board.Id}";

    public WakeSignal Wake { get; } = new();

    /// <summary>The view that the board took last; null when it took none, or when the last try failed. From any thread.</summary>
    public BoardView? Shown => Volatile.Read(ref shown);

    /// <summary>Takes the newest view. One with a lower version than the last is late and ignored; one with the same version replaces it.</summary>
    public void Post(BoardView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        BoardView? seen;
        do
        {
            seen = Volatile.Read(ref posted);
            if (seen is not null && seen.Version > view.Version)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref posted, view, seen) != seen);

        // A call that ended before this board could show it must not stay without an answer.
        EndThoseGone(seen?.Calls ?? [], view);
        EndThoseGone(seen?.Covered ?? [], view);

        // A pump that may not write yet looks again by itself when it may; waking it for every view of a rush would cost more than the views.
        if (time.GetTimestamp() >= Volatile.Read(ref notBefore))
        {
            Wake.Set();
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop) => ValueTask.FromResult(Step());

    public void Dispose() => Wake.Dispose();

    private void EndThoseGone(ImmutableArray<BoardCall> stood, BoardView view)
    {
        foreach (var call in stood)
        {
            if (ended.Count < MaxEnded && !view.Calls.Concat(view.Covered).Any(still => still.CallId == call.CallId))
            {
                ended.Enqueue(call.CallId);
            }
        }
    }

    private TimeSpan Step()
    {
        while (ended.TryDequeue(out var call))
        {
            if (answered.Add(call))
            {
                receipts.Delivered(call, board.Id, Delivery.Expired);
            }
        }

        if (Volatile.Read(ref posted) is not { } view)
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (time.Until(notBefore) is var wait && wait > TimeSpan.Zero)
        {
            return wait;
        }

        var fromScratch = shown is null || time.GetTimestamp() >= scrubAt;
        if (fromScratch || !ReferenceEquals(view, shown) || time.GetTimestamp() >= againAt)
        {
            try
            {
                board.Show(view, fromScratch);
            }
            catch (IOException e)
            {
                return Failed(e);
            }

            Succeeded(view, fromScratch);
            return time.Until(notBefore);
        }

        return ReferenceEquals(view, Volatile.Read(ref posted)) ? time.Until(Math.Min(scrubAt, againAt)) : TimeSpan.Zero;
    }

    private TimeSpan Failed(IOException e)
    {
        Volatile.Write(ref shown, null);
        var rest = pause.AfterFailure();
        Volatile.Write(ref notBefore, time.After(rest));
        Tell(DeviceState.Failed, FaultCode.NotAnswering, e.Message.Length <= DetailLength ? e.Message : e.Message[..DetailLength]);
        return rest;
    }

    private void Succeeded(BoardView view, bool fromScratch)
    {
        // A scrub or a blink is no view: a press that comes right after it is shown at once.
        if (!ReferenceEquals(view, shown))
        {
            Volatile.Write(ref notBefore, time.After(options.BetweenViews));
        }

        Volatile.Write(ref shown, view);
        pause.Succeeded();
        againAt = board.Again is { } soon ? time.After(soon) : long.MaxValue;
        if (fromScratch)
        {
            scrubAt = time.After(options.ScrubEvery);
        }

        Tell(DeviceState.Ready);
        if (view.Notice is null)
        {
            Answer(view);
        }
    }

    private void Answer(BoardView view)
    {
        for (var place = 0; place < view.Calls.Length; place++)
        {
            var call = view.Calls[place].CallId;
            if (place >= board.CallRoom && call.Seq > view.Spoken?.Seq)
            {
                continue; // Its turn comes when the voice has ended.
            }

            if (answered.Add(call))
            {
                receipts.Delivered(call, board.Id, place < board.CallRoom ? Delivery.Done : Delivery.Expired);
            }
        }
    }

    private void Tell(DeviceState state, FaultCode? fault = null, string? detail = null)
    {
        if (told != state)
        {
            told = state;
            reports.Report(new DeviceReport(board.Id, state, fault, detail));
        }
    }
}
