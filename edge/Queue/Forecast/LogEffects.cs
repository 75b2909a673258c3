using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>
/// What makes a service long or short, as one joint normal estimate of sums of logarithms: the service, the clerk at the counter, and the day.
/// Each starts at what is believed and moves as far as the evidence goes. Jointly, because a slow morning must not be booked on the one clerk who worked.
/// </summary>
/// <param name="Names">The effects in order; the first is the day.</param>
/// <param name="Covariance">Row by row.</param>
/// <remarks>A Kalman filter with identity transition; the day is forgotten overnight, services and clerks drift a little.</remarks>
public sealed record LogEffects(ImmutableArray<string> Names, ImmutableArray<double> Mean, ImmutableArray<double> Covariance)
{
    /// <summary>Effects that are tracked at once: 32 services, 99 counters and the day. Others stay at what is believed.</summary>
    public const int Most = 132;

    internal const string Day = "day";

    public static LogEffects Start(ForecastPriors priors) => new([Day], [0], [priors.DaySpread * priors.DaySpread]);

    internal static string NameOf(ServiceCode service) => "s:" + service.Value;

    internal static string NameOf(CounterId counter) => "c:" + counter.ToString();

    /// <param name="log">Logarithm of the seconds it took.</param>
    /// <param name="noise">Variance of one service around its effects.</param>
    internal (LogEffects After, double Surprise, double Variance) Learn(ForecastPriors priors, ServiceCode service, CounterId counter, double log, double noise)
    {
        var known = Knowing(priors, service).Knowing(priors, counter);
        var size = known.Names.Length;
        Span<int> at = [0, known.Names.IndexOf(NameOf(service)), known.Names.IndexOf(NameOf(counter))];
        var (expected, variance) = (0.0, noise);
        var gain = new double[size];
        foreach (var i in at)
        {
            if (i < 0)
            {
                continue;
            }

            expected += known.Mean[i];
            for (var row = 0; row < size; row++)
            {
                gain[row] += known.Covariance[(row * size) + i];
            }
        }

        foreach (var i in at)
        {
            variance += i < 0 ? 0 : gain[i];
        }

        // A lone monster moves the estimate no further than 2.5 standard deviations would.
        var surprise = log - expected;
        var bounded = Math.Clamp(surprise, -2.5 * Math.Sqrt(variance), 2.5 * Math.Sqrt(variance));
        var mean = new double[size];
        var covariance = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            mean[row] = known.Mean[row] + (gain[row] / variance * bounded);
            for (var column = 0; column < size; column++)
            {
                covariance[(row * size) + column] = known.Covariance[(row * size) + column] - (gain[row] * gain[column] / variance);
            }
        }

        return (new LogEffects(known.Names, [.. mean], [.. covariance]), surprise, variance);
    }

    internal LogEffects NextDay(ForecastPriors priors)
    {
        var size = Names.Length;
        var covariance = Covariance.ToArray();
        for (var i = 0; i < size; i++)
        {
            (covariance[i], covariance[i * size]) = (0, 0);
            var (drift, most) = Names[i][0] == 's' ? (priors.ServiceDrift, priors.ServiceSpread) : (priors.ClerkDrift, priors.ClerkSpread);
            covariance[(i * size) + i] = Math.Min(covariance[(i * size) + i] + (drift * drift), most * most);
        }

        covariance[0] = priors.DaySpread * priors.DaySpread;
        return new LogEffects(Names, Mean.SetItem(0, 0), [.. covariance]);
    }

    /// <summary>Mean and variance of one service's logarithm, without the noise around it.</summary>
    internal (double Mean, double Variance) Of(ForecastPriors priors, ServiceCode service)
    {
        var i = Names.IndexOf(NameOf(service));
        return i < 0 ? (Math.Log(priors.MedianOf(service).TotalSeconds), priors.SpreadOf(service) * priors.SpreadOf(service)) : (Mean[i], Covariance[(i * Names.Length) + i]);
    }

    internal LogEffects Knowing(ForecastPriors priors, ServiceCode service) =>
        With(NameOf(service), Math.Log(priors.MedianOf(service).TotalSeconds), priors.SpreadOf(service));

    internal LogEffects Knowing(ForecastPriors priors, CounterId counter) => With(NameOf(counter), 0, priors.ClerkSpread);

    private LogEffects With(string name, double mean, double spread)
    {
        var size = Names.Length;
        if (size >= Most || Names.Contains(name))
        {
            return this;
        }

        var covariance = new double[(size + 1) * (size + 1)];
        for (var row = 0; row < size; row++)
        {
            Covariance.CopyTo(row * size, covariance, row * (size + 1), size);
        }

        covariance[^1] = spread * spread;
        return new LogEffects(Names.Add(name), Mean.Add(mean), [.. covariance]);
    }
}
