using System.Collections.Immutable;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>Reads committed events for the uplink, in order, from any mark. One thread; beside the writer.</summary>
public sealed class JournalReader(EventJournal journal)
{
    // Where the newest stretch ended, so that reading on does not walk a segment from its beginning again.
    private (JournalMark Mark, SegmentName Segment, int Offset)? last;

    /// <summary>The journals to ship, oldest first, each with its end as of now.</summary>
    public IReadOnlyList<EpochExtent> Epochs()
    {
        var segments = journal.Segments;
        var end = journal.Committed;
        long? FirstOf(int ordinal) => segments.Where(s => s.Ordinal == ordinal).Select(s => (long?)s.FirstSeq).FirstOrDefault();
        return
        [
            .. journal.Older.Where(e => FirstOf(e.Ordinal) is not null).Select(e => e with { First = FirstOf(e.Ordinal)!.Value }),
            new EpochExtent(journal.Ordinal, end.Epoch, FirstOf(journal.Ordinal) ?? 1, end),
        ];
    }

    /// <summary>The chain's hash after an event of ours, to hold against what the province says it has.</summary>
    /// <returns>Null when the event is not there (evicted, damaged, never written, of another journal).</returns>
    public ChainHash? HashAt(EpochId epoch, long seq)
    {
        if (EpochOf(epoch) is not { } extent || seq < 0 || seq > extent.End.Seq)
        {
            return null;
        }

        if (seq == 0 || seq == extent.End.Seq)
        {
            return seq == 0 ? ChainHash.Genesis : extent.End.Hash;
        }

        // Nearly every acknowledgement is of the batch that was read last; a segment is not read and hashed again for each.
        if (last is { } hint && hint.Mark.Epoch == epoch && hint.Mark.Seq == seq)
        {
            return hint.Mark.Hash;
        }

        var segments = SegmentsOf(extent);
        var index = FindSegment(segments, seq + 1);
        if (index < 0)
        {
            return null;
        }

        var bytes = SegmentFile.Load(journal.Folder, segments[index]);
        foreach (var (mark, offset) in MarksIn(bytes, extent, LimitOf(segments, index, extent)).Where(m => m.Mark.Seq <= seq))
        {
            if (EventsIn(bytes.AsMemory(offset), mark, seq + 1, int.MaxValue, long.MaxValue, keep: false).End is var end && end.Seq == seq)
            {
                return end.Hash;
            }
        }

        return null;
    }

    /// <summary>Reads on after a mark, as much as fits one batch. What the card lost or the budget evicted on the way is declared.</summary>
    /// <param name="after">A mark of ours, as <see cref="HashAt"/> confirmed it.</param>
    /// <param name="maxEvents">From 1.</param>
    /// <param name="maxBytes">Of the events together, a comma each; a single event is read whatever its size.</param>
    /// <returns>Null at the end of that journal, or of what can still be read of it.</returns>
    public JournalStretch? ReadAfter(JournalMark after, int maxEvents, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        if (EpochOf(after.Epoch) is not { } extent || after.Seq >= extent.End.Seq)
        {
            return null;
        }

        var segments = SegmentsOf(extent);
        var index = FindSegment(segments, after.Seq + 1);
        if (index >= 0 && Collect(segments, index, extent, after, maxEvents, maxBytes) is { } stretch)
        {
            return stretch;
        }

        // Evicted, or unreadable from here on: the next place whose hash is known is the next snapshot or the next segment.
        for (var i = Math.Max(index, 0); i < segments.Length; i++)
        {
            var bytes = SegmentFile.Load(journal.Folder, segments[i]);
            var limit = LimitOf(segments, i, extent);
            foreach (var (mark, offset) in MarksIn(bytes, extent, limit).Where(m => m.Mark.Seq >= after.Seq))
            {
                var gap = mark.Seq == after.Seq ? null : new DeclaredGap(after.Seq + 1, mark.Seq, mark.Hash);
                if (Stretch(segments[i], offset, bytes.AsMemory(offset), mark, gap, limit, maxEvents, maxBytes) is { } later)
                {
                    return later;
                }
            }
        }

        return null;
    }

    private JournalStretch? Collect(ImmutableArray<SegmentName> segments, int index, EpochExtent extent, JournalMark after, int maxEvents, int maxBytes)
    {
        var limit = LimitOf(segments, index, extent);
        if ((last is { } hint && hint.Mark == after && hint.Segment == segments[index] ? hint.Offset : BeginsAfter(segments[index], after)) is { } known)
        {
            // An edge that keeps up reads an event or two at a time; a page holds them.
            const int Page = 4096;
            var most = Math.Max(maxBytes, EventCodec.MaxBytes) + ((long)maxEvents * Record.HeaderSize);
            var few = extent.End.Seq - after.Seq <= 4;
            return (few ? Stretch(segments[index], known, Part(segments[index], known, Page), after, null, limit, maxEvents, maxBytes) : null)
                ?? Stretch(segments[index], known, Part(segments[index], known, most), after, null, limit, maxEvents, maxBytes);
        }

        var bytes = SegmentFile.Load(journal.Folder, segments[index]);
        foreach (var (mark, offset) in MarksIn(bytes, extent, limit).Where(m => m.Mark.Seq <= after.Seq))
        {
            var (at, end, _) = EventsIn(bytes.AsMemory(offset), mark, after.Seq + 1, int.MaxValue, long.MaxValue, keep: false);
            if (end == after)
            {
                return Stretch(segments[index], offset + at, bytes.AsMemory(offset + at), after, null, limit, maxEvents, maxBytes);
            }
        }

        return null;
    }

