using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Speech;

/// <summary>How loud speech is, in per cent of the recorded amplitude: 0 (mute) to 100. Never louder, so nothing is clipped.</summary>
/// <remarks>Applied to the samples by ourselves: mixers of sound cards have other names and ranges on each card, and many USB speakers have none.</remarks>
public readonly record struct Loudness
{
    public static Loudness Full { get; } = new(100);

    public static Loudness Mute { get; } = new(0);

    public int Percent { get; }

    public Loudness(int percent) => Percent = percent is >= 0 and <= 100 ? percent
        : throw new ArgumentOutOfRangeException(nameof(percent), percent, "Loudness is 0 to 100 per cent.");

    public bool IsMute => Percent == 0;

    /// <returns>The sound itself at 100 %.</returns>
    public WavFile Apply(WavFile sound)
    {
        if (Percent == 100)
        {
            return sound;
        }

        var source = sound.Samples.Span;
        var quieter = new byte[source.Length];
        for (var at = 0; at < source.Length; at += WavFile.BytesPerSample)
        {
            BinaryPrimitives.WriteInt16LittleEndian(quieter.AsSpan(at), (short)(BinaryPrimitives.ReadInt16LittleEndian(source[at..]) * Percent / 100));
        }

        return WavFile.Wrap(sound.SampleRate, quieter);
    }
}

/// <summary>Says how loud speech may be now. Called from any thread; returns at once and never throws.</summary>
public interface ILoudness
{
    Loudness Now();
}

/// <summary>The same at every hour.</summary>
public sealed class SteadyLoudness(Loudness loudness) : ILoudness
{
    public Loudness Now() => loudness;
}
