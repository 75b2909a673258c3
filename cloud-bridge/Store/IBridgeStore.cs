using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Everything that one group of messages changes.</summary>
/// <param name="Appends">In order; later ones may continue earlier ones.</param>
/// <param name="Facts">At most one for each key.</param>
public sealed record BridgeWrites(IReadOnlyList<LogAppend> Appends, IReadOnlyList<QuarantinedMessage> Quarantined, IReadOnlyCollection<Fact> Facts);

/// <summary>The province's replica of all journals, and what is known of the centres. Knows nothing of MQTT or of acknowledgements.</summary>
/// <remarks>One thread writes; any number read meanwhile. Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IBridgeStore : IDisposable
{
    /// <summary>Writes all or nothing; on return it survives a power cut. An empty group still proves that the store takes writes.</summary>
    /// <exception cref="BridgeStoreException">Nothing was written; also when a log does not stand where an append says (somebody else wrote it).</exception>
    void Commit(BridgeWrites writes);

    /// <returns><see cref="LogEnd.Empty"/> for a log that was never seen.</returns>
    LogEnd FindEnd(LogId log);

    /// <summary>Stored stretches that hold any event from <paramref name="from"/> to <paramref name="to"/>, in order; a declared gap leaves a hole.</summary>
    IReadOnlyList<StoredEvents> ReadLog(LogId log, long from, long to);

    /// <summary>Events of all epochs of a centre, in the order of commit.</summary>
    /// <param name="limit">1 to 500.</param>
    EventPage ReadEvents(CentreId centre, EventPosition after, int limit);

    /// <summary>The newest events of a centre, oldest first.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> ReadLastEvents(CentreId centre, int count);

    IReadOnlyList<(LogId Log, LogEnd End)> ReadLogs();

    IReadOnlyList<Fact> ReadFacts();

    /// <summary>The newest refused messages, newest first.</summary>
    IReadOnlyList<QuarantinedMessage> ReadQuarantine(int limit);
}

/// <summary>The storage engine did not do what was asked: full, locked, unreadable, or not where the caller thought.</summary>
public sealed class BridgeStoreException(string message, Exception? cause = null) : IOException(message, cause);
