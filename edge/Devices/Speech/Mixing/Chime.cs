namespace MotCua.Edge.Devices.Speech.Mixing;

/// <summary>Two falling tones that make people look up.</summary>
internal static class Chime
{
    // A minor third down, E5 to C♯5: in the range that small horns carry best and old ears still hear.
    private static readonly double[] Tones = [659.26, 554.37];

    private const double ToneSeconds = 0.45;

    // Each tone has lost nine tenths when the next one begins.
    private const double DecaySeconds = 0.2;

    // A little below speech, whose peaks are higher than its loudness.
    private const double Peak = 0.35 * short.MaxValue;

    public static Clip Make()
    {
        var perTone = (int)(ToneSeconds * Clip.Rate);
        var samples = new short[perTone * Tones.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            var seconds = (double)(i % perTone) / Clip.Rate;
            // Five milliseconds to begin, so that it does not click.
            var loudness = Math.Exp(-seconds / DecaySeconds) * Math.Min(1, seconds / 0.005);
            samples[i] = (short)(Peak * loudness * Math.Sin(2 * Math.PI * Tones[i / perTone] * seconds));
        }

        return new Clip(samples);
    }
}
