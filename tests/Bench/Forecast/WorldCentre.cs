namespace MotCua.Bench.Forecast;

/// <summary>A simulated centre: what stays from day to day. Its truth is never shown to the forecast.</summary>
internal sealed class WorldCentre
{
    /// <summary>Nobody is passed more often than this by people who came later.</summary>
    public const int MostOvertakings = 6;

    /// <summary>Priority groups: share of the arrivals and credit in minutes.</summary>
    public static readonly (double Share, double Credit)[] Priorities = [(0.08, 15), (0.02, 30), (0.02, 20), (0.03, 20)];

    /// <summary>Seconds of the day: when counters call, and the last tickets are given shortly before the end.</summary>
    public static readonly (double From, double To)[] Sessions = [(7.5 * 3600, 11.5 * 3600), (13.5 * 3600, 17 * 3600)];

    // Relative arrivals by hours: many stand at the door before it opens, and few come late.
    private static readonly (double From, double To, double Rate)[] Rates =
    [
        (7, 7.5, 1.8), (7.5, 8.5, 1.5), (8.5, 9.5, 1.1), (9.5, 10.5, 0.8), (10.5, 11.25, 0.4), (11.25, 11.5, 0.2),
        (13, 13.5, 1.2), (13.5, 14.5, 1.2), (14.5, 15.5, 0.8), (15.5, 16.5, 0.5),
    ];

    private readonly double[] weights;

    public WorldCentre(int seed)
    {
        var random = new Random(seed);
        Busy = random.NextDouble() < 0.5;
        weights = [.. WorldService.All.Select(s => s.Weight * random.LogNormal(1, 0.25))];
        Scale = [.. WorldService.All.Select(_ => random.LogNormal(1, 0.25))];
        var share = weights.Sum();
        var mean = weights.Select((w, s) => w / share * WorldService.All[s].MeanMinutes * Scale[s]).Sum();
        var perDay = Busy ? 225 : 50;
        var counters = Math.Max(2, (int)Math.Round(perDay * mean / 450 / (0.85 + (0.15 * random.NextDouble()))));
        Counters = CountersFor(random, counters);
        Clerks = [.. Counters.Select(_ => random.LogNormal(1, 0.15))];
        PausesPerHour = 0.15 + (0.3 * random.NextDouble());
    }

    /// <summary>150 to 300 arrivals a day, else 30 to 70.</summary>
    public bool Busy { get; }

    /// <summary>How slow this centre is with each service.</summary>
    public double[] Scale { get; }

    /// <summary>The services of each counter.</summary>
    public int[][] Counters { get; }

    /// <summary>How slow each clerk is.</summary>
    public double[] Clerks { get; }

    public double PausesPerHour { get; }

    /// <summary>Relative arrivals at a second of the day.</summary>
    public static double RateAt(double second)
    {
        foreach (var (from, to, rate) in Rates)
        {
            if (second >= from * 3600 && second < to * 3600)
            {
                return rate;
            }
        }

        return 0;
    }

    public const double HighestRate = 1.8;

    public static double RateOfDay => Rates.Sum(r => (r.To - r.From) * r.Rate) * 3600;

    public int AnyService(Random random)
    {
        var left = random.NextDouble() * weights.Sum();
        var service = 0;
        while (service < weights.Length - 1 && left >= weights[service])
        {
            left -= weights[service++];
        }

        return service;
    }

    // Overlapping sets: each counter takes about half of the services (a small centre's take all but one), and each service has two counters at least.
    private static int[][] CountersFor(Random random, int counters)
    {
        var services = WorldService.All.Length;
        var sets = Enumerable.Range(0, counters).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var set in sets)
        {
            while (set.Count < (counters <= 3 ? services - 1 : (services / 2) + 1))
            {
                set.Add(random.Next(services));
            }
        }

        for (var service = 0; service < services; service++)
        {
            while (sets.Count(set => set.Contains(service)) < 2)
            {
                sets[random.Next(counters)].Add(service);
            }
        }

        return [.. sets.Select(set => set.ToArray())];
    }
}
