namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>Turns the packets of a G.711 track into samples (ITU-T G.711).</summary>
internal static class SoundTrack
{
    private static readonly short[] MuLaw = [.. Enumerable.Range(0, 256).Select(code => OfMuLaw((byte)code))];
    private static readonly short[] ALaw = [.. Enumerable.Range(0, 256).Select(code => OfALaw((byte)code))];

    /// <summary>Null for a codec that is not understood here.</summary>
    public static short[]? TableOf(string codec) => codec switch { "PCMU" => MuLaw, "PCMA" => ALaw, _ => null };

    // Table 2a: sign, three bits of chord, four of step; the code is stored inverted.
    private static short OfMuLaw(byte code)
    {
        var bits = (byte)~code;
        var size = ((((bits & 0x0F) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84;
        return (short)((bits & 0x80) != 0 ? -size : size);
    }

    // Table 1a; every second bit is stored inverted.
    private static short OfALaw(byte code)
    {
        var bits = code ^ 0x55;
        var (chord, step) = ((bits & 0x70) >> 4, (bits & 0x0F) << 4);
        var size = chord == 0 ? step + 8 : (step + 0x108) << (chord - 1);
        return (short)((bits & 0x80) != 0 ? size : -size);
    }
}
