using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.State;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

public abstract partial class BridgeStoreContract
{
    private static readonly CentreId Place = new("viet-tri");
    private static readonly DateTimeOffset Eight = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Health_within_five_minutes_is_one_slot_with_least_mean_and_most()
    {
        Hear((0, 40, 10), (60, 50, 30), (299, null, 20), (300, 70, 0));
        Reopen();
        var slots = Store.Health.Read(Place, Eight, Eight.AddHours(1), HealthSlot.Length);
        Assert.Equal([Eight, Eight.AddMinutes(5)], slots.Select(slot => slot.Slot));
        Assert.Equal((3L, 10L, 20.0, 30L), (slots[0].Pending.Count, slots[0].Pending.Min, slots[0].Pending.Mean, slots[0].Pending.Max));
        Assert.Equal((2L, 400L, 450.0, 500L), (slots[0].Temperature.Count, slots[0].Temperature.Min, slots[0].Temperature.Mean, slots[0].Temperature.Max));
        Assert.Equal(default, slots[0].RoomHumidity);
    }

    [Fact]
    public void A_slot_that_is_written_in_pieces_is_the_sum_of_them()
    {
        Hear((0, null, 10));
        Hear((10, 50, 4));
        Hear((20, null, 40));
        var slot = Assert.Single(Store.Health.Read(Place, Eight, Eight.AddHours(1), HealthSlot.Length));
        Assert.Equal((3L, 4L, 18.0, 40L), (slot.Pending.Count, slot.Pending.Min, slot.Pending.Mean, slot.Pending.Max));
        Assert.Equal((1L, 500L), (slot.Temperature.Count, slot.Temperature.Max));
    }

    [Fact]
    public void A_longer_step_puts_slots_together_and_a_range_holds_its_beginning_and_not_its_end()
    {
        Hear((0, 40, 1), (300, 50, 2), (600, 60, 3), (3600, 70, 4));
        var slots = Store.Health.Read(Place, Eight, Eight.AddHours(1), TimeSpan.FromMinutes(10));
        Assert.Equal([(2L, 1.5), (1L, 3.0)], slots.Select(slot => (slot.Pending.Count, slot.Pending.Mean!.Value)));
        Assert.Empty(Store.Health.Read(new CentreId("lam-thao"), Eight, Eight.AddHours(1), HealthSlot.Length));
    }

    [Fact]
    public void Old_slots_are_forgotten_and_newer_ones_stay()
    {
        Store.Commit(new BridgeWrites([], [], [new Fact(new FactKey(Place, FactKind.Health, ""), Eight, "{}"u8.ToArray())]));
        Hear((0, 40, 1), (300, 50, 2), (600, 60, 3));
        Assert.Equal(2, Store.Health.Forget(Eight.AddMinutes(10)));
        Assert.Equal(3, Assert.Single(Store.Health.Read(Place, Eight, Eight.AddHours(1), HealthSlot.Length)).Pending.Sum);
    }

    private void Hear(params (int Second, double? Temperature, long Pending)[] heard)
    {
        var sampler = new HealthSampler();
        foreach (var (second, temperature, pending) in heard)
        {
            sampler.Add(Place, new HealthMessage(Eight, pending, 1024, 2048, temperature, 4096, "synced"), Eight.AddSeconds(second));
        }

        Store.Health.Put(sampler.Take());
    }
}
