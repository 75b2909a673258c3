using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Edge.Queue.Tests.Forecast;

/// <summary>Rooms to forecast in.</summary>
internal static class Rooms
{
    public static readonly ServiceCode Notary = new("chung-thuc");
    public static readonly ServiceCode Land = new("dat-dai");
    public static readonly ServiceCode Civil = new("ho-tich");
    public static readonly ImmutableArray<ServiceCode> Services = [Notary, Land, Civil];

    public static readonly ImmutableArray<Session> UsualHours = [new(At(7.5), At(11.5)), new(At(13.5), At(17))];

    public static readonly ForecastPriors Known = ForecastPriors.Usual with
    {
        Known = ImmutableDictionary<ServiceCode, TimeSpan>.Empty.Add(Notary, Minutes(4)).Add(Land, Minutes(15)).Add(Civil, Minutes(8)),
    };

    public static TimeSpan At(double hour) => TimeSpan.FromHours(hour);

    public static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    // As many as Script has scripts, where mutation testing asks for few.
    public static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("MOTCUA_SCRIPTS"), out var scripts) ? scripts : 100;

    /// <summary>Runs a property under a hundred seeds; a failing seed is printed and replays it.</summary>
    public static void ForAll(Action<Random> property) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Seeds), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => property(new Random(seed))));

    public static SceneCounter Busy(int id, TimeSpan since, ServiceCode serving, params ServiceCode[] takes) =>
        new(new CounterId(id), [.. takes], CounterDoes.Serve, since, serving);

    public static SceneCounter Free(int id, params ServiceCode[] takes) => new(new CounterId(id), [.. takes], CounterDoes.Free, default, null);

    public static SceneCounter Away(int id, TimeSpan since, params ServiceCode[] takes) => new(new CounterId(id), [.. takes], CounterDoes.Away, since, null);

    /// <summary>Tickets with keys from 1, a minute apart, the last one just now.</summary>
    public static ImmutableArray<SceneTicket> Line(TimeSpan now, int count, ServiceCode service) =>
        [.. Enumerable.Range(1, count).Select(key => new SceneTicket(key, service, now - Minutes(count - key), TimeSpan.Zero))];

    /// <summary>Some days of work, so that little is unknown.</summary>
    /// <param name="priority">Every so many tickets have half an hour of credit; 0 for none.</param>
    public static ForecastMemory Learned(ForecastPriors priors, Random random, int priority = 0)
    {
        var memory = ForecastMemory.Start(priors);
        for (var n = 1; n <= 300; n++)
        {
            var service = Services[n % 3];
            var took = priors.MedianOf(service) * Math.Exp(0.8 * (random.NextDouble() - 0.5));
            memory = memory.Served(service, new CounterId(1 + (n % 4)), TimeSpan.Zero, took)
                .Issued(service, Minutes(priority > 0 && n % priority == 0 ? 30 : 0), At(7.5 + (4 * random.NextDouble())));
            memory = n % 60 == 0 ? memory.NextDay() : memory;
        }

        return memory;
    }

    /// <summary>Any room: overlapping counters, some busy, free or away, at any time of day.</summary>
    public static ForecastScene Any(Random random)
    {
        var now = At(7 + (10 * random.NextDouble()));
        var counters = Enumerable.Range(1, random.Next(0, 6)).Select(id =>
        {
            ServiceCode[] takes = [.. Services.Where(_ => random.Next(2) == 0)];
            var since = now - Minutes(random.Next(60));
            return random.Next(4) switch
            {
                0 => Free(id, takes),
                1 => Away(id, since, takes),
                _ => Busy(id, since, Services[random.Next(3)], takes),
            };
        });
        var waiting = Enumerable.Range(1, random.Next(1, 40)).Select(key => new SceneTicket(key, Services[random.Next(3)], now - Minutes(random.Next(90)), Minutes(random.Next(3) * 10)));
        return new ForecastScene(now, UsualHours, [.. counters], [.. waiting.OrderBy(t => t.EffectiveArrival)]);
    }

    /// <summary>A room whose busy counters all take every service, in a session without end.</summary>
    /// <remarks>
    /// Where counters differ, one person more ahead can truly shorten somebody's wait: they may keep a counter busy, so that the next goes to
    /// another one. So rules about more people and more counters are stated where counters and clerks are alike.
    /// </remarks>
    public static ForecastScene Alike(Random random)
    {
        var counters = Enumerable.Range(1, random.Next(1, 6)).Select(id => Busy(id, At(9) - Minutes(random.Next(20)), Services[random.Next(3)], [.. Services]));
        var waiting = Enumerable.Range(1, random.Next(5, 40)).Select(key => new SceneTicket(key, Services[random.Next(3)], At(9) - Minutes(45 - key), TimeSpan.Zero));
        return new ForecastScene(At(9), [new(At(0), At(24 * 30))], [.. counters], [.. waiting]);
    }
}
