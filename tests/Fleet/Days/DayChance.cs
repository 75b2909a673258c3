namespace MotCua.Fleet.Days;

/// <summary>Draws that days are made of.</summary>
internal static class DayChance
{
    /// <summary>Chance of its own for each purpose, so that a change in one part of a day moves no other.</summary>
    /// <param name="number">Of the centre or district.</param>
    public static Random Of(int seed, int number, string purpose)
    {
        // Not HashCode: that one differs from start to start.
        var mixed = (uint)seed;
        foreach (var part in (ReadOnlySpan<uint>)[(uint)number, .. purpose.Select(letter => (uint)letter)])
        {
            mixed = (mixed ^ part) * 0x9E3779B1u;
            mixed ^= mixed >> 15;
        }

        return new Random((int)mixed);
    }

    public static double Exponential(this Random random) => -Math.Log(1 - random.NextDouble());

    /// <param name="spread">Standard deviation of the logarithm.</param>
    public static double LogNormal(this Random random, double median, double spread)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return median * Math.Exp(spread * normal);
    }

    public static TimeSpan Seconds(this Random random, double from, double to) => TimeSpan.FromSeconds(from + ((to - from) * random.NextDouble()));
}
