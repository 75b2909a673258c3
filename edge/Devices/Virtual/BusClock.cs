namespace MotCua.Edge.Devices.Virtual;

/// <summary>Bus time: the provider's clock plus all time on the wire, since a virtual transfer takes no time of its own. So a chip sees the pauses of a real bus though nobody sleeps.</summary>
internal sealed class BusClock(TimeProvider time, int hertz)
{
    private readonly long start = time.GetTimestamp();

    /// <summary>The moment at which the next transaction would begin.</summary>
    public TimeSpan Now => time.GetElapsedTime(start) + Wire;

    /// <summary>All time on the wire so far.</summary>
    public TimeSpan Wire { get; private set; }

    public TimeSpan Span(long bitTimes) => TimeSpan.FromTicks(bitTimes * TimeSpan.TicksPerSecond / hertz);

    /// <summary>Holds the bus for some bit times.</summary>
    public void Occupy(long bitTimes) => Occupy(Span(bitTimes));

    /// <summary>Holds the bus for some time.</summary>
    public void Occupy(TimeSpan span) => Wire += span;
}
