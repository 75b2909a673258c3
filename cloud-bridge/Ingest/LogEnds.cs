using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Committed ends of logs, from memory where they were used lately.</summary>
public sealed class LogEnds(IBridgeStore store)
{
    // 3,321 centres with a few epochs each. When it is full all is forgotten and read again: a rare moment, and always right.
    private const int Capacity = 16_384;

    private readonly Dictionary<LogId, LogEnd> known = [];

    /// <exception cref="BridgeStoreException">Not in memory, and the store does not answer.</exception>
    public LogEnd Find(LogId log)
    {
        if (!known.TryGetValue(log, out var end))
        {
            end = store.FindEnd(log);
            Set(log, end);
        }

        return end;
    }

    /// <summary>To be called after the commit only.</summary>
    public void Set(LogId log, LogEnd end)
    {
        if (known.Count >= Capacity && !known.ContainsKey(log))
        {
            known.Clear();
        }

        known[log] = end;
    }

    /// <summary>After a failed commit memory may be wrong about what the store holds.</summary>
    public void Forget() => known.Clear();
}
