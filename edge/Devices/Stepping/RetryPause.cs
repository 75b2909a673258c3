namespace MotCua.Edge.Devices.Stepping;

/// <summary>Pauses between tries that double up to a bound. Without jitter: each device is tried by its own loop and nobody shares the chip.</summary>
/// <param name="first">The pause after the first failure.</param>
/// <param name="longest">No pause is longer, so a device that comes back is found within this time.</param>
internal sealed class RetryPause(TimeSpan first, TimeSpan longest)
{
    private TimeSpan? next;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan AfterFailure()
    {
        var pause = next ?? first;
        next = pause * 2 < longest ? pause * 2 : longest;
        return pause;
    }

    public void Succeeded() => next = null;
}
