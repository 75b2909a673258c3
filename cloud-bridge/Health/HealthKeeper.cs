using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Health;

/// <summary>Writes what was gathered once a minute, and removes what is too old once an hour. Of several bridges, which all hear the same, the one that keeps the views does it. Stepped; one thread.</summary>
/// <param name="keep">How long slots are kept.</param>
public sealed class HealthKeeper(IBridgeStore store, HealthSampler sampler, ProjectionStatus projection, TimeProvider time, TimeSpan keep)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private long? prunedAt;

    /// <returns>How long it may rest.</returns>
    /// <exception cref="BridgeStoreException">Nothing was written; it comes again with the next step.</exception>
    public TimeSpan Step()
    {
        if (store.IsShared && projection.Now is { Leads: false } now)
        {
            // Another one keeps it. While nobody knows who leads, since the store is in trouble or was not asked yet, it waits.
            if (now.Fault is null && now != ProjectionSnapshot.Unread)
            {
                sampler.Take();
            }

            return Every;
        }

        var gathered = sampler.Take();
        try
        {
            store.Health.Put(gathered);
        }
        catch
        {
            sampler.PutBack(gathered);
            throw;
        }

        if (prunedAt is not { } before || time.GetElapsedTime(before) >= PruneEvery)
        {
            prunedAt = time.GetTimestamp();
            store.Health.Forget(time.GetUtcNow() - keep);
        }

        return Every;
    }
}
