using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>How many waited over the day, and who waited longest, from the queue's events in order. Beside the state, as <see cref="DayLedger"/> is. Used by one thread at a time.</summary>
public sealed class WaitingCurve
{
    /// <summary>A day has 288 of them.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private const int LongestKept = 5;
    private static readonly int Steps = (int)(TimeSpan.FromDays(1) / Step);

    private readonly Dictionary<TicketNumber, Wait> waiting = [];
    private readonly HashSet<TicketNumber> cancelled = [];
    private readonly HashSet<TicketNumber> measured = [];
    private readonly List<LongWait> longest = [];
    private int?[] peaks = new int?[Steps];
    private int newest = -1;

    public void Add(QueueEvent happened)
    {
        switch (happened)
        {
            case DayOpened e:
                Open(e);
                break;
            case ClockCorrected e:
                Corrected(e);
                break;
            case TicketIssued e:
                Change(e.At, () => waiting[e.Number] = new Wait(e.Service, e.Slot is { } slot && slot > e.At ? slot : e.At, e.ClockTrusted));
                break;
            case TicketCalled e:
                Measure(e);
                Change(e.At, () => waiting.Remove(e.Number));
                break;
            case TicketReturned e:
                Change(e.At, () => waiting[e.Number] = new Wait(default, e.At, Measures: false));
                break;
            case TicketTransferred e:
                Change(e.At, () => waiting[e.Number] = new Wait(e.Service, e.At, Measures: false));
                break;
            case TicketCancelled e when waiting.ContainsKey(e.Number):
                cancelled.Add(e.Number);
                Change(e.At, () => waiting.Remove(e.Number));
                break;
            case TicketExpired e:
                waiting.Remove(e.Number);
                break;
            case ActionUndone { Action: UndoableAction.Transfer } e:
                Change(e.At, () => waiting.Remove(e.Number));
                break;
            case ActionUndone { Action: UndoableAction.Cancel } e when cancelled.Remove(e.Number):
                Change(e.At, () => waiting[e.Number] = new Wait(default, e.At, Measures: false));
                break;
        }
    }

    /// <summary>The most who waited at once in each step, from the first ticket of the day until now.</summary>
    public ImmutableArray<CurvePoint> Until(DateTimeOffset now)
    {
        var points = ImmutableArray.CreateBuilder<CurvePoint>();
        var last = Math.Max(newest, StepOf(now));
        for (var step = Array.FindIndex(peaks, peak => peak is not null); step >= 0 && step <= last; step++)
        {
            // What nothing changed since stays as it was.
            points.Add(new CurvePoint(TimeOnly.MinValue.Add(step * Step), step <= newest ? peaks[step] ?? 0 : waiting.Count));
        }

        return points.DrainToImmutable();
    }

    /// <summary>The longest waits of the day until the first call, the longest first.</summary>
    public ImmutableArray<LongWait> Longest => [.. longest];

    private void Open(DayOpened opened)
    {
        // What was left has expired by its own events; what is carried waits on.
        (peaks, newest) = (new int?[Steps], -1);
        longest.Clear();
        cancelled.Clear();
        measured.Clear();
        if (waiting.Count > 0)
        {
            Change(opened.At, () => { });
        }
    }

    // The same as in DayLedger: what has begun moves along, a slot that is still to come was said in true time.
    private void Corrected(ClockCorrected corrected)
    {
        var before = corrected.At.Moved(-corrected.Step);
        foreach (var (number, wait) in waiting.Where(one => one.Value.Since <= before).ToList())
        {
            waiting[number] = wait with { Since = wait.Since.Moved(corrected.Step) };
        }

        // What was drawn at hours that have not come yet was drawn by a wrong clock; otherwise everything until then would land in one step.
        if (corrected.Step < TimeSpan.Zero && StepOf(corrected.At) is var step && step < newest)
        {
            Array.Clear(peaks, step + 1, Steps - step - 1);
            peaks[step] = Math.Max(peaks[step] ?? 0, waiting.Count);
            newest = step;
        }
    }

    private void Change(DateTimeOffset at, Action change)
    {
        // Where nobody said that the clock was set back, what comes is drawn into the newest step and not over what is drawn.
        var step = Math.Max(newest, StepOf(at));
        for (var between = newest < 0 ? step : newest + 1; between <= step; between++)
        {
            peaks[between] = waiting.Count;
        }

        newest = step;
        change();
        peaks[step] = Math.Max(peaks[step] ?? 0, waiting.Count);
    }

    private void Measure(TicketCalled called)
    {
        if (!waiting.TryGetValue(called.Number, out var wait) || !wait.Measures || called.At < wait.Since || !measured.Add(called.Number))
        {
            return;
        }

        var waited = new LongWait(called.Number, wait.Service, called.Counter, called.At - wait.Since);
        var place = longest.FindIndex(other => other.Waited < waited.Waited);
        longest.Insert(place < 0 ? longest.Count : place, waited);
        if (longest.Count > LongestKept)
        {
            longest.RemoveAt(LongestKept);
        }
    }

    private static int StepOf(DateTimeOffset at) => (int)(BusinessDate.Local(at).TimeOfDay / Step);

    private readonly record struct Wait(ServiceCode Service, DateTimeOffset Since, bool Measures);
}

/// <param name="From">Beginning of the step, in Vietnamese time.</param>
/// <param name="Waiting">The most who waited at once in it.</param>
public readonly record struct CurvePoint(TimeOnly From, int Waiting);

/// <param name="Waited">From arrival, or the slot of an appointment, to the first call.</param>
public readonly record struct LongWait(TicketNumber Number, ServiceCode Service, CounterId Counter, TimeSpan Waited);
