namespace MotCua.Edge.Devices.Stepping;

/// <summary>Arithmetic on monotonic moments, which are in <see cref="TimeProvider.GetTimestamp"/> units.</summary>
public static class Moments
{
    /// <summary>A span of time in the provider's units, rounded up, so that a deadline is never early.</summary>
    public static long Units(this TimeProvider time, TimeSpan span) =>
        (long)(((Int128)span.Ticks * time.TimestampFrequency + (TimeSpan.TicksPerSecond - 1)) / TimeSpan.TicksPerSecond);

    /// <summary>The moment that comes so long from now.</summary>
    public static long After(this TimeProvider time, TimeSpan span) => time.GetTimestamp() + time.Units(span);

    /// <summary>How long from now to the moment: zero when it has passed, otherwise at least a tick.</summary>
    public static TimeSpan Until(this TimeProvider time, long moment)
    {
        var rest = ((Int128)moment - time.GetTimestamp()) * TimeSpan.TicksPerSecond;
        return rest <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)((rest + (time.TimestampFrequency - 1)) / time.TimestampFrequency));
    }
}
