using System.Numerics;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>A camera in a drawn hall: what it films, what it hears, and whether its plug is in.</summary>
public sealed class VirtualCamera(int seed)
{
    private IListening? listening;
    private uint chance = (uint)(seed * 2654435761) | 1;

    public VirtualScene Scene { get; } = new(seed);

    /// <summary>Fault knob: the network plug is out.</summary>
    public bool Cut { get; set; }

    /// <summary>Fault knob: its microphone is switched off.</summary>
    public bool Muted { get; set; }

    /// <summary>Fault knob: the recorder keeps nothing of it.</summary>
    public bool Unkept { get; set; }

    /// <summary>Fault knob: it takes connections and never says a word.</summary>
    public bool Hangs { get; set; }

    /// <summary>What it hears of the room beside the noise; null: nothing.</summary>
    public IMicrophone? Ear { get; init; }

    /// <summary>What the microphone hears, as codes of G.711 µ-law: a room that is never quite still.</summary>
    public void Hear(Span<byte> codes)
    {
        const byte Silence = 0xFF;
        Span<short> heard = stackalloc short[codes.Length];
        var known = Listen(heard);
        for (var i = 0; i < codes.Length; i++)
        {
            chance ^= chance << 13;
            chance ^= chance >> 17;
            chance ^= chance << 5;
            // The last steps beside silence: some thirty parts of full scale, of either sign.
            codes[i] = Muted ? Silence : i < known ? CodeOf(heard[i]) : (byte)(Silence - (chance & 0x0F) - (chance & 0x80));
        }
    }

    // ITU-T G.711, table 2a: the number of the chord, four bits of step, the sign above; stored inverted.
    internal static byte CodeOf(short sample)
    {
        const int Bias = 0x84;
        const int Most = 32_635;
        var size = Math.Min(Most, Math.Abs((int)sample)) + Bias;
        var chord = BitOperations.Log2((uint)size) - 7;
        return (byte)~((sample < 0 ? 0x80 : 0) | (chord << 4) | ((size >> (chord + 3)) & 0x0F));
    }

    private int Listen(Span<short> into)
    {
        try
        {
            listening ??= Ear?.Listen();
            return listening?.Read(into) ?? 0;
        }
        catch (IOException)
        {
            listening = null; // Its knob says that it is unplugged.
            return 0;
        }
    }
}
