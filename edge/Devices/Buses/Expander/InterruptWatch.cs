namespace MotCua.Edge.Devices.Buses.Expander;

/// <summary>What the interrupt wire said of a read that found changes.</summary>
internal enum InterruptSign
{
    /// <summary>Nothing: a wire that works would have fallen before.</summary>
    None,

    /// <summary>It stood low, without a fall of its own: a change that came while the one before was read, or a wire shorted to ground.</summary>
    Low,

    /// <summary>It fell.</summary>
    Fell,
}

/// <summary>Judges the interrupt wire of an expander by whether it tells what reads find. Pure: moments are arguments.</summary>
/// <remarks>
/// A short press between two reads looks like a spike when the wire does not stamp it, so a wire that is cut or shorted must be known within a press or two.
/// Flags may also be taken by a reader whose edge is still on its way; that edge has a stamp before the read, and acquits the wire when it comes.
/// </remarks>
/// <param name="apart">Findings that are closer count once: the bounces of one press, all read before its edge came.</param>
internal sealed class InterruptWatch(long apart)
{
    private const int Enough = 2;

    private int silent;
    private long? last;

    /// <summary>The wire does not tell, so the chip must be polled.</summary>
    public bool IsLost => silent >= Enough;

    /// <summary>The wire fell.</summary>
    public void Fell(long stamp)
    {
        if (stamp <= last)
        {
            Acquit();
        }
    }

    /// <summary>A read found changes.</summary>
    public void Found(long now, InterruptSign sign)
    {
        if (sign == InterruptSign.Fell)
        {
            Acquit();
        }
        else if (sign == InterruptSign.None)
        {
            Count(now);
        }
    }

    /// <summary>Low, though nothing is left to read.</summary>
    public void Stands(long now) => Count(now);

    public void Acquit() => (silent, last) = (0, null);

    private void Count(long now)
    {
        if (last is not { } before || now - before >= apart)
        {
            silent = Math.Min(silent + 1, Enough);
            last = now;
        }
    }
}
