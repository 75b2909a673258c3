using System.Text;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Health;

public sealed class HealthKeeperTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly CentreId centre = new("viet-tri");
    private readonly HealthKeeper keeper;

    public HealthKeeperTests() => keeper = new HealthKeeper(bridge.Store, bridge.Sampler, new ProjectionStatus(), bridge.Time, TimeSpan.FromDays(31));

    public void Dispose() => bridge.Dispose();

    [Fact]
    public void Health_that_a_centre_sends_is_kept_and_after_a_month_forgotten()
    {
        var first = bridge.Time.GetUtcNow();
        Say(45.5);
        bridge.Time.Advance(keeper.Step());
        Say(55.5);
        keeper.Step();
        var slot = Assert.Single(Read(first));
        Assert.Equal((2L, 455L, 505.0, 555L), (slot.Temperature.Count, slot.Temperature.Min, slot.Temperature.Mean, slot.Temperature.Max));
        Assert.Equal(1000, slot.MemoryKiB.Max);
        bridge.Time.Advance(TimeSpan.FromDays(32));
        Say(60);
        keeper.Step();
        Assert.Single(Read(first));
    }

    [Fact]
    public void What_a_hostile_box_says_of_itself_fits_all_the_same()
    {
        for (var i = 0; i < 20; i++)
        {
            Say(1e308);
        }

        keeper.Step();
        Assert.Equal(Measure.Most, Assert.Single(Read(bridge.Time.GetUtcNow())).Temperature.Max);
    }

    [Fact]
    public void A_message_that_is_refused_is_no_sample()
    {
        bridge.Link.Deliver(Topics.Health(centre), "{"u8.ToArray());
        bridge.Settle();
        Assert.Empty(bridge.Sampler.Take());
    }

    private IReadOnlyList<HealthSlot> Read(DateTimeOffset from) => bridge.Store.Health.Read(centre, HealthSlot.Of(from), from.AddDays(100), HealthSlot.Length);

    private void Say(double temperature)
    {
        bridge.Link.Deliver(Topics.Health(centre), Encoding.UTF8.GetBytes(
            $$"""{"at":"2026-11-23T01:00:00Z","pending":3,"journalBytes":2048,"memoryBytes":1024000,"temperatureC":{{temperature.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}},"diskFreeBytes":4096,"clock":"synced"}"""));
        bridge.Settle();
    }
}
