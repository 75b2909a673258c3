using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>The lamp in a button. A lamp that fails never harms its button: it stays dark and is tried again.</summary>
internal sealed class ButtonLamp(IGpioPort port, OutputLine line, TimeProvider time, TimeSpan lit) : IDisposable
{
    private readonly RetryPause pause = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));
    private IGpioOutput? output;
    private long retryAt = long.MinValue;
    private long? offAt;
    private bool isLit;

    /// <summary>Why it does not work, for technicians; null when it does.</summary>
    public string? Failure { get; private set; }

    /// <summary>Lit or dark for the moment; what <see cref="Light"/> promised stands.</summary>
    public void Show(long now, bool on)
    {
        Try(now, () => output?.Set(on));
        isLit = on && output is not null;
    }

    /// <summary>When <see cref="Step"/> has something to do.</summary>
    public long Due => output is null ? retryAt : offAt ?? long.MaxValue;

    /// <summary>Lights it, or keeps it lit, for its time.</summary>
    public void Light(long now)
    {
        offAt = now + time.Units(lit);
        if (output is null || isLit)
        {
            return; // A line that cannot be had is lit when it can, if that is soon enough.
        }

        Try(now, () => output.Set(true));
        if (output is null)
        {
            // Its chip was away and came back: that shows only when the line is used, and whoever presses waits for the light.
            Request(now);
        }

        isLit = output is not null;
    }

    public void Step(long now)
    {
        if (offAt <= now)
        {
            (offAt, isLit) = (null, false);
            Try(now, () => output?.Set(false));
        }

        if (output is null && now >= retryAt)
        {
            Request(now);
        }
    }

    public void Dispose() => output?.Dispose();

    private void Request(long now)
    {
        Try(now, () => output = port.RequestOutput(line with { InitiallyActive = offAt is not null }));
        isLit = output is not null && offAt is not null;
    }

    private void Try(long now, Action work)
    {
        try
        {
            work();
            if (output is not null)
            {
                Failure = null;
                pause.Succeeded();
            }
        }
        catch (IOException e)
        {
            Failure = e.Message;
            output?.Dispose();
            output = null;
            retryAt = now + time.Units(pause.AfterFailure());
        }
    }
}
