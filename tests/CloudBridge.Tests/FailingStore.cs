using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Tests;

/// <summary>A real store that a test can make fail before it commits.</summary>
public sealed class FailingStore(IBridgeStore inner) : IBridgeStore
{
    public bool Fails { get; set; }

    /// <summary>The next commit is done, or not, and nobody hears which.</summary>
    public bool? NextIsInDoubt { get; set; }

    /// <summary>Done once, right before the next commit, by a bridge that shares the store; the commit then finds the log moved.</summary>
    public Action<IBridgeStore>? Faster { get; set; }

    /// <summary>A log whose end cannot be read.</summary>
    public LogId? UnreadableEnd { get; set; }

    /// <summary>What reading the log throws.</summary>
    public Exception? Unreadable { get; set; }

    public List<BridgeWrites> Commits { get; } = [];

    public bool IsShared { get; init; }

    public IViewStore Views => inner.Views;

    public IHealthStore Health => inner.Health;

    public IConfigurationStore Configurations => inner.Configurations;

    public ISnapshotStore Snapshots => PicturesAreAway ? throw new BridgeStoreException("disk I/O error") : inner.Snapshots;

    /// <summary>Whether what is known of pictures cannot be read.</summary>
    public bool PicturesAreAway { get; set; }

    public IAlertStore Alerts => inner.Alerts;

    public IRetention Retention => inner.Retention;

    public void Commit(BridgeWrites writes)
    {
        if (Fails)
        {
            throw new BridgeStoreException("database or disk is full");
        }

        if (NextIsInDoubt is { } done)
        {
            NextIsInDoubt = null;
            if (done)
            {
                inner.Commit(writes);
            }

            throw new CommitInDoubtException("the connection broke");
        }

        if (Faster is { } faster)
        {
            Faster = null;
            faster(inner);
            throw new LogMovedException("another bridge");
        }

        inner.Commit(writes);
        Commits.Add(writes);
    }

    public LogEnd FindEnd(LogId log) => log == UnreadableEnd ? throw new BridgeStoreException("disk I/O error") : inner.FindEnd(log);

    public IReadOnlyList<StoredEvents> ReadLog(LogId log, long from, long to) => inner.ReadLog(log, from, to);

    public EventPage ReadEvents(CentreId centre, EventPosition after, int limit) => inner.ReadEvents(centre, after, limit);

    public IReadOnlyList<ReadOnlyMemory<byte>> ReadLastEvents(CentreId centre, int count) => inner.ReadLastEvents(centre, count);

    public IReadOnlyList<(LogId Log, LogEnd End)> ReadLogs() => inner.ReadLogs();

    public IReadOnlyList<StoredStretch> ReadStretches(long after, int limit) => Unreadable is { } why ? throw why : inner.ReadStretches(after, limit);

    public IReadOnlyList<Fact> ReadFacts(FactKind? only = null) => inner.ReadFacts(only);

    public IReadOnlyList<CommandRecord> ReadCommands(CentreId centre, int limit) => inner.ReadCommands(centre, limit);

    public CommandRecord? FindCommand(CommandKey key) => inner.FindCommand(key);

    public IReadOnlyList<CommandRecord> ReadUnanswered() => inner.ReadUnanswered();

    public IReadOnlyList<AuditLine> ReadAudit(int limit) => inner.ReadAudit(limit);

    public IReadOnlyList<QuarantinedMessage> ReadQuarantine(int limit) => inner.ReadQuarantine(limit);

    public void Dispose() => inner.Dispose();
}
