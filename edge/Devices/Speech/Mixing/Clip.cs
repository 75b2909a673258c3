using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Speech.Mixing;

/// <summary>A piece of speech made ready to stand beside others: one sample rate, no silence around it, one loudness.</summary>
/// <param name="Samples">At <see cref="Rate"/>; at least one.</param>
public sealed record Clip(short[] Samples)
{
    /// <summary>Samples a second of everything that is mixed: what espeak-ng gives and twice what a hall loudspeaker can use.</summary>
    public const int Rate = 22_050;

    /// <summary>Loudness of speech, root mean square of what is not silence: −18 dB of full scale.</summary>
    public const double Loudness = 0.126 * short.MaxValue;

    /// <summary>Where peaks are bent; above it they come closer to <see cref="Ceiling"/> and never reach it, so that nothing is clipped.</summary>
    private const double Knee = 0.7 * short.MaxValue;

    private const double Ceiling = 0.95 * short.MaxValue;

    // 10 ms each: shorter than any sound of speech.
    private const int FramesPerSecond = 100;

    // Frames that are 35 dB below the loudest are silence, and the room it was recorded in.
    private const double SilenceShare = 0.0178;

    // What is quieter altogether (−54 dB) is no speech; making it loud would make noise of it.
    private const double Faintest = 0.002 * short.MaxValue;

    // So many frames of air are left around it, so that the beginning of an "h" stays.
    private const int Margin = 3;

    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples.Length / Rate);

    /// <summary>The clip alone.</summary>
    public WavFile ToWav() => WavFile.FromSamples(Rate, MemoryMarshal.AsBytes<short>(Samples));

    /// <returns>Null when there is only silence in it.</returns>
    public static Clip? Prepare(WavFile sound)
    {
        var samples = MemoryMarshal.Cast<byte, short>(sound.Samples.Span);
        samples = sound.SampleRate == Rate ? samples : Resampler.Convert(samples, sound.SampleRate, Rate);
        if (Spoken(samples, Rate) is not { } spoken)
        {
            return null;
        }

        var ready = samples[spoken.Range].ToArray();
        Level(ready, Loudness / spoken.Loudness);
        Fade(ready, Rate / FramesPerSecond);
        return new Clip(ready);
    }

    /// <summary>The same for a recording that is played alone, which keeps its rate.</summary>
    /// <inheritdoc cref="Prepare"/>
    public static WavFile? Polish(WavFile sound)
    {
        var samples = MemoryMarshal.Cast<byte, short>(sound.Samples.Span);
        if (Spoken(samples, sound.SampleRate) is not { } spoken)
        {
            return null;
        }

        var bytes = MemoryMarshal.AsBytes(samples[spoken.Range]).ToArray();
        var ready = MemoryMarshal.Cast<byte, short>(bytes.AsSpan());
        Level(ready, Loudness / spoken.Loudness);
        Fade(ready, sound.SampleRate / FramesPerSecond);
        return WavFile.Wrap(sound.SampleRate, bytes);
    }

    /// <summary>Where it is not silent, and how loud it is there; null when it is nowhere.</summary>
    internal static (Range Range, double Loudness)? Spoken(ReadOnlySpan<short> samples, int rate)
    {
        var frame = rate / FramesPerSecond;
        var frames = new double[(samples.Length + frame - 1) / frame];
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = MeanSquare(samples.Slice(i * frame, Math.Min(frame, samples.Length - i * frame)));
        }

        var loudest = frames.Max();
        if (Math.Sqrt(loudest) < Faintest)
        {
            return null;
        }

        var threshold = loudest * SilenceShare * SilenceShare;
        var from = Math.Max(0, (Array.FindIndex(frames, power => power >= threshold) - Margin) * frame);
        var to = Math.Min(samples.Length, (Array.FindLastIndex(frames, power => power >= threshold) + 1 + Margin) * frame);
        return (from..to, Math.Sqrt(frames.Where(power => power >= threshold).Average()));
    }

    private static double MeanSquare(ReadOnlySpan<short> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return sum / samples.Length;
    }

    private static void Level(Span<short> samples, double gain)
    {
        foreach (ref var sample in samples)
        {
            var wanted = sample * gain;
            var size = Math.Abs(wanted);
            sample = (short)Math.Round(size <= Knee ? wanted : Math.Sign(wanted) * (Knee + (Ceiling - Knee) * Math.Tanh((size - Knee) / (Ceiling - Knee))));
        }
    }

    // A cut in the middle of a wave clicks.
    private static void Fade(Span<short> samples, int frame)
    {
        var length = Math.Min(frame / 2, samples.Length / 2);
        for (var i = 0; i < length; i++)
        {
            samples[i] = (short)(samples[i] * i / length);
            samples[^(i + 1)] = (short)(samples[^(i + 1)] * i / length);
        }
    }
}
