using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Everything that one group of messages changes.</summary>
/// <param name="Appends">In order; later ones may continue earlier ones.</param>
/// <param name="Facts">At most one for each key.</param>
public sealed record BridgeWrites(IReadOnlyList<LogAppend> Appends, IReadOnlyList<QuarantinedMessage> Quarantined, IReadOnlyCollection<Fact> Facts)
{
    /// <summary>New commands; each is written into the audit as well.</summary>
    public IReadOnlyList<GivenCommand> Commands { get; init; } = [];

    /// <summary>What became of commands, these or older ones, in order.</summary>
    public IReadOnlyList<CommandStep> Steps { get; init; } = [];

    /// <summary>Configurations that were given, and what became of them; each that a person gave is written into the audit as well.</summary>
    public ConfigurationWrites Configurations { get; init; } = ConfigurationWrites.None;

    /// <summary>Pictures that logs announce, and those that came.</summary>
    public SnapshotWrites Snapshots { get; init; } = SnapshotWrites.None;

    /// <summary>All lines of the audit, those of <see cref="Commands"/> too, in order; only where another store is copied. Null: each command brings its own.</summary>
    public IReadOnlyList<AuditLine>? Audit { get; init; }

    /// <summary>When the province received the events; null: now. Another time only where rows of another store are copied.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

/// <summary>The province's replica of all journals, and what is known of the centres. Knows nothing of MQTT or of acknowledgements.</summary>
/// <remarks>One thread of a bridge writes; any number read meanwhile. Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IBridgeStore : IDisposable
{
    /// <summary>Other bridges write into the same store: what was read before may have moved.</summary>
    bool IsShared { get; }

    /// <summary>What is made of the log for pages and reports.</summary>
    IViewStore Views { get; }

    /// <summary>Health of centres over time.</summary>
    IHealthStore Health { get; }

    /// <summary>Configurations of centres.</summary>
    IConfigurationStore Configurations { get; }

    /// <summary>Pictures that were asked for.</summary>
    ISnapshotStore Snapshots { get; }

    /// <summary>Alerts, their rules, and who is told of them.</summary>
    IAlertStore Alerts { get; }

    /// <summary>What the province no longer has, on purpose.</summary>
    IRetention Retention { get; }

    /// <summary>Writes all or nothing; on return it survives a power cut. An empty group still proves that the store takes writes.</summary>
    /// <exception cref="LogMovedException">Nothing was written: another bridge, which is allowed to, moved one of the logs.</exception>
    /// <exception cref="CommitInDoubtException">All was written, or nothing.</exception>
    /// <exception cref="BridgeStoreException">Nothing was written; also when a log does not stand where an append says and nobody else may write.</exception>
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

    /// <summary>All stretches of all centres in the order of commit.</summary>
    /// <param name="after">Row of the last one that the reader has; 0 from the beginning.</param>
    /// <param name="limit">1 to 500; a full stretch is some 64 KB.</param>
    IReadOnlyList<StoredStretch> ReadStretches(long after, int limit);

    /// <param name="only">Of one kind; null for all.</param>
    IReadOnlyList<Fact> ReadFacts(FactKind? only = null);

    /// <summary>The newest commands of a centre, newest first.</summary>
    IReadOnlyList<CommandRecord> ReadCommands(CentreId centre, int limit);

    /// <returns>Null for a command that was never given, or is over and long gone.</returns>
    CommandRecord? FindCommand(CommandKey key);

    /// <summary>Commands that no centre has answered and that nobody said to have expired, oldest first, without their history.</summary>
    IReadOnlyList<CommandRecord> ReadUnanswered();

    /// <summary>The newest lines of the audit, newest first.</summary>
    IReadOnlyList<AuditLine> ReadAudit(int limit);

    /// <summary>The newest refused messages, newest first.</summary>
    IReadOnlyList<QuarantinedMessage> ReadQuarantine(int limit);
}

/// <summary>The storage engine did not do what was asked: full, locked, unreadable, or not where the caller thought.</summary>
public class BridgeStoreException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>The engine went away while it committed: what was to be written is there, or is not. Whoever commits after it, or reads after such a commit, sees which.</summary>
public sealed class CommitInDoubtException(string message, Exception? cause = null) : BridgeStoreException(message, cause);

/// <summary>Another bridge wrote a log that this one was about to: nothing is wrong, and what it holds now can be read.</summary>
public sealed class LogMovedException(string message) : BridgeStoreException(message);
