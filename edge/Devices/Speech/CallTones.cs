using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Speech.Mixing;

namespace MotCua.Edge.Devices.Speech;

/// <summary>The two tones before a call as a sound of their own, for screens that ring in place of a voice.</summary>
public static class CallTones
{
    /// <summary>Nine tenths of a second, made anew each time.</summary>
    public static WavFile Make() => WavFile.FromSamples(Clip.Rate, MemoryMarshal.AsBytes(Chime.Make().Samples.AsSpan()));
}
