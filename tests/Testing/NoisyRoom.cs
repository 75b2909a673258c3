namespace MotCua.Testing;

/// <summary>What the noise of a room is made of.</summary>
public enum RoomNoise
{
    /// <summary>Fans, traffic, rain: every octave as loud as the next.</summary>
    Pink,

    /// <summary>Several people talking: voiced sounds with moving formants, hisses, pauses.</summary>
    Voices,
}

/// <summary>How a camera codes its sound track (ITU-T G.711).</summary>
public enum SoundCode
{
    None,
    MuLaw,
    ALaw,
}

/// <summary>A room as a microphone hears it, at 8,000 samples a second: noise, echo, level and coding, all out of one seed.</summary>
public sealed class NoisyRoom(int seed)
{
    public const int Rate = 8_000;

    private readonly Random random = new(seed);

    /// <summary>A signal in the room's noise.</summary>
    /// <param name="signal">As it leaves the loudspeaker, at <see cref="Rate"/>; null: nothing sounds.</param>
    /// <param name="at">Seconds from the beginning at which it starts.</param>
    /// <param name="snrDecibel">Power of the signal as it arrives, while it lasts, over that of the noise; both between 300 and 3,400 Hz.</param>
    public short[] Record(double seconds, RoomNoise kind, short[]? signal, double at, double snrDecibel, SoundCode code)
    {
        var noise = kind == RoomNoise.Pink ? Pink((int)(seconds * Rate)) : Voices((int)(seconds * Rate));
        if (signal is not null)
        {
            var heard = Echo(Drifted(signal));
            var gain = Math.Sqrt(Power(noise) * Math.Pow(10, snrDecibel / 10) / Power(heard.AsSpan(0, signal.Length).ToArray()));
            var from = (int)(at * Rate);
            for (var i = 0; i < heard.Length && from + i < noise.Length; i++)
            {
                noise[from + i] += gain * heard[i];
            }
        }

        // From a whisper to the edge of clipping.
        var loudness = short.MaxValue * Math.Pow(10, -(6 + (30 * random.NextDouble())) / 20) / noise.Max(Math.Abs);
        return [.. noise.Select(x => Code((short)Math.Clamp(x * loudness, short.MinValue, short.MaxValue), code))];
    }

    // Loudspeaker and microphone have clocks of their own: up to 200 in a million apart.
    private double[] Drifted(short[] signal)
    {
        var step = 1 + ((random.NextDouble() - 0.5) * 400e-6);
        var offset = random.NextDouble();
        var drifted = new double[signal.Length];
        for (var i = 0; i < drifted.Length; i++)
        {
            var place = offset + (i * step);
            var (whole, part) = ((int)place, place - Math.Floor(place));
            drifted[i] = (Sample(whole) * (1 - part)) + (Sample(whole + 1) * part);
        }

        return drifted;

        double Sample(int index) => index < signal.Length ? signal[index] : 0;
    }

    // Schroeder's reverberator: four combs and two all-passes, 0.3 to 0.9 s until 60 dB below. The direct sound stands 0 to 6 dB over the echo's start.
    private double[] Echo(double[] dry)
    {
        var rt60 = 0.3 + (0.6 * random.NextDouble());
        var wet = new double[dry.Length + (int)(rt60 * Rate)];
        foreach (var delay in (double[])[0.0297, 0.0371, 0.0411, 0.0437])
        {
            var length = (int)(delay * (0.8 + (0.4 * random.NextDouble())) * Rate);
            var feedback = Math.Pow(10, -3.0 * length / (rt60 * Rate));
            var comb = new double[wet.Length];
            for (var i = 0; i < wet.Length; i++)
            {
                comb[i] = (i < dry.Length ? dry[i] : 0) + (i >= length ? feedback * comb[i - length] : 0);
                wet[i] += i >= length ? feedback * comb[i - length] / 4 : 0;
            }
        }

        foreach (var length in (int[])[40, 13])
        {
            var through = new double[wet.Length];
            for (var i = 0; i < wet.Length; i++)
            {
                through[i] = (-0.7 * wet[i]) + (i >= length ? wet[i - length] + (0.7 * through[i - length]) : 0);
            }

            wet = through;
        }

        var direct = Math.Pow(10, 6 * random.NextDouble() / 20);
        for (var i = 0; i < dry.Length; i++)
        {
            wet[i] += direct * dry[i];
        }

        return wet;
    }

    // Paul Kellet's economy filter: three poles, within 0.5 dB of pink from 10 Hz up.
    private double[] Pink(int length)
    {
        var noise = new double[length];
        double a = 0, b = 0, c = 0;
        for (var i = 0; i < length; i++)
        {
            var white = (2 * random.NextDouble()) - 1;
            a = (0.99765 * a) + (white * 0.0990460);
            b = (0.96300 * b) + (white * 0.2965164);
            c = (0.57000 * c) + (white * 1.0526913);
            noise[i] = a + b + c + (white * 0.1848);
        }

        return noise;
    }

