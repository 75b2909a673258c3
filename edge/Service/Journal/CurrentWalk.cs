using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>Verifies and folds the segments of the journal in use, from a snapshot or from the beginning.</summary>
internal sealed class CurrentWalk(IJournalFolder folder, IJournalFold fold, int segmentBytes)
{
    /// <summary>After the last event that is verified.</summary>
    public JournalMark End { get; private set; }

    /// <summary>The segment to go on writing into; null when a new one must be made.</summary>
    public SegmentName? Tail { get; private set; }

    public int TailOffset { get; private set; }

    public long CutBytes { get; private set; }

    public long SnapshotSeq { get; private set; }

    /// <summary>How many numbers to skip when a part of the past is lost; null when nothing is.</summary>
    public int? Damage { get; private set; }

    /// <param name="start">Index of the segment that holds the snapshot's mark or the beginning; -1 when there is none.</param>
    /// <param name="snapshot">Where the fold stands already.</param>
    /// <returns>Null when the segments contradict the snapshot: it is of another past, so an older one is tried.</returns>
    public CurrentWalk? Run(IReadOnlyList<SegmentName> segments, int start, JournalMark? snapshot)
    {
        End = snapshot ?? new JournalMark(default, 0, ChainHash.Genesis);
        SnapshotSeq = End.Seq;
        for (var i = start; i >= 0 && i < segments.Count; i++)
        {
            var bytes = SegmentFile.Load(folder, segments[i]);
            var next = i + 1 < segments.Count ? segments[i + 1].FirstSeq : long.MaxValue;
            var offset = SegmentHeader.Size;
            if (i == start && snapshot is { } mark)
            {
                var place = MarkPlace.Find(bytes, mark);
                if (place.Found == MarkPlace.Answer.Contradicted)
                {
                    return null;
                }

                if (place.Found == MarkPlace.Answer.Lost && next != mark.Seq + 1)
                {
                    return LostAround(segments, i, place.Offset);
                }

                // Where the next segment takes over right after the mark, nothing of this one is needed.
                offset = place.Found == MarkPlace.Answer.Here ? place.Offset : bytes.Length;
            }
            else if (!Continues(bytes, segments[i], isFirst: i == start))
            {
                return i > start && next == long.MaxValue && IsUnborn(bytes) ? WithoutUnborn(segments[i], bytes) : LostFrom(segments, i, 0);
            }

            var scan = SegmentScan.Walk(bytes, offset, End.Seq, End.Hash, next, (_, canonical) => fold.Apply(canonical));
            End = new JournalMark(End.Epoch, scan.EndSeq, scan.EndHash);
            if (scan.Tail == SegmentTail.Damaged || (next != long.MaxValue && scan.EndSeq != next - 1))
            {
                return LostFrom(segments, i, scan.EndOffset);
            }

            (Tail, TailOffset) = (segments[i], scan.EndOffset);
            if (next == long.MaxValue)
            {
                Settle(segments[i], scan, bytes);
            }
        }

        return start < 0 ? LostAround(segments, 0, 0) : this;
    }

    /// <summary>Takes note that more is lost than the segments tell.</summary>
    /// <param name="events">At least as many as can be missing.</param>
    public void AddDamage(long events) => Damage = (int)Math.Min((Damage ?? 0) + Math.Min(events, SegmentDamage.MaxSkip), SegmentDamage.MaxSkip);

    private bool Continues(byte[] bytes, SegmentName name, bool isFirst)
    {
        if (SegmentHeader.TryRead(bytes) is not { } header || header.FirstSeq != name.FirstSeq)
        {
            return false;
        }

        if (isFirst)
        {
            End = new JournalMark(header.Epoch, header.FirstSeq - 1, header.Prev);
        }

        return header.Epoch == End.Epoch && header.Prev == End.Hash && header.FirstSeq == End.Seq + 1;
    }

    // The power went while this segment was being begun; its first group was never durable.
    private bool IsUnborn(byte[] bytes) =>
        SegmentHeader.TryRead(bytes) is null && SegmentDamage.Classify(bytes, 0, End.Seq + 1) != SegmentTail.Damaged;

    // The segment before it may end with a group that was given up; only a new segment voids that for good.
    private CurrentWalk WithoutUnborn(SegmentName name, byte[] bytes)
    {
        CutBytes = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        Tail = null;
        folder.Delete(name.ToString());
        return this;
    }

    // What is read may stand in memory only: after a failed sync the kernel shows pages that it will never write, and a killed program leaves
    // some that it has not written yet. So the last group, which alone can be in doubt, is written once more before anybody is told of it;
    // a torn one becomes zeros again, so that the next is written onto what a new segment would have there.
    private void Settle(SegmentName name, SegmentScan scan, byte[] bytes)
    {
        var from = scan.LastGroup == SegmentHeader.Size ? 0 : scan.LastGroup;
        var end = Math.Max(scan.EndOffset, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1);
        CutBytes = end - scan.EndOffset;
        bytes.AsSpan(scan.EndOffset).Clear();
        if (end > from)
        {
            using var file = folder.Open(name.ToString());
            file.Write(from, bytes.AsSpan(from, end - from));
            file.Sync();
        }
    }

    // The segments do not reach the snapshot: the one with what came after it may be gone without a trace.
    private CurrentWalk LostAround(IReadOnlyList<SegmentName> segments, int index, int offset)
    {
        AddDamage(segmentBytes / SegmentDamage.SmallestRecord);
        return LostFrom(segments, index, offset);
    }

    // Numbers that were given in the lost part: the highest sequence number still to be seen there tells most, the bytes after it bound the rest.
    private CurrentWalk LostFrom(IReadOnlyList<SegmentName> segments, int index, int offset)
    {
        var (lastSeq, unknownBytes) = (End.Seq, 0L);
        for (var i = index; i < segments.Count; i++)
        {
            // That a segment was begun tells that everything before it was durable.
            if (segments[i].FirstSeq - 1 is var before && before > lastSeq)
            {
                (lastSeq, unknownBytes) = (before, 0);
            }

            var bytes = SegmentFile.Load(folder, segments[i]);
            var (seq, end) = SegmentDamage.LastTrueRecord(bytes, i == index ? offset : 0, End.Seq + 1, out _);
            if (seq > lastSeq)
            {
                (lastSeq, unknownBytes) = (seq, 0);
            }

            // A file that is shorter than a segment, or cannot be opened, may have been full.
            unknownBytes += bytes.Length < segmentBytes ? segmentBytes - end : Math.Max(0, bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1 - end);
        }

        // Within the last sector a cut and a change can hide behind each other; ten more cost nobody anything.
        AddDamage(lastSeq - End.Seq + (unknownBytes / SegmentDamage.SmallestRecord) + 10);
        return this;
    }
}
