namespace MotCua.Edge.Journal;

/// <summary>Where in a segment the events after a mark begin.</summary>
/// <param name="Offset">Right after the mark's event; when it was not found, where the segment stops being as it was written.</param>
internal readonly record struct MarkPlace(MarkPlace.Answer Found, int Offset)
{
    internal enum Answer
    {
        /// <summary>There it is.</summary>
        Here,

        /// <summary>Damage hides it, or the segment ends before it.</summary>
        Lost,

        /// <summary>The segment is of another journal, or of another past, than the mark.</summary>
        Contradicted,
    }

    /// <param name="mark">At the end of a group.</param>
    public static MarkPlace Find(ReadOnlySpan<byte> segment, JournalMark mark)
    {
        var damagedAt = 0;
        if (SegmentHeader.TryRead(segment) is { } header)
        {
            if (header.Epoch != mark.Epoch || header.FirstSeq > mark.Seq + 1)
            {
                return new MarkPlace(Answer.Contradicted, 0);
            }

            var scan = SegmentScan.Walk(segment, header, mark.Seq + 1, null);
            if (scan.EndSeq >= mark.Seq)
            {
                return new MarkPlace(scan.EndSeq == mark.Seq && scan.EndHash == mark.Hash ? Answer.Here : Answer.Contradicted, scan.EndOffset);
            }

            damagedAt = scan.EndOffset;
        }

        // Damage before the mark does not matter to what stands after it: the mark itself knows the hash.
        var at = damagedAt;
        for (; SegmentDamage.NextTrueRecord(segment, ref at) is { } record; at += record.Size)
        {
            if (record.Seq == mark.Seq)
            {
                return new MarkPlace(Answer.Here, at + record.Size);
            }

            if (record.Seq == mark.Seq + 1 && record.Place == 0)
            {
                return new MarkPlace(Answer.Here, at);
            }
        }

        return new MarkPlace(Answer.Lost, damagedAt);
    }
}
