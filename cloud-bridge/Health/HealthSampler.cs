using MotCua.Protocols;
using MotCua.Protocols.State;

namespace MotCua.CloudBridge.Health;

/// <summary>Gathers health messages into slots until somebody keeps them. Filled by ingest, emptied by the keeper; any thread.</summary>
public sealed class HealthSampler
{
    // Every centre that the bridge takes, with a slot that ends and one that begins.
    private const int MostSlots = 2 * Fleet.FleetView.MaxCentres;
    private const int KiB = 1024;
    private const int Tenths = 10;

    private readonly Lock gate = new();
    private Dictionary<(CentreId, DateTimeOffset), HealthSlot> slots = [];

    public void Add(CentreId centre, HealthMessage message, DateTimeOffset now)
    {
        var key = (centre, HealthSlot.Of(now));
        lock (gate)
        {
            if (!slots.TryGetValue(key, out var slot))
            {
                if (slots.Count >= MostSlots)
                {
                    return; // The store is down for long: the present goes on being shown, its history has a hole.
                }

                slot = new HealthSlot(centre, key.Item2, default, default, default, default, default, default, default);
            }

            slots[key] = slot with
            {
                Pending = slot.Pending.With(message.Pending),
                JournalKiB = slot.JournalKiB.With((double)message.JournalBytes / KiB),
                MemoryKiB = slot.MemoryKiB.With((double)message.MemoryBytes / KiB),
                DiskFreeKiB = slot.DiskFreeKiB.With((double)message.DiskFreeBytes / KiB),
                Temperature = slot.Temperature.With(message.TemperatureC * Tenths),
                RoomTemperature = slot.RoomTemperature.With(message.RoomTemperatureC * Tenths),
                RoomHumidity = slot.RoomHumidity.With(message.RoomHumidityPercent * Tenths),
            };
        }
    }

    /// <summary>All that was gathered since the last time.</summary>
    public IReadOnlyCollection<HealthSlot> Take()
    {
        lock (gate)
        {
            var taken = slots;
            slots = [];
            return taken.Values;
        }
    }

    /// <summary>What could not be kept comes back, as far as there is room, and together with what was gathered meanwhile.</summary>
    public void PutBack(IEnumerable<HealthSlot> unkept)
    {
        lock (gate)
        {
            foreach (var slot in unkept)
            {
                var key = (slot.Centre, slot.Slot);
                if (slots.TryGetValue(key, out var newer))
                {
                    slots[key] = slot.With(newer);
                }
                else if (slots.Count < MostSlots)
                {
                    slots.Add(key, slot);
                }
            }
        }
    }
}
