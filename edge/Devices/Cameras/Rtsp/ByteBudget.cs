namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>How much a camera may send: so many bytes a second, and two seconds' worth at once.</summary>
internal sealed class ByteBudget(int perSecond, TimeProvider time)
{
    private double left = 2.0 * perSecond;
    private long at = time.GetTimestamp();

    /// <returns>False when it was too much.</returns>
    public bool Takes(int bytes)
    {
        var now = time.GetTimestamp();
        left = Math.Min(2.0 * perSecond, left + (time.GetElapsedTime(at, now).TotalSeconds * perSecond)) - bytes;
        at = now;
        return left >= 0;
    }
}
