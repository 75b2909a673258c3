namespace MotCua.Edge.Devices.Virtual;

/// <summary>Bus time: runs with the provider's clock, and ahead of it while bits are on the wire. So a chip sees the pauses of a real bus though nobody sleeps.</summary>
internal sealed class BusClock(TimeProvider time, int hertz)
{
    private readonly long start = time.GetTimestamp();
    private TimeSpan busyUntil;
    private long bits;

    /// <summary>Now, or the end of the last transaction when that is later.</summary>
    public TimeSpan Now
    {
        get
        {
            var now = time.GetElapsedTime(start);
            return now > busyUntil ? now : busyUntil;
        }
    }

    /// <summary>All time on the wire so far.</summary>
    public TimeSpan Wire => Span(bits);

    public TimeSpan Span(long bitTimes) => TimeSpan.FromTicks(bitTimes * TimeSpan.TicksPerSecond / hertz);

    /// <summary>Holds the bus for some bit times from a moment on.</summary>
    public void Occupy(TimeSpan from, long bitTimes)
    {
        bits += bitTimes;
        busyUntil = from + Span(bitTimes);
    }
}
