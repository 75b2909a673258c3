namespace MotCua.Edge.Journal;

/// <summary>Tells a write that was cut off by a power failure from a record that was durable and changed later. The first is forgotten, the second never.</summary>
/// <remarks>
/// A group is written only after the group before it was synced. So a true record of a later group proves that a bad one was durable once.
/// Where nothing follows, the bytes themselves tell: the segment was zeros before, a disk writes whole sectors, and an event holds no
/// zero byte. A torn write therefore leaves at least one sector of zeros inside the group; a changed record leaves none.
/// </remarks>
internal static class SegmentDamage
{
    public const int Sector = 512;

    /// <summary>An event never takes fewer bytes than this; used to bound how many can have stood in a lost stretch.</summary>
    public const int SmallestRecord = 200;

    /// <param name="offset">Where no whole group starts.</param>
    /// <param name="expectedSeq">Of the event that should stand there.</param>
    public static SegmentTail Classify(ReadOnlySpan<byte> segment, int offset, long expectedSeq)
    {
        var end = segment.LastIndexOfAnyExcept((byte)0) + 1;
        if (end <= offset)
        {
            return SegmentTail.Clean;
        }

        LastTrueRecord(segment, offset, expectedSeq, out var laterGroup);
        return !laterGroup && HasZeroSector(segment, offset, end) ? SegmentTail.Torn : SegmentTail.Damaged;
    }

    /// <summary>Searches byte by byte for true records at or after the offset, whatever lies between them.</summary>
    /// <param name="laterGroup">One of them belongs to a group that starts after <paramref name="expectedSeq"/>.</param>
    /// <returns>The highest sequence number found and where its record ends; (0, offset) when there is none.</returns>
    public static (long Seq, int End) LastTrueRecord(ReadOnlySpan<byte> segment, int offset, long expectedSeq, out bool laterGroup)
    {
        laterGroup = false;
        var last = (Seq: 0L, End: offset);
        for (var at = offset; at < segment.Length - Record.HeaderSize;)
        {
            if (Record.TryRead(segment[at..]) is not { } record)
            {
                at++;
                continue;
            }

            laterGroup |= record.GroupFirstSeq > expectedSeq;
            at += record.Size;
            last = record.Seq > last.Seq ? (record.Seq, at) : last;
        }

        return last;
    }

    private static bool HasZeroSector(ReadOnlySpan<byte> segment, int offset, int end)
    {
        // A record whose end was never written claims bytes past the last one that stands there.
        for (var at = offset; at < end && Record.TryReadHeader(segment[at..]) is { } record;)
        {
            at += record.Size;
            end = Math.Max(end, at);
        }

        end = Math.Min(Math.Max(end, offset + Record.HeaderSize), segment.Length);
        for (var from = offset; from < end; from = (from / Sector + 1) * Sector)
        {
            var part = segment[from..Math.Min((from / Sector + 1) * Sector, end)];
            // Fewer than four bytes may be the zero low bytes of a true length field.
            if (part.Length >= sizeof(int) && !part.ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }
}
