using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Store;

/// <summary>One stretch of events that continues a log.</summary>
/// <param name="Before">Where the log must stand for this to be true; the store checks it inside the transaction.</param>
/// <param name="Gap">Declared loss that starts right after <paramref name="Before"/>; null when the events follow directly.</param>
/// <param name="Events">Canonical bytes of each event, at least one.</param>
/// <param name="After">Where the log stands afterwards.</param>
public sealed record LogAppend(LogId Log, LogEnd Before, DeclaredGap? Gap, IReadOnlyList<ReadOnlyMemory<byte>> Events, LogEnd After)
{
    public long From => After.UpTo - Events.Count + 1;
}

/// <summary>A stretch with all that is stored beside it.</summary>
/// <param name="Row">As <see cref="EventPosition.Row"/>.</param>
/// <param name="From">Sequence number of the first event.</param>
/// <param name="Gap">Declared loss right before it; null when it follows directly.</param>
/// <param name="Hash">Chain hash after its last event, as it was when it was taken.</param>
public sealed record StoredStretch(long Row, LogId Log, long From, DeclaredGap? Gap, ChainHash Hash, DateTimeOffset ReceivedAt, IReadOnlyList<ReadOnlyMemory<byte>> Events)
{
    public long To => From + Events.Count - 1;
}

/// <summary>Events of a log as they were stored together.</summary>
/// <param name="From">Sequence number of the first.</param>
public sealed record StoredEvents(long From, IReadOnlyList<ReadOnlyMemory<byte>> Events);
