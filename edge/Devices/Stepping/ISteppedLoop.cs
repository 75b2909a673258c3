namespace MotCua.Edge.Devices.Stepping;

/// <summary>A loop that the host runs for real and a test steps by hand, without threads or sleeping.</summary>
public interface ISteppedLoop
{
    /// <summary>Name for logs and the watchdog, such as <c>board:hall-lcd</c>.</summary>
    string Name { get; }

    /// <summary>Set from anywhere when there is something to do before the time that the last step named.</summary>
    WakeSignal Wake { get; }

    /// <summary>Does everything that is due now, then says how long it may rest.</summary>
    /// <returns>Zero: more work is waiting. <see cref="Timeout.InfiniteTimeSpan"/>: rest until <see cref="Wake"/>.</returns>
    ValueTask<TimeSpan> StepAsync(CancellationToken stop);
}
