namespace MotCua.Edge.Devices.Virtual;

/// <summary>A wire with a pull-up that the port and a chip may both pull low. The port holds the lock.</summary>
public sealed class SharedWire
{
    private bool portPulls;
    private bool chipPulls;
    private int readsToRise;
    private bool high = true;

    /// <summary>Capacitance on the module: the level is still low at so many reads after both sides let go. Default 0.</summary>
    public int SlowRise { get; set; }

    /// <summary>A short circuit holds the wire low.</summary>
    public bool Shorted
    {
        get;
        set
        {
            field = value;
            Follow();
        }
    }

    /// <summary>The level as a chip sees it.</summary>
    internal bool IsHigh => high;

    /// <summary>Raised after the level moved.</summary>
    internal event Action? Moved;

    internal void PortSets(bool letGo)
    {
        portPulls = !letGo;
        Follow();
    }

    internal void ChipSets(bool letGo)
    {
        chipPulls = !letGo;
        Follow();
    }

    internal bool PortReads()
    {
        if (readsToRise > 0 && --readsToRise == 0)
        {
            Move(true);
        }

        return high;
    }

    private void Follow()
    {
        var wanted = !portPulls && !chipPulls && !Shorted;
        if (!wanted)
        {
            readsToRise = 0;
            Move(false);
        }
        else if (!high && SlowRise > 0)
        {
            readsToRise = SlowRise;
        }
        else
        {
            Move(true);
        }
    }

    private void Move(bool level)
    {
        if (high != level)
        {
            high = level;
            Moved?.Invoke();
        }
    }
}
