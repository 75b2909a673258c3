namespace MotCua.Bench.Forecast;

/// <summary>Draws that the simulated world is made of. None is shared with the forecast.</summary>
internal static class WorldChance
{
    public static double Normal(this Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double Exponential(this Random random) => -Math.Log(1 - random.NextDouble());

    /// <param name="spread">Standard deviation of the logarithm.</param>
    public static double LogNormal(this Random random, double median, double spread) => median * Math.Exp(spread * random.Normal());

    /// <param name="shape">1 or more.</param>
    /// <remarks>Marsaglia and Tsang, 2000.</remarks>
    public static double Gamma(this Random random, double shape, double scale)
    {
        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = random.Normal();
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v * scale;
            }
        }
    }

    public static double Weibull(this Random random, double shape, double scale) => scale * Math.Pow(random.Exponential(), 1 / shape);
}
