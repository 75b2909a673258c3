using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>Looks at the centre's PCs, printers, router and lines, each at its own pace, and tells what is wrong with them.</summary>
/// <remarks>
/// <code>
/// look ── fails three times ──► fault      while the router is down: nothing behind it is looked at or blamed;
/// look ── good twice ─────────► ready      its own fault names what stands behind it
/// </code>
/// A look never holds up another neighbour: it has a deadline, few run at a time, and one that cannot even be cancelled keeps only its own neighbour.
/// </remarks>
public sealed class NeighbourWatch : ISteppedLoop, IDisposable
{
    private const int DetailLength = 200;

    // The first looks of a box that starts are spread over this time.
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);

    private readonly TimeProvider time;
    private readonly Random random;
    private readonly IDeviceReports reports;
    private readonly NeighbourOptions options;
    private readonly Watched[] all;

    /// <param name="random">For jitter, so that 148 centres do not look at the same portal in the same second; not shared with others.</param>
    /// <exception cref="ArgumentException">A neighbour depends on one that is not there.</exception>
    public NeighbourWatch(IEnumerable<(Neighbour Neighbour, IProbe Probe)> neighbours, TimeProvider time, Random random, IDeviceReports reports, NeighbourOptions? options = null)
    {
        (this.time, this.random, this.reports, this.options) = (time, random, reports, options ?? NeighbourOptions.Default);
        all = [.. neighbours.Select(one => new Watched(one.Neighbour, one.Probe, this.options, time))];
        foreach (var one in all)
        {
            one.DueAt = time.After(Spread * random.NextDouble());
            if (one.Neighbour.DependsOn is { } root)
            {
                one.Root = Array.Find(all, other => other.Neighbour.Id == root) ?? throw new ArgumentException($"{one.Neighbour.Id} depends on {root}, which is not there.", nameof(neighbours));
                one.Root.Behind.Add(one);
            }
        }
    }

    public string Name => "neighbours";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        var now = time.GetTimestamp();
        foreach (var one in all)
        {
            var wasDown = one.IsDown;
            if (one.TryTake(now, out var changed))
            {
                one.DueAt = now + time.Units(PaceOf(one));
                Follow(one, changed, wasDown, now);
            }
        }

        var looking = all.Count(one => one.IsLooking);
        foreach (var one in all.Where(one => one.MayLook && one.DueAt <= now).OrderBy(one => one.DueAt))
        {
            if (looking == options.AtOnce)
            {
                break; // Its turn comes when one of those ends, which wakes this loop.
            }

            looking++;
            one.Begin(now, Wake.Set);
        }

        return ValueTask.FromResult(Rest(looking));
    }

    /// <summary>Ends the looks in flight. The loop must have stopped.</summary>
    /// <remarks>The signal is not disposed: a look that ends after us still sets it, and it holds nothing but memory.</remarks>
    public void Dispose()
    {
        foreach (var one in all)
        {
            one.Dispose();
        }
    }

    private void Follow(Watched one, bool changed, bool wasDown, long now)
    {
        if (changed)
        {
            var found = one.Believed!;
            var detail = found.Fault is null ? null : one.Describe(found);
            reports.Report(new DeviceReport(one.Neighbour.Id, found.State, found.Fault, detail?.Length > DetailLength ? detail[..DetailLength] : detail));
        }

        if (one.IsDown != wasDown)
        {
            Free(one.Behind, now);
        }

        // Is it this one, or what stands between? The answer decides whom to blame.
        if (one.IsInDoubt && one.Root is { MayLook: true } root && root.DueAt > now)
        {
            root.DueAt = now;
        }
    }

    // What stood behind something that went down or came back is judged anew, at once when it can be seen again.
    private static void Free(List<Watched> behind, long now)
    {
        foreach (var one in behind)
        {
            one.Forget();
            one.DueAt = now;
            Free(one.Behind, now);
        }
    }

    private TimeSpan PaceOf(Watched one)
    {
        var every = one.IsInDoubt || one.IsDown ? TimeSpan.FromTicks(Math.Min(one.Neighbour.Every.Ticks, options.Again.Ticks)) : one.Neighbour.Every;
        return every * (0.9 + (0.2 * random.NextDouble()));
    }

    private TimeSpan Rest(int looking)
    {
        var next = long.MaxValue;
        foreach (var one in all)
        {
            next = Math.Min(next, one.GivesUpAt);
            if (one.MayLook && looking < options.AtOnce)
            {
                next = Math.Min(next, one.DueAt);
            }
        }

        return next == long.MaxValue ? Timeout.InfiniteTimeSpan : time.Until(next);
    }
}
