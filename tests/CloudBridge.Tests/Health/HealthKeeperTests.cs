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
    public void What_was_gathered_waits_while_the_store_is_in_trouble_and_goes_when_another_bridge_leads()
    {
        using var shared = new FailingStore(bridge.Store) { IsShared = true };
        var status = new ProjectionStatus();
        var replica = new HealthKeeper(shared, bridge.Sampler, status, bridge.Time, TimeSpan.FromDays(31));
        var first = bridge.Time.GetUtcNow();
        Say(45);
        replica.Step();
        status.Now = status.Now with { Fault = "the store does not answer" };
        replica.Step();
        Assert.Empty(Read(first));
        status.Now = status.Now with { Fault = null, Leads = true };
        replica.Step();
        Assert.Single(Read(first));
        bridge.Time.Advance(TimeSpan.FromMinutes(10));
        Say(50);
        status.Now = status.Now with { Version = 1, Leads = false };
        replica.Step();
        Assert.Empty(bridge.Sampler.Take());
    }

    [Fact]
    public void What_could_not_be_kept_comes_together_with_what_came_since()
    {
        Say(45);
        var unkept = bridge.Sampler.Take();
        Say(55);
        bridge.Sampler.PutBack(unkept);
        var slot = Assert.Single(bridge.Sampler.Take());
        Assert.Equal((2L, 450L, 1000L, 550L), (slot.Temperature.Count, slot.Temperature.Min, slot.Temperature.Sum, slot.Temperature.Max));
        Assert.Equal(0, slot.RoomHumidity.Count);
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
