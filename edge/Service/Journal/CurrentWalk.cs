using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>Verifies and folds the segments of the journal in use, from a snapshot or from the beginning.</summary>
internal sealed class CurrentWalk(IJournalFolder folder, IJournalFold fold)
{
    /// <summary>After the last event that is verified.</summary>
    public JournalMark End { get; private set; }

    /// <summary>The segment to go on writing into; null when a new one must be made.</summary>
    public SegmentName? Tail { get; private set; }

    public int TailOffset { get; private set; }

    public long CutBytes { get; private set; }

    public long SnapshotSeq { get; private set; }

    /// <summary>How many numbers to skip when a part of the past is lost; null when nothing is.</summary>
    public int? Damage { get; set; }

    /// <param name="snapshot">Where the fold stands already.</param>
    /// <returns>Null when the segments do not lead through the snapshot: the snapshot or they are wrong, so an older one is tried.</returns>
    public CurrentWalk? Run(List<SegmentName> segments, int start, JournalMark? snapshot)
    {
        SnapshotSeq = snapshot?.Seq ?? 0;
        for (var i = start; i < segments.Count; i++)
        {
            var bytes = SegmentFile.Load(folder, segments[i]);
            var isLast = i == segments.Count - 1;
            var header = SegmentHeader.TryRead(bytes);
            if (header is null || header.Value.FirstSeq != segments[i].FirstSeq || (i > start && (header.Value.Epoch != End.Epoch || header.Value.Prev != End.Hash)))
            {
                if (i > start && isLast && header is null && SegmentDamage.Classify(bytes, 0, End.Seq + 1) != SegmentTail.Damaged)
                {
                    // The power went while this segment was being begun; its first group was never durable.
                    CutBytes = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
                    folder.Delete(segments[i].ToString());
                    return this;
                }

                return i == start && snapshot is not null ? null : LostFrom(segments, i, 0, bytes);
            }

            if (!WalkSegment(bytes, header.Value, isLast ? long.MaxValue : segments[i + 1].FirstSeq, i == start ? snapshot : null, out var scan))
            {
                return null;
            }

            End = new JournalMark(header.Value.Epoch, scan.EndSeq, scan.EndHash);
            if (scan.Tail == SegmentTail.Damaged || (!isLast && scan.EndSeq != segments[i + 1].FirstSeq - 1))
            {
                return LostFrom(segments, i, scan.EndOffset, bytes);
            }

            (Tail, TailOffset) = (segments[i], scan.EndOffset);
            if (scan.Tail == SegmentTail.Torn)
            {
                Cut(segments[i], scan.EndOffset, bytes);
            }
        }

        return this;
    }

    private bool WalkSegment(byte[] bytes, SegmentHeader header, long limitSeq, JournalMark? snapshot, out SegmentScan scan)
    {
        var hash = header.Prev;
        var leadsThrough = snapshot is null || (snapshot.Value.Epoch == header.Epoch && snapshot.Value.Seq == header.FirstSeq - 1 && snapshot.Value.Hash == hash);
        scan = SegmentScan.Walk(bytes, header, limitSeq, (seq, canonical) =>
        {
            if (snapshot is not { } mark || seq > mark.Seq)
            {
                if (leadsThrough)
                {
                    fold.Apply(canonical);
                }

                return;
            }

            hash = hash.Next(canonical);
            leadsThrough |= seq == mark.Seq && hash == mark.Hash && mark.Epoch == header.Epoch;
        });
        return leadsThrough;
    }

    // Zeros again, so that the next group is written onto what a new segment would have there.
    private void Cut(SegmentName name, int offset, byte[] bytes)
    {
        var end = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        CutBytes = end - offset;
        using var file = folder.Open(name.ToString());
        file.Write(offset, new byte[end - offset]);
        file.Sync();
    }

    // Numbers that were given in the lost part: the highest sequence number still to be seen there tells most, the bytes after it bound the rest.
    private CurrentWalk LostFrom(List<SegmentName> segments, int index, int offset, byte[] bytes)
    {
        var (lastSeq, unknownBytes) = (End.Seq, 0L);
        for (var i = index; i < segments.Count; i++)
        {
            bytes = i == index ? bytes : SegmentFile.Load(folder, segments[i]);
            var (seq, end) = SegmentDamage.LastTrueRecord(bytes, i == index ? offset : 0, End.Seq + 1, out _);
            if (seq > lastSeq)
            {
                (lastSeq, unknownBytes) = (seq, 0);
            }

            unknownBytes += Math.Max(0, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1 - end);
        }

        // Within the last sector a cut and a change can hide behind each other; ten more cost nobody anything.
        Damage = (int)Math.Min(lastSeq - End.Seq + (unknownBytes / SegmentDamage.SmallestRecord) + 10, 100_000);
        if (End.Epoch == default)
        {
            End = new JournalMark(default, 0, ChainHash.Genesis);
        }

        return this;
    }
}
