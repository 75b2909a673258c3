using MotCua.Storm;
using Xunit;

namespace MotCua.Fleet.Tests;

/// <summary>A few centres with real programs, in seconds; what takes minutes is in <c>./test storm</c>.</summary>
public sealed class SmallStormTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void Twenty_centres_with_a_day_behind_them_and_a_bridge_that_is_killed_lose_nothing()
    {
        using var province = new StormProvince(centres: 20, eventsEach: 1_500, seed: 20);
        var bridge = province.AddBridge();
        province.Connect();
        province.MustReach(0.3, Patience);
        bridge.Kill();
        bridge.Start();
        province.MustDrain(Patience);
        province.MustHoldEverything();
    }

    [Fact]
    public void Hostile_centres_take_nothing_from_twenty_good_ones()
    {
        using var province = new StormProvince(centres: 20, eventsEach: 400, seed: 21);
        Hostile.Storm(province, Patience);
    }
}
