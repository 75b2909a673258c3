using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>Asks the queue every few seconds for what time alone brings: a self-service counter that is free again, a day that can be settled.</summary>
public sealed class QueueTimer(EdgeLoop loop) : ISteppedLoop
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private static readonly Tick Question = new();

    public string Name => "queue-timer";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        // A full queue has more urgent work; the next question comes soon enough.
        loop.TrySubmit(Question, out _);
        return ValueTask.FromResult(Pace);
    }
}
