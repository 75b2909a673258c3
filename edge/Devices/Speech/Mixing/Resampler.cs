namespace MotCua.Edge.Devices.Speech.Mixing;

/// <summary>Changes the sample rate of speech.</summary>
/// <remarks>A windowed sinc (Hann, eight zero crossings a side), computed for each sample: a few milliseconds a clip, and no table in memory.</remarks>
internal static class Resampler
{
    private const int Crossings = 8;

    public static short[] Convert(ReadOnlySpan<short> samples, int from, int to)
    {
        if (from == to)
        {
            return samples.ToArray();
        }

        // Going down, what the lower rate cannot hold is cut off; else it would come back as a hiss.
        var cutoff = Math.Min(1.0, (double)to / from);
        var reach = Crossings / cutoff;
        var result = new short[Math.Max(1, (int)((long)samples.Length * to / from))];
        for (var i = 0; i < result.Length; i++)
        {
            var centre = (double)i * from / to;
            var (sum, weights) = (0.0, 0.0);
            for (var j = Math.Max(0, (int)Math.Ceiling(centre - reach)); j < samples.Length && j <= centre + reach; j++)
            {
                var weight = Weight((j - centre) * cutoff);
                sum += samples[j] * weight;
                weights += weight;
            }

            result[i] = (short)Math.Clamp(Math.Round(weights > 0.01 ? sum / weights : 0), short.MinValue, short.MaxValue);
        }

        return result;
    }

    private static double Weight(double x) => Math.Abs(x) < 1e-9 ? 1
        : Math.Abs(x) >= Crossings ? 0
        : Math.Sin(Math.PI * x) / (Math.PI * x) * (0.5 + 0.5 * Math.Cos(Math.PI * x / Crossings));
}
