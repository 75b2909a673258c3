namespace MotCua.Edge.Devices.Cameras.Judging;

/// <summary>How loud a room was lately; the only thing that is kept of its sound.</summary>
internal sealed class SoundLevel(long now, long unitsPerSecond)
{
    /// <summary>The smallest steps of G.711 are 8: what never leaves them is a microphone that is off, not a quiet room.</summary>
    private const int Nothing = 8;

    private const int Blocks = 160;

    private double energy;
    private int inBlock;
    private double loudest;
    private double shown = double.NegativeInfinity;
    private long shownAt = now;

    /// <summary>Moment of the newest sample that was more than digital silence; the beginning when there was none.</summary>
    public long HeardAt { get; private set; } = now;

    /// <summary>Moment of the newest packet.</summary>
    public long CameAt { get; private set; } = now;

    /// <summary>The loudest 20 ms of two seconds, in dB under full scale, at least -96.</summary>
    public int Decibels => double.IsNegativeInfinity(shown) ? -96 : (int)Math.Max(-96, shown);

    /// <summary>Sound came that was not looked into.</summary>
    public void Came(long at) => CameAt = at;

    /// <param name="table">Sample of each code.</param>
    public void Take(ReadOnlySpan<byte> codes, short[] table, long at)
    {
        foreach (var code in codes)
        {
            Take(table[code], at);
        }

        Show(at);
    }

    /// <summary>Takes samples as they are.</summary>
    public void Take(ReadOnlySpan<short> samples, long at)
    {
        foreach (var sample in samples)
        {
            Take(sample, at);
        }

        Show(at);
    }

    private void Take(int sample, long at)
    {
        HeardAt = sample is > Nothing or < -Nothing ? at : HeardAt;
        energy += sample * sample;
        if (++inBlock == Blocks)
        {
            loudest = Math.Max(loudest, energy / Blocks);
            (energy, inBlock) = (0, 0);
        }
    }

    private void Show(long at)
    {
        CameAt = at;
        if (at - shownAt >= 2 * unitsPerSecond)
        {
            (shown, loudest, shownAt) = (10 * Math.Log10((loudest + 1e-9) / (32768.0 * 32768.0)), 0, at);
        }
    }
}
