namespace MotCua.Edge.Devices.Boards;

/// <summary>Knows which calls on a board are new, and whether those are lit at this moment.</summary>
/// <remarks>
/// A call is new when its id is above all that the board was shown before; so a recall is new, and an old call that moves up is not. What
/// stands in the first view is not new: after a restart nobody must look up.
/// </remarks>
internal sealed class CallBlink(TimeProvider time, BlinkOptions options)
{
    /// <summary>More than any board shows; the oldest is forgotten first and stays lit.</summary>
    private const int MostNew = 8;

    private readonly List<(CallId Call, long Since)> fresh = [];
    private long? newest;
    private CallFlash? flashed;

    /// <summary>How soon a call that is new goes dark, lit or old; null when none is new.</summary>
    public TimeSpan? Again
    {
        get
        {
            TimeSpan? soonest = null;
            foreach (var (_, since) in fresh)
            {
                var next = NextChange(time.GetElapsedTime(since));
                soonest = soonest < next ? soonest : next;
            }

            return soonest;
        }
    }

    /// <summary>Takes note of a view that is about to be shown.</summary>
    public void See(BoardView view)
    {
        var now = time.GetTimestamp();
        fresh.RemoveAll(call => time.GetElapsedTime(call.Since, now) >= options.For || !view.Calls.Any(still => still.CallId == call.Call));
        var before = newest;
        foreach (var call in view.Calls)
        {
            if (call.CallId.Seq > before && options.For > TimeSpan.Zero && fresh.Count < MostNew)
            {
                fresh.Add((call.CallId, now));
            }

            newest = Math.Max(newest ?? long.MinValue, call.CallId.Seq);
        }

        newest ??= long.MinValue;
        if (view.Flash is { } wish && wish != flashed)
        {
            flashed = wish;
            if (options.For > TimeSpan.Zero)
            {
                fresh.RemoveAll(call => call.Call == wish.Call);
                fresh.Add((wish.Call, now));
            }
        }
    }

    public bool IsDark(CallId call)
    {
        foreach (var (id, since) in fresh)
        {
            if (id == call)
            {
                return InBlink(time.GetElapsedTime(since)) >= options.Lit;
            }
        }

        return false;
    }

    private TimeSpan InBlink(TimeSpan age) => TimeSpan.FromTicks(age.Ticks % (options.Lit + options.Dark).Ticks);

    private TimeSpan NextChange(TimeSpan age)
    {
        var at = InBlink(age);
        var next = at < options.Lit ? options.Lit - at : options.Lit + options.Dark - at;
        var end = options.For - age;
        return end < next ? end : next;
    }
}
