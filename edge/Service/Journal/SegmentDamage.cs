namespace MotCua.Edge.Journal;

/// <summary>Tells a write that was cut off by a power failure from a record that was durable and changed later. The first is forgotten, the second never.</summary>
/// <remarks>
/// A group is written only after the group before it was synced. So a true record of a later group proves that a bad one was durable once.
/// Where nothing follows, the bytes themselves tell: the segment was zeros before, a disk writes whole sectors, and every part of a group
/// that lies in one sector holds a byte that is not zero (a record starts with C1, an event holds no zero byte).
/// A torn write therefore leaves at least one such part all zeros; a changed record leaves none.
/// </remarks>
internal static class SegmentDamage
{
    public const int Sector = 512;

    /// <summary>An event never takes fewer bytes than this; used to bound how many can have stood in a lost stretch.</summary>
    public const int SmallestRecord = 200;

    /// <summary>No series is raised further than this.</summary>
    public const int MaxSkip = 100_000;

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
        return !laterGroup && LacksASector(segment, offset, end) ? SegmentTail.Torn : SegmentTail.Damaged;
    }

    /// <summary>Searches for true records at or after the offset, whatever lies between them.</summary>
    /// <param name="laterGroup">One of them belongs to a group that starts after <paramref name="expectedSeq"/>.</param>
    /// <returns>The highest sequence number found and where its record ends; (0, offset) when there is none.</returns>
    public static (long Seq, int End) LastTrueRecord(ReadOnlySpan<byte> segment, int offset, long expectedSeq, out bool laterGroup)
    {
        laterGroup = false;
        var last = (Seq: 0L, End: offset);
        for (var at = offset; NextTrueRecord(segment, ref at) is { } record; at += record.Size)
        {
            laterGroup |= record.GroupFirstSeq > expectedSeq;
            last = record.Seq > last.Seq ? (record.Seq, at + record.Size) : last;
        }

        return last;
    }

    /// <summary>Finds the next true record at or after a place, and moves the place to it.</summary>
    /// <returns>Null when there is none.</returns>
    public static Record? NextTrueRecord(ReadOnlySpan<byte> segment, ref int at)
    {
        while (at < segment.Length && segment[at..].IndexOf(Record.Start) is >= 0 and var step)
        {
            at += step;
            if (Record.TryRead(segment[at..]) is { } record)
            {
                return record;
            }

            at++;
        }

        return null;
    }

    private static bool LacksASector(ReadOnlySpan<byte> segment, int offset, int end)
    {
        // A group whose end was never written reaches past the last byte that stands there: as far as the headers tell, and one header and
        // one byte further where another record must follow.
        var (at, more) = (offset, true);
        while (more && at < segment.Length && Record.TryReadHeader(segment[at..]) is { } record)
        {
            at += record.Size;
            more = !record.EndsGroup;
        }

        end = Math.Min(Math.Max(end, more ? at + Record.HeaderSize + 1 : at), segment.Length);
        for (var from = offset; from < end; from = (from / Sector + 1) * Sector)
        {
            if (!segment[from..Math.Min((from / Sector + 1) * Sector, end)].ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }
}
