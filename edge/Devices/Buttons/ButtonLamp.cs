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

    /// <summary>Why it does not work, for technicians; null when it does.</summary>
    public string? Failure { get; private set; }

    /// <summary>Lit or dark for the moment; what <see cref="Light"/> promised stands.</summary>
    public void Show(long now, bool on) => Try(now, () => output?.Set(on));

    /// <summary>When <see cref="Step"/> has something to do.</summary>
    public long Due => output is null ? retryAt : offAt ?? long.MaxValue;

    /// <summary>Lights it, or keeps it lit, for its time.</summary>
    public void Light(long now)
    {
        if (output is not null && offAt is null)
        {
            Try(now, () => output.Set(true));
        }

        offAt = now + time.Units(lit);
    }

    public void Step(long now)
    {
        if (output is null && now >= retryAt)
        {
            Try(now, () => output = port.RequestOutput(line));
        }

        if (offAt <= now)
        {
            offAt = null;
            Try(now, () => output?.Set(false));
        }
    }

    public void Dispose() => output?.Dispose();

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
            offAt = null;
            retryAt = now + time.Units(pause.AfterFailure());
        }
    }
}
