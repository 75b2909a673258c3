using System.Buffers.Binary;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A microphone in the same room as a virtual speaker: hears what it plays, a moment later and quieter, in noise. Thread-safe.</summary>
/// <param name="random">For the noise.</param>
public sealed class VirtualMicrophone(DeviceId id, VirtualSpeaker speaker, TimeProvider time, Random random) : IMicrophone
{
    private const int PilotRate = 8_000;

    // What a desk away from the loudspeaker is left with.
    private const double Gain = 0.1;

    // Sound needs 30 ms for ten metres, a camera's encoder more.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(180);

    public DeviceId Id { get; } = id;

    public TimeSpan Delay { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Fault knob: no device there.</summary>
    public bool Unplugged { get; set; }

    /// <summary>Fault knob: a hand, or a wall, between it and the room.</summary>
    public bool Covered { get; set; }

    /// <summary>Amplitude of the room's noise, 0 to 32,767; 60 is a quiet hall.</summary>
    public int Noise { get; set; } = 60;

    /// <inheritdoc/>
    public IListening Listen() => Listen(PilotRate);

    /// <inheritdoc/>
    public IListening Listen(int rate)
    {
        ThrowIfUnplugged();
        return new Ear(this, time, time.GetTimestamp(), rate);
    }

    private void ThrowIfUnplugged()
    {
        if (Unplugged)
        {
            throw new IOException($"The virtual microphone {Id} is unplugged.");
        }
    }

    private short At(long moment)
    {
        double noise;
        lock (random)
        {
            noise = Noise * ((2 * random.NextDouble()) - 1);
        }

        return (short)Math.Clamp(noise + (Covered ? 0 : Gain * Sounding(moment - time.Units(Late))), short.MinValue, short.MaxValue);
    }

    private short Sounding(long moment)
    {
        foreach (var heard in speaker.Silent ? [] : speaker.Heard)
        {
            var index = (int)((moment - heard.Began) * heard.Sound.SampleRate / (double)time.TimestampFrequency);
            if (moment >= heard.Began && index < heard.Sound.Samples.Length / WavFile.BytesPerSample && !(heard.CutAt < moment))
            {
                return BinaryPrimitives.ReadInt16LittleEndian(heard.Sound.Samples.Span[(index * WavFile.BytesPerSample)..]);
            }
        }

        return 0;
    }

    private sealed class Ear(VirtualMicrophone microphone, TimeProvider time, long began, int rate) : IListening
    {
        private long read;

        public int Rate => rate;

        public int Read(Span<short> samples)
        {
            microphone.ThrowIfUnplugged();
            var frequency = time.TimestampFrequency;
            var come = (long)((time.GetTimestamp() - began) * (double)rate / frequency);
            // Of what nobody read for a second the oldest is lost, as in a card's buffer.
            read = Math.Max(read, come - rate);
            var count = (int)Math.Min(samples.Length, come - read);
            for (var i = 0; i < count; i++)
            {
                samples[i] = microphone.At(began + (long)((read + i) * (double)frequency / rate));
            }

            read += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
