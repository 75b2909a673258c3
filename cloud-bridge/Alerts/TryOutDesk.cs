using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Alerts;

/// <param name="Days">How many days were played.</param>
/// <param name="Now">What the rules that hold would have made of them.</param>
/// <param name="Then">What the others would have.</param>
/// <param name="Whole">False: there was more trouble than is played at once, and the oldest of it was.</param>
public sealed record TryOutView(int Days, TryOutResult Now, TryOutResult Then, bool Whole);

/// <summary>Plays the last thirty days against rules, from what is stored; one at a time, since it keeps a core busy.</summary>
public sealed class TryOutDesk(IBridgeStore store, FleetView fleet, TimeProvider time) : IDisposable
{
    /// <summary>Faults that are played at most; the oldest of the time come first.</summary>
    public const int MostFaults = 50_000;

    private const int Days = 30;

    // Health of more centres than this would be millions of rows.
    private const int MostCentresWithHealth = 400;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <returns>Null while another one runs.</returns>
    /// <exception cref="BridgeStoreException">The past cannot be read.</exception>
    public async Task<TryOutView?> RunAsync(AlertRules now, AlertRules then, CancellationToken stop)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, stop))
        {
            return null;
        }

        try
        {
            return await Task.Run(() => Run(now, then, stop), stop);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private TryOutView Run(AlertRules now, AlertRules then, CancellationToken stop)
    {
        var to = time.GetUtcNow();
        var from = to.AddDays(-Days);
        var centres = fleet.SituationsSince(0, out _).Select(centre => centre.Id).ToList();
        var faults = store.Views.ReadFaults(from, to, null, MostFaults);
        var lost = store.Alerts.ReadLost(from, to, MostFaults);
        var health = new List<HealthSlot>();
        foreach (var centre in centres.Take(MostCentresWithHealth))
        {
            stop.ThrowIfCancellationRequested();
            health.AddRange(store.Health.Read(centre, from, to, HealthSlot.Length).Where(slot => IsTelling(slot, now) || IsTelling(slot, then)));
        }

        var past = new PastTrouble(from, to, faults, lost, health, store.Alerts.ReadRegions(), [.. centres.Union(faults.Select(fault => fault.Centre))]);
        return new TryOutView(
            Days, TryOut.Run(now, past, stop), TryOut.Run(then, past, stop), faults.Count < MostFaults && lost.Count < MostFaults && centres.Count <= MostCentresWithHealth);
    }

    // Slots in which nothing passes a limit of either set only say that nothing was wrong; a hole in the row says the same.
    private static bool IsTelling(HealthSlot slot, AlertRules rules) =>
        slot.Temperature.Max >= 10 * rules.Limits.HotC || slot.RoomTemperature.Max >= 10 * rules.Limits.RoomHotC || slot.DiskFreeKiB.Min * 1024 < rules.Limits.DiskFreeMb * 1_000_000L
        || slot.Pending.Min > rules.Limits.PendingEvents;
}
