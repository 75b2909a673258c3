using System.Text.Json;
using MotCua.Edge.Queue.Forecast;
using Xunit;

namespace MotCua.Edge.Queue.Tests.Forecast;

public sealed class ForecastMemoryTests
{
    private static readonly CounterId One = new(1);
    private static readonly CounterId Two = new(2);

    [Fact]
    public void An_estimate_moves_from_the_prior_to_what_is_seen()
    {
        var times = ServiceTimes.Start(Rooms.Known);
        Assert.Equal(4, times.MedianOf(Rooms.Notary).TotalMinutes, 3);
        var before = 4.0;
        foreach (var (count, least) in new[] { (1, 4.1), (10, 4.9), (200, 7) })
        {
            times = Taught(times, Rooms.Notary, One, 10, count);
            var now = times.MedianOf(Rooms.Notary).TotalMinutes;
            Assert.InRange(now, Math.Max(before, least), 11);
            before = now;
        }
    }

    [Fact]
    public void What_is_learned_of_one_service_leaves_another_nearly_where_it_was() =>
        Assert.InRange(Taught(ServiceTimes.Start(Rooms.Known), Rooms.Notary, One, 10, 50).MedianOf(Rooms.Land).TotalMinutes, 14, 16);

    [Theory]
    [InlineData(100_000)]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_key_that_nobody_or_somebody_twice_pressed_moves_the_estimate_little(double minutes)
    {
        var times = Taught(ServiceTimes.Start(Rooms.Known), Rooms.Notary, One, 4, 30);
        Assert.InRange(times.Served(Rooms.Notary, One, Rooms.Minutes(minutes)).MedianOf(Rooms.Notary).TotalMinutes, 3.6, 4.4);
    }

    [Fact]
    public void A_slow_clerk_is_not_booked_on_the_service()
    {
        var times = ServiceTimes.Start(Rooms.Known);
        for (var n = 0; n < 100; n++)
        {
            times = times.Served(Rooms.Notary, One, Rooms.Minutes(4)).Served(Rooms.Notary, Two, Rooms.Minutes(6));
        }

        var (slow, quick) = (WaitAt(times, Two), WaitAt(times, One));
        Assert.True(slow.Upper > 1.15 * quick.Upper, $"{slow} against {quick}");
    }

    [Fact]
    public void A_slow_day_is_forgotten_overnight()
    {
        var times = ServiceTimes.Start(Rooms.Known);
        for (var day = 0; day < 10; day++)
        {
            times = Taught(times, Rooms.Notary, One, 4, 40).NextDay();
        }

        var evening = Taught(times, Rooms.Notary, One, 6, 40);
        Assert.True(WaitAt(evening, One).Lower > WaitAt(evening.NextDay(), One).Lower);
    }

    [Fact]
    public void Memory_is_bounded_whatever_comes()
    {
        var memory = ForecastMemory.Start(ForecastPriors.Usual);
        var random = new Random(1);
        for (var n = 0; n < 15 * Rooms.Seeds; n++)
        {
            var service = new ServiceCode($"s{n % 70}");
            memory = memory.Issued(service, Rooms.Minutes(n % 90), Rooms.At(random.Next(-5, 40)))
                .Served(service, new CounterId(1 + (n % 99)), Rooms.Minutes(n), Rooms.Minutes(random.Next(-10, 10_000)))
                .NotThere(Rooms.Minutes(n), Rooms.Minutes(n)).Paused(Rooms.Minutes(-n)).Returned(Rooms.Minutes(n))
                .Judged(service, Rooms.At(n % 30), new WaitRange(TimeSpan.Zero, Rooms.Minutes(1)), Rooms.Minutes(n % 3));
            memory = n % 100 == 0 ? memory.NextDay() : memory;
        }

        Assert.Equal(ServiceTimes.MostServices, memory.Times.Services.Length);
        Assert.Equal(LogEffects.Most, memory.Times.Effects.Names.Length);
        Assert.All(memory.Times.Services, service => Assert.True(service.Deviations.Newest.Length <= NewestSeen.Most));
        Assert.True(memory.Arrivals.Kinds.Length <= ArrivalHabits.MostKinds && memory.Calibration.Services.Length <= ServiceTimes.MostServices);
        Assert.All(memory.Times.Effects.Mean, value => Assert.True(double.IsFinite(value)));
        Assert.All(memory.Times.Effects.Covariance, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Misses_widen_the_ranges_and_holding_narrows_them_within_bounds()
    {
        var range = new WaitRange(Rooms.Minutes(10), Rooms.Minutes(20));
        var (start, missing, holding) = (Learned(), Learned(), Learned());
        for (var n = 0; n < 1_000; n++)
        {
            missing = missing.Judged(Rooms.Notary, Rooms.At(9), range, Rooms.Minutes(n % 2 == 0 ? 5 : 25));
            holding = holding.Judged(Rooms.Notary, Rooms.At(9), range, Rooms.Minutes(15));
        }

        Assert.True(Width(missing) > Width(start) && Width(start) > Width(holding), $"{Width(missing)}, {Width(start)}, {Width(holding)}");
        Assert.True(Width(missing) < 2.5 * Width(start));
    }

    [Fact]
    public void The_memory_survives_being_written_and_read_and_is_small()
    {
        var memory = Rooms.Learned(ForecastPriors.Usual, new Random(1), priority: 5);
        var text = JsonSerializer.Serialize(memory with { Times = memory.Times with { Priors = ForecastPriors.Usual } });
        Assert.True(text.Length < 60_000, $"{text.Length} characters");
        var scene = new ForecastScene(Rooms.At(9), Rooms.UsualHours, [Rooms.Busy(1, Rooms.At(9), Rooms.Notary, Rooms.Notary)], Rooms.Line(Rooms.At(9), 20, Rooms.Notary));
        Assert.Equal(WaitForecaster.OfAll(scene, memory, 1), WaitForecaster.OfAll(scene, JsonSerializer.Deserialize<ForecastMemory>(text)!, 1));
    }

    private static ForecastMemory Learned() => Rooms.Learned(Rooms.Known, new Random(1));

    private static ServiceTimes Taught(ServiceTimes times, ServiceCode service, CounterId counter, double minutes, int count)
    {
        for (var n = 0; n < count; n++)
        {
            times = times.Served(service, counter, Rooms.Minutes(minutes));
        }

        return times;
    }

    private static WaitRange WaitAt(ServiceTimes times, CounterId counter) => Range(ForecastMemory.Start(Rooms.Known) with { Times = times }, counter);

    private static TimeSpan Width(ForecastMemory memory) => Range(memory, One).Width;

    private static WaitRange Range(ForecastMemory memory, CounterId counter) => Assert.IsType<WaitRange>(WaitForecaster.Of(
        new ForecastScene(Rooms.At(9), Rooms.UsualHours, [Rooms.Busy(counter.Value, Rooms.At(9), Rooms.Notary, Rooms.Notary)], Rooms.Line(Rooms.At(9), 15, Rooms.Notary)), memory, 15, 1));
}
