namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>A camera in a drawn hall: what it films, what it hears, and whether its plug is in.</summary>
public sealed class VirtualCamera(int seed)
{
    private uint chance = (uint)(seed * 2654435761) | 1;

    public VirtualScene Scene { get; } = new(seed);

    /// <summary>Fault knob: the network plug is out.</summary>
    public bool Cut { get; set; }

    /// <summary>Fault knob: its microphone is switched off.</summary>
    public bool Muted { get; set; }

    /// <summary>Fault knob: it takes connections and never says a word.</summary>
    public bool Hangs { get; set; }

    /// <summary>What the microphone hears, as codes of G.711 µ-law: a room that is never quite still.</summary>
    public void Hear(Span<byte> codes)
    {
        const byte Silence = 0xFF;
        for (var i = 0; i < codes.Length; i++)
        {
            chance ^= chance << 13;
            chance ^= chance >> 17;
            chance ^= chance << 5;
            // The last steps beside silence: some thirty parts of full scale, of either sign.
            codes[i] = Muted ? Silence : (byte)(Silence - (chance & 0x0F) - (chance & 0x80));
        }
    }
}
