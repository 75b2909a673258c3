namespace MotCua.Edge.Queue;

/// <summary>Wall times beside a clock that is set.</summary>
public static class WallTime
{
    /// <summary>The same moment on a clock that was set by this step.</summary>
    /// <remarks>Total: what would lie outside of all time stays at its edge.</remarks>
    public static DateTimeOffset Moved(this DateTimeOffset at, TimeSpan step)
    {
        // A day from either edge, so that any offset of it is a time as well.
        var ticks = Int128.Clamp((Int128)at.UtcTicks + step.Ticks, TimeSpan.TicksPerDay, DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerDay);
        return new DateTimeOffset((long)ticks, TimeSpan.Zero).ToOffset(at.Offset);
    }
}
