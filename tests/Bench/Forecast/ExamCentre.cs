using System.Collections.Immutable;
using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Bench.Forecast;

/// <summary>Runs one simulated centre day by day with a forecast that learns as it would on a box: it sees what the box sees, from its first day on.</summary>
internal sealed class ExamCentre(int seed, bool withOracle) : IDayWatcher
{
    private const int OraclePaths = 99;
    private const double AskAgain = 600;

    private static readonly double[] Curve = [0.5, 0.6, 0.7, 0.8, 0.9];

    private static readonly ImmutableArray<Session> Sessions =
        [.. WorldCentre.Sessions.Select(s => new Session(TimeSpan.FromSeconds(s.From), TimeSpan.FromSeconds(s.To)))];

    private readonly WorldCentre centre = new(seed);
    private readonly Random days = new(seed ^ 0x5EED);
    private readonly Random asking = new(seed ^ 0xA5C);
    private readonly Dictionary<long, List<Verdict>> open = [];
    private readonly List<Verdict> verdicts = [];
    private ForecastMemory memory = ForecastMemory.Start(ForecastPriors.Usual);
    private ulong daySeed;
    private int today;

    public List<Verdict> Run(int count)
    {
        for (today = 0; today < count; today++)
        {
            daySeed = (ulong)days.NextInt64();
            var world = new WorldDay(centre, new Random(days.Next()), this);
            var again = 7.5 * 3600;
            while (world.Step())
            {
                if (world.Now >= again)
                {
                    AskAll(world);
                    again = world.Now + AskAgain;
                }
            }

            CloseDay();
        }

        return verdicts;
    }

    /// <summary>What a box sees of the room.</summary>
    public static ForecastScene SceneOf(WorldDay day) => new(
        TimeSpan.FromSeconds(day.Now),
        Sessions,
        [.. day.Counters.Select(CounterOf)],
        [.. day.Waiting.Select(ticket => new SceneTicket(ticket.Key, WorldService.All[ticket.Service].Code, TimeSpan.FromSeconds(ticket.Arrival), TimeSpan.FromSeconds(ticket.Credit)))]);

    void IDayWatcher.Issued(WorldDay day, WorldTicket ticket)
    {
        var scene = SceneOf(day);
        Hear(day, ticket, Asked.AtIssue, 0.8, WaitForecaster.Of(scene, memory, ticket.Key, daySeed));
        memory = memory.Issued(WorldService.All[ticket.Service].Code, TimeSpan.FromSeconds(ticket.Credit), scene.Now);
        var said = open[ticket.Key][0].Said;
        if (said == Said.Range && asking.Next(10) == 0)
        {
            foreach (var hold in Curve)
            {
                Hear(day, ticket, Asked.ForCurve, hold, WaitForecaster.Of(scene, memory, ticket.Key, daySeed, hold));
            }
        }

        if (said == Said.Range && withOracle && asking.Next(120) == 0)
        {
            AskOracle(day, ticket);
        }
    }

    void IDayWatcher.Called(WorldTicket ticket, double now)
    {
        if (!open.Remove(ticket.Key, out var said))
        {
            return;
        }

        foreach (var one in said)
        {
            // The verdict keeps the moment of asking in Wait until the call comes.
            verdicts.Add(one with { Wait = now - one.Wait });
        }

        if (said[0] is { Said: Said.Range } first)
        {
            memory = memory.Judged(
                WorldService.All[ticket.Service].Code, TimeSpan.FromSeconds(first.Wait),
                new WaitRange(TimeSpan.FromSeconds(first.Lower), TimeSpan.FromSeconds(first.Upper)), TimeSpan.FromSeconds(now - first.Wait));
        }
    }

    void IDayWatcher.Served(WorldCounter counter, double seconds) =>
        memory = memory.Served(WorldService.All[counter.Serving].Code, new CounterId(counter.Id), TimeSpan.FromSeconds(counter.Waited), TimeSpan.FromSeconds(seconds));

    void IDayWatcher.NotThere(WorldCounter counter, double seconds) => memory = memory.NotThere(TimeSpan.FromSeconds(counter.Waited), TimeSpan.FromSeconds(seconds));

    void IDayWatcher.Paused(double seconds) => memory = memory.Paused(TimeSpan.FromSeconds(seconds));

    void IDayWatcher.Returned(double late) => memory = memory.Returned(TimeSpan.FromSeconds(late));

    private static SceneCounter CounterOf(WorldCounter counter) => new(
        new CounterId(counter.Id),
        [.. counter.Services.Select(s => WorldService.All[s].Code)],
        counter.Does switch { CounterDoing.Free => CounterDoes.Free, CounterDoing.Serve => CounterDoes.Serve, _ => CounterDoes.Away },
        TimeSpan.FromSeconds(counter.Since),
        counter.Does == CounterDoing.Serve ? WorldService.All[counter.Serving].Code : null);

    private void AskAll(WorldDay day)
    {
        var waiting = day.Waiting.ToArray();
        var forecasts = WaitForecaster.OfAll(SceneOf(day), memory, daySeed);
        for (var i = 0; i < waiting.Length; i++)
        {
            Hear(day, waiting[i], Asked.WhileWaiting, 0.8, forecasts[i]);
        }
    }

    private void Hear(WorldDay day, WorldTicket ticket, Asked asked, double hold, WaitForecast forecast)
    {
        var (lower, upper) = forecast is WaitRange range ? (range.Lower.TotalSeconds, range.Upper.TotalSeconds) : (0, 0);
        var said = forecast switch { WaitRange => Said.Range, CalledAtOnce => Said.AtOnce, _ => Said.Silence };
        Note(day, ticket, new Verdict(asked, said, ticket.Service, today, (int)(day.Now / 3600), centre.Busy, hold, lower, upper, day.Now));
    }

    private void Note(WorldDay day, WorldTicket ticket, Verdict verdict)
    {
        if (!open.TryGetValue(ticket.Key, out var said))
        {
            open.Add(ticket.Key, said = []);
        }

        said.Add(verdict);
    }

    private void AskOracle(WorldDay day, WorldTicket ticket)
    {
        var waits = new double[OraclePaths];
        for (var path = 0; path < OraclePaths; path++)
        {
            var fork = day.Fork(new Random(asking.Next()));
            waits[path] = double.PositiveInfinity;
            while (fork.Called?.Key != ticket.Key && fork.Step())
            {
            }

            waits[path] = fork.Called?.Key == ticket.Key ? fork.Now - day.Now : double.PositiveInfinity;
        }

        Array.Sort(waits);
        var (lower, upper) = (waits[((OraclePaths + 1) / 10) - 1], waits[((OraclePaths + 1) * 9 / 10) - 1]);
        if (double.IsFinite(upper))
        {
            Note(day, ticket, new Verdict(Asked.OfOracle, Said.Range, ticket.Service, today, (int)(day.Now / 3600), centre.Busy, 0.8, lower, upper, day.Now));
        }
    }

    private void CloseDay()
    {
        // Who was not called was promised a call: each range given to them has failed.
        verdicts.AddRange(open.Values.SelectMany(said => said).Select(one => one with { Wait = double.PositiveInfinity }));
        open.Clear();
        memory = memory.NextDay();
    }
}
