using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Speech;

namespace MotCua.Devices.Tests.Speech;

/// <summary>Sounds for tests, and what an ear would notice about one.</summary>
internal static class Sounds
{
    public const int Rate = 8000;

    /// <summary>A saw tooth, so that every sample tells its place.</summary>
    public static WavFile Lasting(TimeSpan length)
    {
        var samples = new short[(int)(length.TotalSeconds * Rate)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(i * 7);
        }

        return WavFile.FromSamples(Rate, MemoryMarshal.AsBytes<short>(samples));
    }

    /// <summary>The loudest sample, 0 (silent) to 32768 (clipped).</summary>
    public static int Peak(WavFile sound)
    {
        var peak = 0;
        for (var rest = sound.Samples.Span; rest.Length > 0; rest = rest[WavFile.BytesPerSample..])
        {
            peak = Math.Max(peak, Math.Abs((int)BinaryPrimitives.ReadInt16LittleEndian(rest)));
        }

        return peak;
    }
}
