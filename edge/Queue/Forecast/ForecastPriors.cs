using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>What is believed before anything was seen. Spreads are standard deviations of natural logarithms: 0.15 is about 15 percent.</summary>
/// <param name="Median">Of services that nothing is known about.</param>
/// <param name="Known">Medians of services that past days or the province's table tell.</param>
/// <param name="ServiceSpread">Between services, where nothing is known.</param>
/// <param name="KnownSpread">Around a known median.</param>
/// <param name="Noise">Of one service around its own median.</param>
/// <param name="DaySpread">Between days.</param>
/// <param name="ClerkSpread">Between clerks.</param>
/// <param name="ServiceDrift">From one day to the next, of each service by itself.</param>
/// <param name="ClerkDrift">From one day to the next: another clerk may sit there.</param>
/// <param name="MissedShare">Of called tickets whose citizen has left.</param>
/// <param name="PausesPerHour">Of a working counter.</param>
public sealed record ForecastPriors(
    TimeSpan Median,
    ImmutableDictionary<ServiceCode, TimeSpan> Known,
    double ServiceSpread = 0.8,
    double KnownSpread = 0.3,
    double Noise = 0.6,
    double DaySpread = 0.15,
    double ClerkSpread = 0.15,
    double ServiceDrift = 0.1,
    double ClerkDrift = 0.05,
    double MissedShare = 0.05,
    double PausesPerHour = 0.2)
{
    public static ForecastPriors Usual { get; } = new(TimeSpan.FromMinutes(8), ImmutableDictionary<ServiceCode, TimeSpan>.Empty);

    public TimeSpan MedianOf(ServiceCode service) => Known.GetValueOrDefault(service, Median);

    public double SpreadOf(ServiceCode service) => Known.ContainsKey(service) ? KnownSpread : ServiceSpread;

    /// <summary>Sixteen evenly spaced parts of the normal curve.</summary>
    internal static double[] Normal { get; } = [.. Enumerable.Range(0, 16).Select(i => Chance.NormalAt((i + 0.5) / 16))];

    // Seconds. Three calls at the minimum interval, a break for tea or a paper from the office next door, and being back from lunch a little late.
    internal static double[] EmptyCalls { get; } = [60, 75, 90, 105, 120];

    internal static double[] Pauses { get; } = [180, 300, 420, 600, 900, 1500];

    internal static double[] LateReturns { get; } = [0, 30, 60, 120, 180, 300];
}
