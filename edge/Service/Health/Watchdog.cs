using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Health;

/// <summary>Feeds systemd's watchdog from real progress: it wakes the edge loop and pings only when the loop has stepped since.</summary>
public sealed class Watchdog(EdgeLoop loop, TimeSpan interval, Action<string> notify) : ISteppedLoop
{
    private long seen = -1;

    public string Name => "watchdog";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        var steps = loop.Steps;
        if (steps != seen)
        {
            seen = steps;
            notify("WATCHDOG=1");
        }

        loop.Wake.Set();
        return ValueTask.FromResult(interval / 4);
    }
}
