using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Health;

/// <summary>Lets the changes of a device become events at once, until it flickers: each one is an event that the card must sync and the province reads.</summary>
/// <remarks>
/// A roll that ends under a trembling sensor would be told every two seconds, all day. So a few changes are free, one more every five minutes, and what is over must have
/// held for half a minute. Whoever looks at the centre itself still sees it at once (<see cref="DeviceReport.IsPassing"/>).
/// </remarks>
internal sealed class Flicker(TimeProvider time)
{
    /// <summary>Paper out, cover open, cover shut, ready: what a person who changes a roll makes.</summary>
    public const int AtOnce = 4;

    public static readonly TimeSpan OneMoreEvery = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    private DeviceReport? told;
    private DeviceReport? newest;
    private long newestSince;
    private int left = AtOnce;
    private long spentAt;

    /// <summary>Takes what is seen now; to be called with every look, also when nothing changed.</summary>
    /// <returns>True when it is to be an event.</returns>
    public bool Passes(DeviceReport seen)
    {
        var now = time.GetTimestamp();
        newestSince = seen.SaysTheSameAs(newest) ? newestSince : now;
        newest = seen;
        if (seen.SaysTheSameAs(told))
        {
            return false;
        }

        Earn(now);
        if (left == 0 && time.GetElapsedTime(newestSince, now) < Settled)
        {
            return false;
        }

        spentAt = left == AtOnce ? now : spentAt;
        left = Math.Max(0, left - 1);
        told = seen;
        return true;
    }

    private void Earn(long now)
    {
        for (; left < AtOnce && time.GetElapsedTime(spentAt, now) >= OneMoreEvery; left++)
        {
            spentAt += time.Units(OneMoreEvery);
        }
    }
}
