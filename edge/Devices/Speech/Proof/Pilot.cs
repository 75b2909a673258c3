using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Speech.Proof;

/// <summary>Eight short notes before a call, which a microphone can tell from everything else in the room: they say that the call really sounded.</summary>
/// <remarks>
/// Seen from the spectrum, the notes wander between five tones of 1,000 to 2,800 Hz: inside what a camera's G.711 carries (300–3,400 Hz), above the
/// voices of a full room, and clear of the mains and its first harmonics. A steady tone would be taken for hum and filtered by the noise suppression of many
/// cameras; moving notes are not. No note follows itself, so that the echo of one is never taken for the next.
/// </remarks>
public static class Pilot
{
    /// <summary>A note is long enough for a room's echo to be the weaker part of it, and for eight to be over in less than a second.</summary>
    public static readonly TimeSpan NoteLength = TimeSpan.FromMilliseconds(80);

    /// <summary>Quiet between the pilot and what follows it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Hz. Multiples of 12.5 Hz, so that each fits a whole number of times into a note; none is a harmonic of another.</summary>
    internal static readonly double[] Tones = [1_050, 1_325, 1_687.5, 2_137.5, 2_712.5];

    /// <summary>Index into <see cref="Tones"/> of each note. Shifted against itself, at most two notes agree; and of no tone there are more than two, so that a steady whistle is no pilot.</summary>
    internal static readonly int[] Notes = [0, 2, 1, 4, 2, 0, 3, 1];

    // A little quieter than speech at its peaks; with the edges rounded nothing clicks.
    private const double Amplitude = 0.35 * short.MaxValue;
    private const double EdgeSeconds = 0.006;

    public static TimeSpan Length => NoteLength * Notes.Length;

    /// <summary>The pilot alone.</summary>
    /// <param name="rate">Samples a second, 8,000 to 48,000.</param>
    public static short[] Samples(int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, WavFile.MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, WavFile.MaxSampleRate);
        var samples = new short[(int)(Length.TotalSeconds * rate)];
        var note = NoteLength.TotalSeconds;
        for (var i = 0; i < samples.Length; i++)
        {
            var at = (double)i / rate;
            var which = Math.Min((int)(at / note), Notes.Length - 1);
            var into = at - (which * note);
            var edge = Math.Min(1, Math.Min(into, note - into) / EdgeSeconds);
            samples[i] = (short)(Amplitude * Math.Max(0, edge) * Math.Sin(2 * Math.PI * Tones[Notes[which]] * into));
        }

        return samples;
    }

    /// <summary>The same sound with the pilot and a short pause before it.</summary>
    public static WavFile Before(WavFile sound)
    {
        var pilot = Samples(sound.SampleRate);
        var bytes = new byte[((pilot.Length + (int)(Pause.TotalSeconds * sound.SampleRate)) * WavFile.BytesPerSample) + sound.Samples.Length];
        for (var i = 0; i < pilot.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * WavFile.BytesPerSample), pilot[i]);
        }

        sound.Samples.Span.CopyTo(bytes.AsSpan(bytes.Length - sound.Samples.Length));
        return WavFile.Wrap(sound.SampleRate, bytes);
    }
}
