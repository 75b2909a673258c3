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
        var first = segments.FirstOrDefault(s => s.Ordinal == journal.Ordinal, new SegmentName(journal.Ordinal, 1));
        return [.. journal.Older.Where(e => segments.Any(s => s.Ordinal == e.Ordinal)), new EpochExtent(journal.Ordinal, end.Epoch, first.FirstSeq, end)];
    }

    /// <summary>The chain's hash after an event of ours, to hold against what the province says it has.</summary>
    /// <returns>Null when the event is not there (evicted, never written, of another journal).</returns>
    public ChainHash? HashAt(EpochId epoch, long seq)
    {
        if (seq == 0)
        {
            return ChainHash.Genesis;
        }

        if (EpochOf(epoch) is not { } extent || seq > extent.End.Seq)
        {
            return null;
        }

        if (seq == extent.End.Seq)
        {
            return extent.End.Hash;
        }

        var segments = SegmentsOf(extent);
        var index = FindSegment(segments, seq + 1);
        return index >= 0 && Locate(segments, index, extent.Epoch, seq) is { } place ? place.Hash : null;
    }

    /// <summary>Reads on after a mark, as much as fits one batch.</summary>
    /// <param name="after">A mark of ours, as <see cref="HashAt"/> confirmed it.</param>
    /// <param name="maxBytes">Of the events together.</param>
    /// <returns>Null at the end of that journal.</returns>
    public JournalStretch? ReadAfter(JournalMark after, int maxEvents, int maxBytes)
    {
        if (EpochOf(after.Epoch) is not { } extent || after.Seq >= extent.End.Seq)
        {
            return null;
        }

        var segments = SegmentsOf(extent);
        var index = FindSegment(segments, after.Seq + 1);
        if (index < 0)
        {
            return segments.IsEmpty ? null : FromSegment(segments, 0, extent, after, maxEvents, maxBytes);
        }

        var place = last is { } hint && hint.Mark == after && hint.Segment == segments[index] ? (hint.Offset, after.Hash)
            : Locate(segments, index, extent.Epoch, after.Seq) ?? (0, default);
        if (place.Item1 > 0 && Collect(segments[index], LimitOf(segments, index, extent), place.Item1, after, null, maxEvents, maxBytes) is { } stretch)
        {
            return stretch;
        }

        // Unreadable from here on: what the card lost is declared, and the next segment knows the hash.
        return index + 1 < segments.Length ? FromSegment(segments, index + 1, extent, after, maxEvents, maxBytes) : null;
    }

    private JournalStretch? FromSegment(ImmutableArray<SegmentName> segments, int index, EpochExtent extent, JournalMark after, int maxEvents, int maxBytes)
    {
        if (SegmentHeader.TryRead(SegmentFile.Load(journal.Folder, segments[index])) is not { } header || header.Epoch != extent.Epoch)
        {
            return index + 1 < segments.Length ? FromSegment(segments, index + 1, extent, after, maxEvents, maxBytes) : null;
        }

        var gap = header.FirstSeq == after.Seq + 1 ? null : new DeclaredGap(after.Seq + 1, header.FirstSeq - 1, header.Prev);
        var start = new JournalMark(extent.Epoch, header.FirstSeq - 1, header.Prev);
        return Collect(segments[index], LimitOf(segments, index, extent), SegmentHeader.Size, start, gap, maxEvents, maxBytes);
    }

    private JournalStretch? Collect(SegmentName name, long limitSeq, int offset, JournalMark start, DeclaredGap? gap, int maxEvents, int maxBytes)
    {
        // An edge that keeps up reads an event or two at a time; a page holds them.
        const int Page = 4096;
        var most = Math.Max(maxBytes, EventCodec.MaxBytes) + (maxEvents * Record.HeaderSize);
        var few = journal.Committed is var end && end.Epoch == start.Epoch && end.Seq - start.Seq <= 4;
        return (few ? CollectFrom(Part(name, offset, Page), name, limitSeq, offset, start, gap, maxEvents, maxBytes) : null)
            ?? CollectFrom(Part(name, offset, most), name, limitSeq, offset, start, gap, maxEvents, maxBytes);
    }

    private JournalStretch? CollectFrom(byte[] bytes, SegmentName name, long limitSeq, int offset, JournalMark start, DeclaredGap? gap, int maxEvents, int maxBytes)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var (at, size, hash) = (0, 0, start.Hash);
        while (events.Count < maxEvents && Record.TryRead(bytes.AsSpan(at)) is { } record
            && record.Seq == start.Seq + events.Count + 1 && record.Seq < limitSeq && (size + record.EventLength <= maxBytes || events.Count == 0))
        {
            var one = bytes.AsMemory(at + Record.HeaderSize, record.EventLength);
            events.Add(one);
            hash = hash.Next(one.Span);
            size += record.EventLength + 1;
            at += record.Size;
        }

        if (events.Count == 0)
        {
            return null;
        }

        var end = new JournalMark(start.Epoch, start.Seq + events.Count, hash);
        last = (end, name, offset + at);
        return new JournalStretch(start.Seq + 1, start.Hash, gap, events, end);
    }

    private (int Offset, ChainHash Hash)? Locate(ImmutableArray<SegmentName> segments, int index, EpochId epoch, long seq)
    {
        var bytes = SegmentFile.Load(journal.Folder, segments[index]);
        if (SegmentHeader.TryRead(bytes) is not { } header || header.Epoch != epoch)
        {
            return null;
        }

        var (offset, hash, at) = (SegmentHeader.Size, header.Prev, header.FirstSeq - 1);
        while (at < seq && Record.TryRead(bytes.AsSpan(offset)) is { } record && record.Seq == at + 1)
        {
            hash = hash.Next(bytes.AsSpan(offset + Record.HeaderSize, record.EventLength));
            offset += record.Size;
            at++;
        }

        return at == seq ? (offset, hash) : null;
    }

    private byte[] Part(SegmentName name, int offset, int length)
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
            return [];
        }
    }

    private EpochExtent? EpochOf(EpochId epoch)
    {
        foreach (var extent in Epochs())
        {
            if (extent.Epoch == epoch)
            {
                return extent;
            }
        }

        return null;
    }

    private ImmutableArray<SegmentName> SegmentsOf(EpochExtent extent) => [.. journal.Segments.Where(s => s.Ordinal == extent.Ordinal)];

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
