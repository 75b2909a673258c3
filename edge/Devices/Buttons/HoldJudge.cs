namespace MotCua.Edge.Devices.Buttons;

/// <summary>Tells a press from a hold on one button. Pure: moments are arguments, those of the kernel's stamps.</summary>
/// <remarks>
/// Without a hold time a press counts when the button is down. With one it counts when the button is let go before that time, and the hold counts the
/// moment the time is full, or from the stamps when the loop was late; never both. A release without a press of its own says nothing.
/// </remarks>
/// <param name="after">How long a hold lasts; null for a button that has none.</param>
internal sealed class HoldJudge(long? after)
{
    private long? downAt;

    /// <summary>When a hold counts if the button stays down; null when none can.</summary>
    public long? Due => after is { } time && downAt is { } began ? began + time : null;

    /// <summary>Takes the next change.</summary>
    /// <returns>What it makes certain; null for nothing.</returns>
    public PressKind? Take(ButtonChange change)
    {
        if (after is null)
        {
            return change.Down ? PressKind.Press : null;
        }

        var began = downAt;
        downAt = change.Down ? change.At : null;
        return change.Down || began is null ? null : change.At - began.Value >= after.Value ? PressKind.Hold : PressKind.Press;
    }

    /// <summary>The button is still down.</summary>
    /// <returns>The moment at which the hold began to count; null when none does now.</returns>
    public long? StillDown(long now)
    {
        if (Due is not { } due || now < due)
        {
            return null;
        }

        downAt = null;
        return due;
    }
}