    // Whoever read one segment to its end reads on here. A whole segment is a megabyte, which each reader would leave behind at each new one.
    private int? BeginsAfter(SegmentName name, JournalMark after) =>
        name.FirstSeq == after.Seq + 1 && SegmentHeader.TryRead(Part(name, 0, SegmentHeader.Size).Span) is { } header
        && header.Epoch == after.Epoch && header.FirstSeq == after.Seq + 1 && header.Prev == after.Hash
            ? SegmentHeader.Size
            : null;

    private JournalStretch? Stretch(
        SegmentName name, int offset, ReadOnlyMemory<byte> bytes, JournalMark start, DeclaredGap? gap, long limitSeq, int maxEvents, int maxBytes)
    {
        var (at, end, events) = EventsIn(bytes, start, limitSeq, maxEvents, maxBytes, keep: true);
        if (events.Count == 0)
        {
            return null;
        }

        last = (end, name, offset + at);
        return new JournalStretch(start.Seq + 1, start.Hash, gap, events, end);
    }

    private static (int Offset, JournalMark End, List<ReadOnlyMemory<byte>> Events) EventsIn(
        ReadOnlyMemory<byte> bytes, JournalMark start, long limitSeq, int maxEvents, long maxBytes, bool keep)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var (at, size, seq, hash) = (0, 0L, start.Seq, start.Hash);
        while (seq + 1 < limitSeq && seq - start.Seq < maxEvents && Record.TryRead(bytes.Span[at..]) is { } record && record.Seq == seq + 1
            && ((size += record.EventLength + 1) <= maxBytes || seq == start.Seq))
        {
            var one = bytes.Slice(at + Record.HeaderSize, record.EventLength);
            hash = hash.Next(one.Span);
            seq++;
            at += record.Size;
            if (keep)
            {
                events.Add(one);
            }
        }

        return (at, new JournalMark(start.Epoch, seq, hash), events);
    }

    // Places in a segment whose hash is known without what stands before them: its beginning, and the snapshots taken within it.
    private IEnumerable<(JournalMark Mark, int Offset)> MarksIn(byte[] bytes, EpochExtent extent, long limitSeq)
    {
        var first = 1L;
        if (SegmentHeader.TryRead(bytes) is { } header && header.Epoch == extent.Epoch)
        {
            first = header.FirstSeq;
            yield return (new JournalMark(extent.Epoch, header.FirstSeq - 1, header.Prev), SegmentHeader.Size);
        }

        foreach (var name in SnapshotName.AllIn(FilesOfFolder()).Where(s => s.Ordinal == extent.Ordinal && s.Seq >= first && s.Seq < limitSeq).Reverse())
        {
            if (Snapshot.TryRead(journal.Folder, name) is { } snapshot && snapshot.Mark.Epoch == extent.Epoch && snapshot.Mark.Seq == name.Seq
                && MarkPlace.Find(bytes, snapshot.Mark) is { Found: MarkPlace.Answer.Here } place)
            {
                yield return (snapshot.Mark, place.Offset);
            }
        }
    }

    private IReadOnlyList<string> FilesOfFolder()
    {
        try
        {
            return journal.Folder.List();
        }
        catch (IOException)
        {
            return [];
        }
    }

    private ReadOnlyMemory<byte> Part(SegmentName name, int offset, long length)
    {
        try
        {
            using var file = journal.Folder.Open(name.ToString());
            var bytes = new byte[Math.Max(0, Math.Min(length, file.Length - offset))];
            file.Read(offset, bytes);
            return bytes;
        }
        catch (IOException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private EpochExtent? EpochOf(EpochId epoch) => Epochs().Where(e => e.Epoch == epoch).Select(e => (EpochExtent?)e).FirstOrDefault();

    private ImmutableArray<SegmentName> SegmentsOf(EpochExtent extent) =>
        [.. journal.Segments.Where(s => s.Ordinal == extent.Ordinal && s.FirstSeq <= extent.End.Seq)];

    private static int FindSegment(ImmutableArray<SegmentName> segments, long seq)
    {
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (segments[i].FirstSeq <= seq)
            {
                return i;
            }
        }

        return -1;
    }

    private static long LimitOf(ImmutableArray<SegmentName> segments, int index, EpochExtent extent) =>
        Math.Min(index + 1 < segments.Length ? segments[index + 1].FirstSeq : long.MaxValue, extent.End.Seq + 1);
}
