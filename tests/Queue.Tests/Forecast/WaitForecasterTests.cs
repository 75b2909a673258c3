using System.Collections.Immutable;
using MotCua.Edge.Queue.Forecast;
using Xunit;

namespace MotCua.Edge.Queue.Tests.Forecast;

public sealed class WaitForecasterTests
{
    private static readonly TimeSpan Nine = Rooms.At(9);
    private static readonly ForecastMemory Learned = Rooms.Learned(Rooms.Known, new Random(1));

    [Fact]
    public void The_first_in_line_is_called_at_once_by_a_free_counter()
    {
        var scene = Scene(Nine, 2, Rooms.Free(1, Rooms.Notary));
        Assert.IsType<CalledAtOnce>(Forecast(scene, 1));
        Assert.IsType<WaitRange>(Forecast(scene, 2));
    }

    [Fact]
    public void Twenty_people_at_one_counter_wait_about_twenty_services()
    {
        var range = Range(Scene(Nine, 20, Rooms.Busy(1, Nine, Rooms.Notary, Rooms.Notary)), 20);
        Assert.InRange(range.Lower, Rooms.Minutes(50), Rooms.Minutes(85));
        Assert.InRange(range.Upper, Rooms.Minutes(80), Rooms.Minutes(130));
    }

    [Fact]
    public void Nothing_is_said_of_a_ticket_that_does_not_wait() => Assert.Equal(SilentBecause.NotWaiting, Silence(Scene(Nine, 2, Rooms.Free(1, Rooms.Notary)), 3));

    [Fact]
    public void Nothing_is_said_while_every_counter_of_the_service_is_paused() =>
        Assert.Equal(SilentBecause.NoOpenCounter, Silence(Scene(Nine, 2, Rooms.Away(1, Rooms.At(8.9), Rooms.Notary), Rooms.Free(2, Rooms.Land)), 2));

    [Fact]
    public void Before_the_doors_open_clerks_are_awaited_and_the_wait_counts_from_now()
    {
        var range = Range(Scene(Rooms.At(7), 8, Rooms.Away(1, Rooms.At(0), Rooms.Notary)), 8);
        Assert.InRange(range.Lower, Rooms.Minutes(40), Rooms.Minutes(70));
    }

    [Fact]
    public void Nothing_is_said_when_the_call_may_come_before_lunch_or_after() =>
        Assert.Equal(SilentBecause.CrossesBreak, Silence(Scene(Rooms.At(10.6), 12, Rooms.Busy(1, Rooms.At(10.6), Rooms.Notary, Rooms.Notary)), 12));

    [Fact]
    public void Who_surely_waits_over_lunch_is_told_so()
    {
        var range = Range(Scene(Rooms.At(11.4), 10, Rooms.Busy(1, Rooms.At(11.4), Rooms.Notary, Rooms.Notary)), 10);
        Assert.True(Rooms.At(11.4) + range.Lower >= Rooms.At(13.5));
    }

    [Fact]
    public void Nothing_is_said_when_the_day_may_end_before_the_call() =>
        Assert.Equal(SilentBecause.MayNotBeToday, Silence(Scene(Rooms.At(16.5), 12, Rooms.Busy(1, Rooms.At(16.5), Rooms.Notary, Rooms.Notary)), 12));

    [Fact]
    public void Nothing_is_said_of_a_service_that_nobody_has_seen_until_a_morning_of_it_was_seen()
    {
        var scene = Scene(Rooms.At(7.6), 5, Rooms.Busy(1, Rooms.At(7.6), Rooms.Notary, Rooms.Notary));
        var memory = ForecastMemory.Start(ForecastPriors.Usual);
        Assert.Equal(new Silent(SilentBecause.TooWide), WaitForecaster.Of(scene, memory, 5, 1));
        for (var n = 0; n < 20; n++)
        {
            memory = memory.Served(Rooms.Notary, new CounterId(1), TimeSpan.Zero, Rooms.Minutes(3 + (n % 3)));
        }

        Assert.IsType<WaitRange>(WaitForecaster.Of(scene, memory, 5, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(90)]
    [InlineData(600)]
    public void A_service_that_lasts_and_lasts_never_gives_a_wait_below_zero(int minutes)
    {
        var scene = Scene(Rooms.At(10), 6, Rooms.Busy(1, Rooms.At(10) - Rooms.Minutes(minutes), Rooms.Notary, Rooms.Notary));
        Assert.All(WaitForecaster.OfAll(scene, Learned, 1).OfType<WaitRange>(), range => Assert.InRange(range.Lower, TimeSpan.Zero, range.Upper));
    }

    [Fact]
    public void People_with_priority_who_are_still_to_come_lengthen_the_wait()
    {
        var scene = Scene(Nine, 20, Rooms.Busy(1, Nine, Rooms.Notary, Rooms.Notary));
        var among = Rooms.Learned(Rooms.Known, new Random(1), priority: 3);
        Assert.True(((WaitRange)WaitForecaster.Of(scene, among, 20, 1)).Upper > Range(scene, 20).Upper);
    }

    [Fact]
    public void Where_half_of_the_called_have_left_the_line_moves_faster()
    {
        var scene = Scene(Nine, 20, Rooms.Busy(1, Nine, Rooms.Notary, Rooms.Notary));
        var memory = Learned;
        for (var n = 0; n < 300; n++)
        {
            memory = memory.NotThere(TimeSpan.Zero, TimeSpan.FromSeconds(60));
        }

        Assert.True(((WaitRange)WaitForecaster.Of(scene, memory, 20, 1)).Upper < Range(scene, 20).Upper);
    }

    [Fact]
    public void With_20_000_waiting_the_first_are_told_and_the_last_are_not_played()
    {
        var scene = Scene(Nine, 20_000, Rooms.Busy(1, Nine, Rooms.Notary, Rooms.Notary), Rooms.Busy(2, Nine, Rooms.Notary, Rooms.Notary));
        var all = WaitForecaster.OfAll(scene, Learned, 1);
        Assert.Equal(20_000, all.Length);
        Assert.IsType<WaitRange>(all[20]);
        Assert.All(all.Skip(1_000), forecast => Assert.Equal(new Silent(SilentBecause.TooFarBack), forecast));
        Assert.Equal(SilentBecause.TooFarBack, Silence(scene, 20_000));
    }

    private static ForecastScene Scene(TimeSpan now, int waiting, params ImmutableArray<SceneCounter> counters) =>
        new(now, Rooms.UsualHours, counters, Rooms.Line(now, waiting, Rooms.Notary));

    private static WaitForecast Forecast(ForecastScene scene, long key) => WaitForecaster.Of(scene, Learned, key, 1);

    private static WaitRange Range(ForecastScene scene, long key) => Assert.IsType<WaitRange>(Forecast(scene, key));

    private static SilentBecause Silence(ForecastScene scene, long key) => Assert.IsType<Silent>(Forecast(scene, key)).Reason;
}
