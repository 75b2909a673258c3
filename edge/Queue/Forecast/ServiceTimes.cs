using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>How long services take here: estimates that start at a prior and move to what is seen. Bounded, whatever comes.</summary>
/// <param name="Services">One for each service seen, at most <see cref="MostServices"/>.</param>
public sealed record ServiceTimes(ForecastPriors Priors, LogEffects Effects, ImmutableArray<ServiceShape> Services, AbsentHabits Absent)
{
    public const int MostServices = 32;

    /// <summary>Shorter is a key pressed twice.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>Longer is a key that nobody pressed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    public static ServiceTimes Start(ForecastPriors priors) => new(priors, LogEffects.Start(priors), ImmutableArray<ServiceShape>.Empty, AbsentHabits.None);

    /// <param name="took">From the call to the moment the counter could call again. Bounded by <see cref="Shortest"/> and <see cref="Longest"/>.</param>
    public ServiceTimes Served(ServiceCode service, CounterId counter, TimeSpan took)
    {
        var shape = ShapeOf(service);
        var noise = shape.Variance(Priors);
        var (effects, surprise, variance) = Effects.Learn(Priors, service, counter, Math.Log(Bounded(took).TotalSeconds), noise);

        // The surprise holds what was not known about the effects as well; only the share of the noise goes into the shape.
        return (this with { Effects = effects }).With(shape.Served(surprise * Math.Sqrt(noise / variance)));
    }

    /// <param name="waited">From the ticket's arrival to its call.</param>
    public ServiceTimes Called(TimeSpan waited, bool came, TimeSpan took) => this with { Absent = Absent.With(waited, came, Bounded(took)) };

    public ServiceTimes NextDay() => this with { Effects = Effects.NextDay(Priors) };

    /// <summary>The middle of what a service is expected to take on a usual day at a usual counter.</summary>
    public TimeSpan MedianOf(ServiceCode service) => TimeSpan.FromSeconds(Math.Exp(Effects.Of(Priors, service).Mean));

    internal ServiceShape ShapeOf(ServiceCode service) => Services.FirstOrDefault(s => s.Service == service.Value) ?? new ServiceShape(service.Value, 0, 0, NewestSeen.Nothing);

    private static TimeSpan Bounded(TimeSpan took) => took < Shortest ? Shortest : took > Longest ? Longest : took;

    private ServiceTimes With(ServiceShape shape)
    {
        for (var i = 0; i < Services.Length; i++)
        {
            if (Services[i].Service == shape.Service)
            {
                return this with { Services = Services.SetItem(i, shape) };
            }
        }

        return Services.Length < MostServices ? this with { Services = Services.Add(shape) } : this;
    }
}

/// <summary>How one service varies around its median.</summary>
/// <param name="Squares">Sum of squared deviations, of <paramref name="Count"/> services that still weigh.</param>
/// <param name="Deviations">Differences of logarithms.</param>
public sealed record ServiceShape(string Service, double Count, double Squares, NewestSeen Deviations)
{
    // What is older than this many weighs less and less: a service changes with the law it carries out.
    private const double Memory = 400;

    // The prior weighs like so many services.
    private const double Belief = 8;

    private double[]? factors;

    internal double Variance(ForecastPriors priors) => (Squares + (Belief * priors.Noise * priors.Noise)) / (Count + Belief);

    /// <summary>Factors on the median, in order.</summary>
    internal double[] Factors(ForecastPriors priors)
    {
        if (factors is null)
        {
            var (believed, wide) = (ForecastPriors.Normal, Math.Sqrt(Variance(priors)));
            var sorted = Deviations.Sorted([.. believed.Select(z => z * wide)]);
            factors = [.. sorted.Select(Math.Exp)];
        }

        return factors;
    }

    internal ServiceShape Served(double deviation)
    {
        var keep = Count < Memory ? 1 : 1 - (1 / Memory);
        var bounded = Math.Clamp(deviation, -3, 3);
        return new ServiceShape(Service, (Count * keep) + 1, (Squares * keep) + (bounded * bounded), Deviations.With(bounded));
    }
}
