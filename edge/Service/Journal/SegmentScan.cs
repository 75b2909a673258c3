using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>How the written part of a segment ends.</summary>
internal enum SegmentTail
{
    /// <summary>With a whole group, and nothing after it.</summary>
    Clean,

    /// <summary>With a group that was being written when the power went; nobody was ever told of it.</summary>
    Torn,

    /// <summary>With a record that was durable once and is not what was written.</summary>
    Damaged,
}

/// <summary>What a walk through a segment found.</summary>
/// <param name="EndOffset">Right after the last whole group.</param>
/// <param name="LastGroup">Where the last whole group starts; equal to the end when there is none.</param>
/// <param name="EndSeq">Of the last event in a whole group.</param>
/// <param name="EndHash">Chain hash after it.</param>
internal readonly record struct SegmentScan(int EndOffset, int LastGroup, long EndSeq, ChainHash EndHash, SegmentTail Tail)
{
    /// <summary>Told of every event that stands in a whole and true group.</summary>
    public delegate void Visitor(long seq, ReadOnlySpan<byte> canonical);

    /// <param name="limitSeq">First sequence number of the next segment: what stands here from it on was given up after a failed write.</param>
    public static SegmentScan Walk(ReadOnlySpan<byte> segment, SegmentHeader header, long limitSeq, Visitor? visit) =>
        Walk(segment, SegmentHeader.Size, header.FirstSeq - 1, header.Prev, limitSeq, visit);

    /// <param name="offset">Where a group starts.</param>
    /// <param name="seq">Of the event before it.</param>
    /// <param name="hash">Chain hash after that event.</param>
    /// <param name="limitSeq">First sequence number of the next segment.</param>
    public static SegmentScan Walk(ReadOnlySpan<byte> segment, int offset, long seq, ChainHash hash, long limitSeq, Visitor? visit)
    {
        var lastGroup = offset;
        while (seq + 1 < limitSeq)
        {
            var group = TryReadGroup(segment[offset..], seq + 1);
            if (group is null)
            {
                return new SegmentScan(offset, lastGroup, seq, hash, SegmentDamage.Classify(segment, offset, seq + 1));
            }

            lastGroup = offset;
            for (var i = 0; i < group.Value.Count; i++)
            {
                var length = Record.TryRead(segment[offset..])!.Value.EventLength;
                var canonical = segment.Slice(offset + Record.HeaderSize, length);
                hash = hash.Next(canonical);
                seq++;
                visit?.Invoke(seq, canonical);
                offset += Record.HeaderSize + length;
            }
        }

        return new SegmentScan(offset, lastGroup, seq, hash, SegmentTail.Clean);
    }

    private static (int Count, int Bytes)? TryReadGroup(ReadOnlySpan<byte> bytes, long firstSeq)
    {
        var (count, at) = (0, 0);
        while (Record.TryRead(bytes[at..]) is { } record && record.Seq == firstSeq + count && record.Place == count)
        {
            at += record.Size;
            count++;
            if (record.EndsGroup)
            {
                return (count, at);
            }
        }

        return null;
    }
}
