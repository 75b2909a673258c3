namespace MotCua.CloudBridge.Store;

/// <summary>The newest of a log that moved.</summary>
/// <param name="Row">As <see cref="EventPosition.Row"/>.</param>
/// <param name="Events">Of the newest stretch only.</param>
public sealed record LogNews(long Row, LogId Log, LogEnd End, IReadOnlyList<ReadOnlyMemory<byte>> Events);

/// <summary>What bridges that share a store learn of each other's commits.</summary>
public interface ICommitNews
{
    /// <summary>Row of the newest stretch of all; 0 when there is none.</summary>
    long Head();

    /// <summary>Each log that moved after a row, once, as it stands now; ordered by row, so that a reader goes on after the last.</summary>
    /// <param name="limit">1 to 500.</param>
    IReadOnlyList<LogNews> ReadMoved(long after, int limit);

    /// <summary>Returns when some bridge committed, or when the time is over.</summary>
    /// <exception cref="BridgeStoreException">The engine cannot be listened to now.</exception>
    Task WaitAsync(TimeSpan atMost, CancellationToken stop);
}
