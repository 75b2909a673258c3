using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>Three short flashes of a lamp: a hold counts now, the finger may go.</summary>
internal sealed class LampBlink(ButtonLamp lamp, TimeProvider time)
{
    // Dark first, since the lamp may still be lit from the touch; dark at the end.
    private const int Turns = 7;

    /// <summary>Long enough to be seen on a filament lamp.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(120);

    private int left;
    private long turnAt;

    /// <summary>When <see cref="Step"/> has something to do.</summary>
    public long Due => left > 0 ? turnAt : long.MaxValue;

    public void Begin(long now)
    {
        (left, turnAt) = (Turns, now);
        Step(now);
    }

    public void Step(long now)
    {
        if (left > 0 && turnAt <= now)
        {
            left--;
            turnAt = now + time.Units(Turn);
            lamp.Show(now, on: left % 2 == 1);
        }
    }
}