    private double[] Voices(int length)
    {
        var noise = new double[length];
        for (var people = random.Next(1, 5); people > 0; people--)
        {
            Speak(noise, 0.3 + random.NextDouble());
        }

        return noise;
    }

    private void Speak(double[] room, double loudness)
    {
        var pitch = 90 + (160 * random.NextDouble());
        var (phase, at) = (random.NextDouble(), 0);
        while (at < room.Length)
        {
            // A syllable: voiced or hissed, with formants of its own and the gliding pitch of a tone language; now and then a pause.
            var syllable = Math.Min(room.Length - at, (int)((0.12 + (0.2 * random.NextDouble())) * Rate));
            var kind = random.NextDouble();
            var glide = 1 + (0.5 * (random.NextDouble() - 0.5));
            Formant[] formants =
            [
                new(300 + (600 * random.NextDouble()), 80, 1),
                new(850 + (1500 * random.NextDouble()), 110, 0.6),
                new(2300 + (900 * random.NextDouble()), 160, 0.3),
            ];
            for (var i = 0; i < syllable; i++)
            {
                var into = (double)i / syllable;
                phase += pitch * (1 + ((glide - 1) * into)) / Rate;
                var pulse = phase >= 1 ? 1.0 : 0;
                phase -= Math.Floor(phase);
                var source = kind > 0.25 ? pulse + (0.02 * (random.NextDouble() - 0.5)) : kind > 0.1 ? 0.3 * (random.NextDouble() - 0.5) : 0;
                var voice = 0.0;
                foreach (var formant in formants)
                {
                    voice += formant.Next(source);
                }

                room[at + i] += loudness * voice * Math.Sin(Math.PI * into);
            }

            at += syllable;
        }
    }

    private static double Power(double[] samples)
    {
        // Two poles each way bound the band.
        var (high, low) = (Biquad.HighPass(300), Biquad.LowPass(3_400));
        return samples.Average(x => low.Next(high.Next(x)) is var y ? y * y : 0);
    }

    private static short Code(short x, SoundCode code) => code switch
    {
        SoundCode.MuLaw => MuLaw(x),
        SoundCode.ALaw => ALaw(x),
        _ => x,
    };

    // There and back. Source: ITU-T G.711, tables 1a and 2a: segments that double, 16 steps in each.
    private static short MuLaw(short x)
    {
        var magnitude = Math.Min(Math.Abs((int)x), 32_635) + 132;
        var segment = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 7;
        var step = (magnitude >> (segment + 3)) & 15;
        return (short)(Math.Sign(x) * ((((step << 3) + 132) << segment) - 132));
    }

    private static short ALaw(short x)
    {
        // 12 bits of magnitude; the first two segments have the same step.
        var magnitude = Math.Min(Math.Abs((int)x), short.MaxValue) >> 4;
        var shift = magnitude < 32 ? 0 : 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)magnitude) - 4;
        var middle = ((magnitude >> shift) << (shift + 4)) + (1 << (shift + 3));
        return (short)(Math.Sign(x) * Math.Min(short.MaxValue, middle));
    }

    /// <summary>A resonance of the mouth.</summary>
    private sealed class Formant
    {
        private readonly double a1, a2, gain;
        private double y1, y2;

        public Formant(double hertz, double width, double loudness)
        {
            var radius = Math.Exp(-Math.PI * width / Rate);
            (a1, a2, gain) = (2 * radius * Math.Cos(2 * Math.PI * hertz / Rate), -radius * radius, loudness * (1 - radius));
        }

        public double Next(double x)
        {
            var y = (gain * x) + (a1 * y1) + (a2 * y2);
            (y1, y2) = (y, y1);
            return y;
        }
    }

    /// <summary>A second-order Butterworth filter (bilinear transform).</summary>
    private sealed class Biquad(double b0, double b1, double b2, double a1, double a2)
    {
        private double x1, x2, y1, y2;

        public static Biquad LowPass(double hertz)
        {
            var (k, norm) = Shape(hertz);
            return new(k * k * norm, 2 * k * k * norm, k * k * norm, 2 * ((k * k) - 1) * norm, (1 - (Math.Sqrt(2) * k) + (k * k)) * norm);
        }

        public static Biquad HighPass(double hertz)
        {
            var (k, norm) = Shape(hertz);
            return new(norm, -2 * norm, norm, 2 * ((k * k) - 1) * norm, (1 - (Math.Sqrt(2) * k) + (k * k)) * norm);
        }

        public double Next(double x)
        {
            var y = (b0 * x) + (b1 * x1) + (b2 * x2) - (a1 * y1) - (a2 * y2);
            (x2, x1, y2, y1) = (x1, x, y1, y);
            return y;
        }

        private static (double K, double Norm) Shape(double hertz)
        {
            var k = Math.Tan(Math.PI * hertz / Rate);
            return (k, 1 / (1 + (Math.Sqrt(2) * k) + (k * k)));
        }
    }
}
