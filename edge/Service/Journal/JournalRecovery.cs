using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>What recovery hands to the journal: where to go on writing, and what older journals there are to ship.</summary>
internal sealed record Recovered(JournalOpening Opening, int Ordinal, JournalMark End, SegmentName? Tail, int TailOffset, IReadOnlyList<EpochExtent> Older, long SnapshotSeq);

/// <summary>Finds out what a power cut or a dying card left of a journal. Design: from the last snapshot on every record is verified; never a guess.</summary>
internal sealed class JournalRecovery(IJournalFolder folder, IJournalFold fold, JournalOptions options)
{
    public Recovered Run(Func<EpochId> newEpoch)
    {
        fold.Reset();
        var names = folder.List();
        var segments = SegmentName.AllIn(names);
        var snapshots = SnapshotName.AllIn(names);
        DropUnbornEpoch(segments, snapshots);
        var ordinal = Math.Max(segments.LastOrDefault().Ordinal, snapshots.Where(s => s.Seq > 0).Select(s => s.Ordinal).DefaultIfEmpty().Max());
        if (ordinal == 0)
        {
            return new Recovered(new JournalOpening(JournalFound.Nothing, null, 0, 0), 1, new JournalMark(newEpoch(), 0, ChainHash.Genesis), null, 0, [], 0);
        }

        var closed = segments.Where(s => s.Ordinal < ordinal).GroupBy(s => s.Ordinal).Select(g => Closing(g.First(), segments)).ToList();
        var older = closed.Where(c => c is not null).Select(c => c!.Value.Extent).ToList();
        var current = segments.Where(s => s.Ordinal == ordinal).ToList();
        var own = snapshots.Where(s => s.Ordinal == ordinal).ToList();
        var walk = WalkCurrent(current, own) ?? WalkWithoutSnapshot(ordinal, current, closed);
        if (own.Count > 0 && own[0].Seq > walk.End.Seq)
        {
            // A snapshot is written only of what was durable: segments that held it are gone without a trace.
            walk.AddDamage(own[0].Seq - walk.End.Seq + (options.SegmentBytes / SegmentDamage.SmallestRecord));
        }

        if (walk.Damage is not { } skip)
        {
            return new Recovered(new JournalOpening(JournalFound.Whole, null, 0, walk.CutBytes), ordinal, walk.End, walk.Tail, walk.TailOffset, older, walk.SnapshotSeq);
        }

        // The state before the new epoch's first event must survive on its own: the old segments may be gone one day.
        var next = new JournalMark(newEpoch(), 0, ChainHash.Genesis);
        folder.Replace(new SnapshotName(ordinal + 1, 0).ToString(), new Snapshot(next, fold.Save()).ToBytes());
        if (current.Count > 0)
        {
            older.Add(new EpochExtent(ordinal, walk.End.Epoch, current[0].FirstSeq, walk.End));
        }

        return new Recovered(new JournalOpening(JournalFound.Damaged, walk.End, skip, 0), ordinal + 1, next, null, 0, older, 0);
    }

    // A crash between making a new epoch's first segment and its first durable event leaves nothing that anyone was told of.
    private void DropUnbornEpoch(List<SegmentName> segments, List<SnapshotName> snapshots)
    {
        while (segments.Count > 0 && segments[^1] is { FirstSeq: 1 } last && !snapshots.Any(s => s.Ordinal == last.Ordinal && s.Seq > 0) && !HoldsAnything(last))
        {
            folder.Delete(last.ToString());
            segments.RemoveAt(segments.Count - 1);
        }
    }

    private bool HoldsAnything(SegmentName name)
    {
        var bytes = SegmentFile.Load(folder, name);
        return SegmentHeader.TryRead(bytes) is { } header
            ? SegmentScan.Walk(bytes, header, long.MaxValue, null) is { EndSeq: > 0 } or { Tail: SegmentTail.Damaged }
            : SegmentDamage.Classify(bytes, 0, 1) == SegmentTail.Damaged;
    }

    // How an older journal ended stands in the first event of the one after it.
    private (EpochExtent Extent, int Skip)? Closing(SegmentName first, List<SegmentName> segments)
    {
        var successor = segments.FirstOrDefault(s => s.Ordinal > first.Ordinal);
        (EpochExtent, int)? closing = null;
        if (successor.FirstSeq == 1 && SegmentFile.Load(folder, successor) is var bytes && SegmentHeader.TryRead(bytes) is { } header)
        {
            SegmentScan.Walk(bytes, header, 2, (seq, canonical) => closing = seq == 1 ? ClosingIn(canonical, first) : closing);
        }

        return closing;
    }

    private static (EpochExtent, int)? ClosingIn(ReadOnlySpan<byte> canonical, SegmentName first)
    {
        try
        {
            return EventCodec.Read(canonical).Data is JournalOpened { Previous: { } previous } opened
                && EpochId.TryParse(previous.Epoch, out var epoch) && ChainHash.TryParse(previous.Hash, out var hash)
                    ? (new EpochExtent(first.Ordinal, epoch, first.FirstSeq, new JournalMark(epoch, previous.UpTo, hash)), opened.Skip)
                    : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private CurrentWalk? WalkCurrent(List<SegmentName> segments, List<SnapshotName> snapshots)
    {
        foreach (var name in snapshots)
        {
            if (Snapshot.TryRead(folder, name) is not { } snapshot || !CouldRestore(snapshot.State.Span))
            {
                continue;
            }

            var seq = snapshot.Mark.Seq;
            var start = segments.FindLastIndex(s => s.FirstSeq <= Math.Max(seq, 1));
            start = start >= 0 ? start : segments.FindIndex(s => s.FirstSeq == seq + 1);
            if (new CurrentWalk(folder, fold, options.SegmentBytes).Run(segments, start, snapshot.Mark) is { } walk)
            {
                return walk;
            }
        }

        return null;
    }

    // Without a snapshot the past must reach back to the first event, and a later journal began with the state of the one before:
    // everything that can have been issued in what is missing is skipped.
    private CurrentWalk WalkWithoutSnapshot(int ordinal, List<SegmentName> segments, List<(EpochExtent Extent, int Skip)?> closed)
    {
        fold.Reset();
        var walk = new CurrentWalk(folder, fold, options.SegmentBytes);
        walk.Run(segments, segments.Count > 0 ? 0 : -1, null);
        if (segments.Count > 0 && segments[0].FirstSeq > 1)
        {
            walk.AddDamage(segments[0].FirstSeq);
        }

        if (ordinal > 1)
        {
            var known = closed.Count == ordinal - 1 && closed.TrueForAll(c => c is not null);
            walk.AddDamage(known ? closed.Sum(c => c!.Value.Extent.End.Seq + c.Value.Skip) : SegmentDamage.MaxSkip);
        }

        return walk;
    }

    private bool CouldRestore(ReadOnlySpan<byte> state)
    {
        try
        {
            fold.Restore(state);
            return true;
        }
        catch (InvalidDataException)
        {
            fold.Reset();
            return false;
        }
    }
}
