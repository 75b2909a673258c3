using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Bench.Forecast;

/// <summary>Do the ranges hold, are they narrow enough to plan by, and what do they cost?</summary>
internal static class ForecastBench
{
    private const int Waiting = 300;
    private const int Counters = 8;
    private const int WarmUp = 3_000;
    private const int Forecasts = 2_000;
    private const string World = "2,000 simulated days of 40 centres that the forecast was not built on";

    /// <param name="picture">File for the picture.</param>
    public static IEnumerable<Row> Run(string picture)
    {
        // First, while nothing else runs.
        var (p50, p99) = Speed(TimeProvider.System);
        var score = ForecastExam.Run(ForecastExam.FirstExamSeed, ForecastExam.ExamCentres, ForecastExam.DaysEach, withOracle: true);
        File.WriteAllText(picture, ForecastPicture.Draw(score));
        Console.Error.WriteLine($"  {score.Count(Asked.AtIssue):N0} ranges at issue, {score.Count(Asked.WhileWaiting):N0} while waiting, {score.Count(Asked.OfOracle):N0} of an oracle; picture: {picture}");
        Console.Error.WriteLine($"  called at once: {score.AtOnceShare:P1} of all, true of {score.AtOnceTrue:P1}; median wait of the others {score.MedianWait / 60:F1} min");
        foreach (var (name, held, count) in score.PerService.Concat(score.PerHour))
        {
            Console.Error.WriteLine($"  {name,-30} {held:P1} of {count:N0}");
        }

        var oracle = $"somebody who knows every true parameter: {score.Coverage(Asked.OfOracle):P1}";
        return
        [
            .. Band("80 % ranges that held, at issue", score.Coverage(Asked.AtIssue), oracle),
            .. Band("80 % ranges that held, while waiting", score.Coverage(Asked.WhileWaiting), World),
            .. Band("80 % ranges that held, worst service", Worst(score.PerService, out var service), service),
            .. Band("80 % ranges that held, worst hour", Worst(score.PerHour, out var hour), hour),
            new Row("80 % range: median width over median wait", Percent(score.WidthRatio(Asked.AtIssue)), "%", 60, null,
                $"somebody who knows every true parameter: {score.WidthRatio(Asked.OfOracle):P1}"),
            new Row("tickets that wait and are told nothing", Percent(score.SilentShare), "%", 20, null, World),
            new Row($"wait forecast, {Waiting} waiting, p50", Math.Round(p50, 3), "ms", 1, null, null),
            new Row($"wait forecast, {Waiting} waiting, p99", Math.Round(p99, 3), "ms", 1, null, null),
        ];
    }

    // A share that may miss on either side takes two rows: one for each end of the band.
    private static Row[] Band(string name, double share, string? limit) =>
    [
        new Row(name, Percent(share), "%", 78, null, null, AtLeast: true),
        new Row("  the same, at most", Percent(share), "%", 82, null, limit),
    ];

    private static double Worst(IReadOnlyList<(string Name, double Held, int Count)> groups, out string which)
    {
        var (name, held, count) = groups.MaxBy(group => Math.Abs(group.Held - 0.8));
        which = $"{name}, {count:N0} tickets";
        return held;
    }

    private static double Percent(double share) => Math.Round(share * 100, 2);

    // The last of 300 at eight counters, with everything learned that a forecast can know.
    private static (double P50, double P99) Speed(TimeProvider time)
    {
        var (random, services, samples) = (new Random(1), WorldService.All, new Samples(Forecasts));
        var memory = Learned(random);
        var scene = new ForecastScene(
            TimeSpan.FromHours(8.2),
            [new(TimeSpan.FromHours(7.5), TimeSpan.FromHours(11.5)), new(TimeSpan.FromHours(13.5), TimeSpan.FromHours(17))],
            [
                .. Enumerable.Range(1, Counters).Select(id => new SceneCounter(
                    new CounterId(id), [.. services.Where((_, s) => (s + id) % 2 == 0 || s == id % services.Length).Select(s => s.Code)],
                    CounterDoes.Serve, TimeSpan.FromHours(8.1), services[id % services.Length].Code)),
            ],
            [.. Enumerable.Range(0, Waiting).Select(key => new SceneTicket(key, services[random.Next(services.Length)].Code, TimeSpan.FromHours(7.2 + (key / 300.0)), TimeSpan.Zero))]);
        for (var n = -WarmUp; n < Forecasts; n++)
        {
            var start = time.GetTimestamp();
            _ = WaitForecaster.Of(scene, memory, Waiting - 1, (ulong)(n + WarmUp));
            if (n >= 0)
            {
                samples.Add(time.GetElapsedTime(start));
            }
        }

        return (samples.At(0.5), samples.At(0.99));
    }

    private static ForecastMemory Learned(Random random)
    {
        var memory = ForecastMemory.Start(ForecastPriors.Usual);
        for (var n = 0; n < 2_000; n++)
        {
            var service = WorldService.All[random.Next(WorldService.All.Length)];
            memory = memory
                .Issued(service.Code, TimeSpan.FromMinutes(random.Next(7) == 0 ? 15 : 0), TimeSpan.FromHours(7.5 + (8 * random.NextDouble())))
                .Served(service.Code, new CounterId(1 + random.Next(Counters)), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(service.Minutes(random)));
            memory = n % 200 == 199 ? memory.NextDay() : memory;
        }

        return memory;
    }
}
