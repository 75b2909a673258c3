using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Snapshots;

/// <summary>Removes the bytes of pictures whose time is over. Of several bridges each may: it is the same to do it twice. Stepped; one thread.</summary>
public sealed class SnapshotKeeper(IBridgeStore store, TimeProvider time)
{
    /// <summary>So many at once, some 4 MB, so that ingest waits for none of it.</summary>
    public const int AtOnce = 20;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <returns>How long it may rest; zero: there is more to do.</returns>
    /// <exception cref="BridgeStoreException">Nothing was removed; it comes again with the next step. Nobody is shown one meanwhile.</exception>
    public TimeSpan Step() => store.Snapshots.Expire(time.GetUtcNow(), AtOnce) == AtOnce ? TimeSpan.Zero : Every;
}
