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

    /// <summary>A pure tone.</summary>
    public static WavFile Tone(double hertz, double seconds, int rate = 22_050, double peak = 0.5) =>
        Of(rate, [.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => (short)(peak * short.MaxValue * Math.Sin(2 * Math.PI * hertz * i / rate)))]);

    /// <summary>The same at another loudness, with silence around it; what would be too loud is clipped, as a bad microphone does.</summary>
    public static WavFile Recorded(WavFile sound, double gain, double silenceSeconds)
    {
        var silence = new short[(int)(silenceSeconds * sound.SampleRate)];
        return Of(sound.SampleRate, [.. silence, .. Samples(sound).Select(s => (short)Math.Clamp(s * gain, short.MinValue, short.MaxValue)), .. silence]);
    }

    public static short[] Samples(WavFile sound) => MemoryMarshal.Cast<byte, short>(sound.Samples.Span).ToArray();

    /// <summary>Loudness of what is not silent, in dB of full scale, over 10 ms frames within 35 dB of the loudest.</summary>
    public static double Loudness(WavFile sound)
    {
        var powers = Samples(sound).Chunk(sound.SampleRate / 100).Select(frame => frame.Average(s => (double)s * s)).ToList();
        return 10 * Math.Log10(powers.Where(power => power >= powers.Max() * Math.Pow(10, -3.5)).Average() / short.MaxValue / short.MaxValue);
    }

    /// <summary>The tones that follow each other with at least 20 ms of silence between, in hertz rounded to tens, and when each begins, in seconds.</summary>
    public static List<(double At, double Hertz)> Tones(WavFile sound)
    {
        var samples = Samples(sound);
        var found = new List<(double, double)>();
        for (var i = 0; i < samples.Length;)
        {
            var end = i;
            for (var quiet = 0; end < samples.Length && quiet < sound.SampleRate / 50; end++)
            {
                quiet = Math.Abs((int)samples[end]) < 30 ? quiet + 1 : 0;
            }

            var rises = Enumerable.Range(i + 1, Math.Max(0, end - i - 1)).Where(j => samples[j - 1] < 0 && samples[j] >= 0).ToList();
            if (rises.Count > 5)
            {
                found.Add(((double)i / sound.SampleRate, 10 * Math.Round((rises.Count - 1.0) * sound.SampleRate / (rises[^1] - rises[0]) / 10)));
            }

            for (i = end; i < samples.Length && Math.Abs((int)samples[i]) < 30; i++)
            {
            }
        }

        return found;
    }

    private static WavFile Of(int rate, short[] samples) => WavFile.FromSamples(rate, MemoryMarshal.AsBytes<short>(samples));
}
