using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>What keeps the journal quick and within its budget, beside the writer: a spare segment, snapshots, retention, and a slow look at what is old.</summary>
public sealed class JournalUpkeep(EventJournal journal)
{
    // What one snapshot was put together in serves for the next: of a busy day each would leave hundreds of kilobytes, which only a full collection takes back.
    private const int MostKept = 1024 * 1024;

    private readonly Queue<SegmentName> toVerify = new(journal.Segments);
    private JournalMark? verifiedTo;
    private ArrayBufferWriter<byte>? snapshot;

    /// <summary>Makes the next segment's zeros ahead of need, so that no press waits for a megabyte.</summary>
    /// <returns>True when there was something to do.</returns>
    /// <exception cref="IOException">No space, or the card refuses.</exception>
    public bool MakeSpare()
    {
        if (journal.Folder.List().Contains(EventJournal.SpareName))
        {
            return false;
        }

        const string Unfinished = EventJournal.SpareName + ".new";
        journal.Folder.Create(Unfinished, journal.Options.SegmentBytes).Dispose();
        journal.Folder.Rename(Unfinished, EventJournal.SpareName);
        return true;
    }

    /// <summary>True when enough events came since the newest snapshot.</summary>
    /// <param name="ticketsInState">A large state is written less often, so that snapshots never cost the card more than the events do.</param>
    public bool SnapshotIsDue(JournalMark at, int ticketsInState = 0) => at.Seq - journal.SnapshotSeq >= journal.Options.SnapshotEvery + (ticketsInState / 2);

    /// <summary>Writes the state at a mark and drops all but the two newest snapshots.</summary>
    /// <param name="writeState">Writes the state.</param>
    /// <exception cref="IOException">No space, or the card refuses; the older snapshots stand.</exception>
    public void WriteSnapshot(JournalMark at, Action<IBufferWriter<byte>> writeState)
    {
        var file = snapshot ??= new ArrayBufferWriter<byte>();
        file.ResetWrittenCount();
        file.GetSpan(Snapshot.HeaderSize)[..Snapshot.HeaderSize].Clear();
        file.Advance(Snapshot.HeaderSize);
        writeState(file);
        Snapshot.Seal(MemoryMarshal.AsMemory(file.WrittenMemory).Span, at);
        journal.Folder.Replace(new SnapshotName(journal.Ordinal, at.Seq).ToString(), file.WrittenSpan);
        if (file.Capacity > MostKept)
        {
            snapshot = null;
        }

        journal.SnapshotSeq = at.Seq;
        // A snapshot of a later journal was never used: the damage that asked for it was a card that would not read for a while.
        var old = SnapshotName.AllIn(journal.Folder.List()).OrderByDescending(name => name.Ordinal <= journal.Ordinal).Skip(2);
        foreach (var name in old)
        {
            journal.Folder.Delete(name.ToString());
        }
    }

    /// <summary>Removes whole segments: acknowledged ones past their time, and past the byte budget the oldest, acknowledged or not.</summary>
    /// <param name="isAcknowledged">Whether the province holds everything of a journal up to a sequence number.</param>
    /// <param name="isPastItsTime">Whether the segment's newest event is older than <see cref="JournalOptions.KeepAcknowledged"/>.</param>
    /// <returns>True when events went that the province does not hold: the uplink will declare the gap.</returns>
    public bool Retain(Func<int, long, bool> isAcknowledged, Func<ReadEvent, bool> isPastItsTime)
    {
        var lostAny = false;
        var segments = journal.Segments;
        // Snapshots must lead into a segment that is still there, and the tail is being written. An older journal is not needed any more
        // once the one after it has begun: that has a snapshot of its own beginning.
        while (segments.Length > 1 && segments[^1].Ordinal == journal.Ordinal
            && (segments[0].Ordinal < journal.Ordinal || segments[1].FirstSeq <= OldestSnapshotSeq()))
        {
            var acknowledged = isAcknowledged(segments[0].Ordinal, LastSeqOf(segments, 0, journal.Committed));
            var overBudget = (long)segments.Length * journal.Options.SegmentBytes > journal.Options.BudgetBytes;
            if (!overBudget && !(acknowledged && FirstEventOf(segments[1]) is { } newer && isPastItsTime(newer)))
            {
                break;
            }

            journal.Folder.Delete(segments[0].ToString());
            segments = segments.RemoveAt(0);
            journal.ForgetOldest();
            lostAny |= !acknowledged;
        }

        return lostAny;
    }

    /// <summary>Verifies the next old segment.</summary>
    /// <returns>Null when there is none left; otherwise whether it is as it was written.</returns>
    public bool? VerifyNext()
    {
        if (!toVerify.TryDequeue(out var name))
        {
            return null;
        }

        var committed = journal.Committed;
        var segments = journal.Segments;
        var index = segments.IndexOf(name);
        var limit = index < 0 ? 0 : LastSeqOf(segments, index, committed) + 1;
        if (name.FirstSeq >= limit)
        {
            // Evicted since, begun since, or past the verified end of a journal whose damage is known.
            return true;
        }

        var bytes = SegmentFile.Load(journal.Folder, name);
        if (SegmentHeader.TryRead(bytes) is not { } header || (verifiedTo is { } before && before.Epoch == header.Epoch && before.Hash != header.Prev))
        {
            verifiedTo = null;
            return false;
        }

        var scan = SegmentScan.Walk(bytes, header, limit, null);
        var isWhole = scan.EndSeq == limit - 1;
        verifiedTo = isWhole ? new JournalMark(header.Epoch, scan.EndSeq, scan.EndHash) : null;
        return isWhole;
    }

    // An older journal counts up to its verified end; what stands after that was given up when it was closed.
    private long LastSeqOf(ImmutableArray<SegmentName> segments, int index, JournalMark committed)
    {
        var ordinal = segments[index].Ordinal;
        var end = ordinal == journal.Ordinal ? committed.Seq : journal.Older.FirstOrDefault(e => e.Ordinal == ordinal).End.Seq;
        return index + 1 < segments.Length && segments[index + 1].Ordinal == ordinal ? Math.Min(segments[index + 1].FirstSeq - 1, end) : end;
    }

    private long OldestSnapshotSeq() =>
        SnapshotName.AllIn(journal.Folder.List()).Where(s => s.Ordinal == journal.Ordinal).Select(s => s.Seq).DefaultIfEmpty(0).Min();

    private ReadEvent? FirstEventOf(SegmentName name)
    {
        byte[]? first = null;
        var bytes = SegmentFile.Load(journal.Folder, name);
        if (SegmentHeader.TryRead(bytes) is { } header)
        {
            SegmentScan.Walk(bytes, header, header.FirstSeq + 1, (seq, canonical) => first = seq == header.FirstSeq ? canonical.ToArray() : first);
        }

        try
        {
            return first is null ? null : EventCodec.Read(first);
        }
        catch (System.Text.Json.JsonException)
        {
            // Its age is not known, so it goes by the budget.
            return null;
        }
    }
}
