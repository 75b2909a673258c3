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
        var gathered = sampler.Take();
        if (store.IsShared && !projection.Now.Leads)
        {
            return Every;
        }

        try
        {
            store.Health.Put(gathered);
        }
        catch (BridgeStoreException)
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
