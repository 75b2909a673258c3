using MotCua.Edge.Queue.Forecast;
using Xunit;

namespace MotCua.Edge.Queue.Tests.Forecast;

/// <summary>What holds for every room, seen on random ones.</summary>
public sealed class ForecastPropertyTests
{
    private static readonly ForecastPriors ClerksAlike = Rooms.Known with { ClerkSpread = 0, ClerkDrift = 0 };

    [Fact]
    public void A_range_is_in_order_and_never_below_zero()
    {
        var ranges = 0;
        Rooms.ForAll(random =>
        {
            foreach (var range in WaitForecaster.OfAll(Rooms.Any(random), Rooms.Learned(Rooms.Known, random, priority: 5), 1).OfType<WaitRange>())
            {
                Assert.InRange(range.Lower, TimeSpan.Zero, range.Upper);
                Assert.True(range.Upper < TimeSpan.FromHours(24));
                ranges++;
            }
        });
        Assert.True(ranges > Rooms.Seeds, $"Only {ranges} ranges were seen.");
    }

    [Fact]
    public void The_same_scene_gives_the_same_forecast_alone_and_with_all_others() =>
        Rooms.ForAll(random =>
        {
            var (scene, memory) = (Rooms.Any(random), Rooms.Learned(Rooms.Known, random, priority: 5));
            var all = WaitForecaster.OfAll(scene, memory, 7);
            Assert.Equal(all, WaitForecaster.OfAll(scene, memory, 7));
            var one = random.Next(scene.Waiting.Length);
            Assert.Equal(all[one], WaitForecaster.Of(scene, memory, scene.Waiting[one].Key, 7));
        });

    [Fact]
    public void Nothing_is_said_of_a_service_that_no_counter_takes() =>
        Rooms.ForAll(random =>
        {
            var scene = Rooms.Any(random);
            scene = scene with { Counters = [.. scene.Counters.Select(counter => counter with { Services = counter.Services.Remove(Rooms.Land) })] };
            var forecasts = WaitForecaster.OfAll(scene, Rooms.Learned(Rooms.Known, random), 1);
            Assert.All(
                scene.Waiting.Zip(forecasts).Where(pair => pair.First.Service == Rooms.Land),
                pair => Assert.Equal(new Silent(SilentBecause.NoOpenCounter), pair.Second));
        });

    [Fact]
    public void One_person_more_ahead_never_shortens_the_wait_where_counters_are_alike()
    {
        var compared = 0;
        Rooms.ForAll(random =>
        {
            var (scene, memory) = (Rooms.Alike(random), Rooms.Learned(ClerksAlike, random, priority: 6));
            var target = random.Next(3, scene.Waiting.Length);
            var place = random.Next(target + 1);
            var newcomer = new SceneTicket(1000, Rooms.Services[random.Next(3)], scene.Waiting[place].Arrival, TimeSpan.Zero);
            compared += Later(scene, scene with { Waiting = scene.Waiting.Insert(place, newcomer) }, memory, scene.Waiting[target].Key);
        });
        Assert.True(compared > Rooms.Seeds * 30 / 100, $"Only {compared} pairs of ranges were compared.");
    }

    [Fact]
    public void One_open_counter_more_never_lengthens_the_wait_where_counters_are_alike()
    {
        var compared = 0;
        Rooms.ForAll(random =>
        {
            var (scene, memory) = (Rooms.Alike(random), Rooms.Learned(ClerksAlike, random));
            var more = scene with { Counters = scene.Counters.Add(Rooms.Busy(50, Rooms.At(9) - Rooms.Minutes(5), Rooms.Notary, [.. Rooms.Services])) };
            compared += Later(more, scene, memory, scene.Waiting[random.Next(3, scene.Waiting.Length)].Key);
        });
        Assert.True(compared > Rooms.Seeds * 30 / 100, $"Only {compared} pairs of ranges were compared.");
    }

    private static int Later(ForecastScene sooner, ForecastScene later, ForecastMemory memory, long key)
    {
        if (WaitForecaster.Of(sooner, memory, key, 3) is not WaitRange first || WaitForecaster.Of(later, memory, key, 3) is not WaitRange second)
        {
            return 0;
        }

        Assert.True(first.Lower <= second.Lower && first.Upper <= second.Upper, $"{first} is not sooner than {second}");
        return 1;
    }
}
