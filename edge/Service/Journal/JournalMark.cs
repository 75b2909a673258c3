using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>A place in a journal: after the event with this number, with the chain's hash there.</summary>
/// <param name="Seq">0 before the first event; the hash is then the genesis.</param>
public readonly record struct JournalMark(EpochId Epoch, long Seq, ChainHash Hash);

/// <summary>Events in a row, as read for the wire.</summary>
/// <param name="From">Sequence number of the first.</param>
/// <param name="Prev">Chain hash before it.</param>
/// <param name="Gap">What is missing right before it for good, evicted or damaged; null when nothing is.</param>
/// <param name="Events">Canonical bytes of each.</param>
/// <param name="End">The mark after the last of them.</param>
public sealed record JournalStretch(long From, ChainHash Prev, DeclaredGap? Gap, IReadOnlyList<ReadOnlyMemory<byte>> Events, JournalMark End);

/// <summary>A journal as a whole: the one being written, or an older one that damage ended.</summary>
/// <param name="Ordinal">Counts the journals of this box from 1.</param>
/// <param name="First">First sequence number whose segment is still there.</param>
/// <param name="End">Of an older journal, the verified end at which it was closed.</param>
public readonly record struct EpochExtent(int Ordinal, EpochId Epoch, long First, JournalMark End);

/// <summary>How a journal was found when it was opened.</summary>
public enum JournalFound
{
    /// <summary>Nothing was there: a new box, or a new card.</summary>
    Nothing,

    /// <summary>Whole; at most a torn tail was cut.</summary>
    Whole,

    /// <summary>Damaged; a new epoch continues from the verified part.</summary>
    Damaged,
}

/// <summary>What opening a journal found, for the first event and for people.</summary>
/// <param name="Previous">The verified end of the damaged journal.</param>
/// <param name="Skip">At least as many numbers as can have been issued in the lost part.</param>
/// <param name="CutBytes">Length of a torn tail that was cut.</param>
public sealed record JournalOpening(JournalFound Found, JournalMark? Previous, int Skip, long CutBytes);

/// <summary>The state that the journal's events add up to. The journal restores and folds it, and knows nothing else of it.</summary>
public interface IJournalFold
{
    /// <summary>Back to before the first event.</summary>
    void Reset();

    /// <exception cref="InvalidDataException">Not a state that this version can read; the journal then folds from further back.</exception>
    void Restore(ReadOnlySpan<byte> snapshot);

    /// <summary>One more event. It never throws; after damage even events come whose past is missing.</summary>
    void Apply(ReadOnlySpan<byte> canonical);

    byte[] Save();
}

/// <summary>Sizes of a journal.</summary>
public sealed record JournalOptions
{
    /// <summary>Of a segment, 64 KiB to 16 MiB. One is verified at each start, and retention removes whole ones.</summary>
    public int SegmentBytes { get; init; } = 1024 * 1024;

    /// <summary>Of all segments together; past it the oldest go, acknowledged or not. The default lasts about a year offline.</summary>
    public long BudgetBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long acknowledged segments are kept.</summary>
    public TimeSpan KeepAcknowledged { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Events between snapshots. They bound the start: 2,000 fold in a few milliseconds.</summary>
    public int SnapshotEvery { get; init; } = 2000;
}
