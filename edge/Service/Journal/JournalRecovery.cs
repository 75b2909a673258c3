using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>What recovery hands to the journal: where to go on writing, and what older journals there are to ship.</summary>
internal sealed record Recovered(JournalOpening Opening, int Ordinal, JournalMark End, SegmentName? Tail, int TailOffset, IReadOnlyList<EpochExtent> Older, long SnapshotSeq);

/// <summary>Finds out what a power cut or a dying card left of a journal. Design: from the last snapshot on every record is verified; never a guess.</summary>
internal sealed class JournalRecovery(IJournalFolder folder, IJournalFold fold)
{
    public Recovered Run(Func<EpochId> newEpoch)
    {
        fold.Reset();
        var names = folder.List();
        var segments = names.Select(name => (Ok: SegmentName.TryParse(name, out var parsed), Name: parsed)).Where(n => n.Ok).Select(n => n.Name).Order().ToList();
        DropUnbornEpoch(segments);
        if (segments.Count == 0)
        {
            return new Recovered(new JournalOpening(JournalFound.Nothing, null, 0, 0), 1, new JournalMark(newEpoch(), 0, ChainHash.Genesis), null, 0, [], 0);
        }

        var ordinal = segments[^1].Ordinal;
        var older = segments.Where(s => s.Ordinal < ordinal).GroupBy(s => s.Ordinal).Select(g => ClosedEpoch(g.First(), segments)).OfType<EpochExtent>().ToList();
        var current = segments.Where(s => s.Ordinal == ordinal).ToList();
        var snapshots = names.Select(name => (Ok: SnapshotName.TryParse(name, out var parsed), Name: parsed))
            .Where(n => n.Ok && n.Name.Ordinal == ordinal).Select(n => n.Name).OrderByDescending(n => n.Seq).ToList();
        var walk = WalkCurrent(current, snapshots);
        if (walk.Damage is not { } skip)
        {
            return new Recovered(new JournalOpening(JournalFound.Whole, null, 0, walk.CutBytes), ordinal, walk.End, walk.Tail, walk.TailOffset, older, walk.SnapshotSeq);
        }

        // The state before the new epoch's first event must survive on its own: the old segments may be gone one day.
        var next = new JournalMark(newEpoch(), 0, ChainHash.Genesis);
        folder.Replace(new SnapshotName(ordinal + 1, 0).ToString(), new Snapshot(next, fold.Save()).ToBytes());
        older.Add(new EpochExtent(ordinal, walk.End.Epoch, current[0].FirstSeq, walk.End));
        return new Recovered(new JournalOpening(JournalFound.Damaged, walk.End, skip, 0), ordinal + 1, next, null, 0, older, 0);
    }

    // A crash between making a new epoch's first segment and its first durable event leaves nothing that anyone was told of.
    private void DropUnbornEpoch(List<SegmentName> segments)
    {
        while (segments.Count > 0 && segments[^1] is { FirstSeq: 1 } last && !HoldsAnything(last))
        {
            folder.Delete(last.ToString());
            segments.RemoveAt(segments.Count - 1);
        }
    }

    private bool HoldsAnything(SegmentName name)
    {
        var bytes = SegmentFile.Load(folder, name);
        return SegmentDamage.Classify(bytes, SegmentHeader.TryRead(bytes) is null ? 0 : SegmentHeader.Size, 1) == SegmentTail.Damaged
            || (SegmentHeader.TryRead(bytes) is { } header && SegmentScan.Walk(bytes, header, long.MaxValue, null).EndSeq > 0);
    }

    // How an older journal ended stands in the first event of the one after it.
    private EpochExtent? ClosedEpoch(SegmentName first, List<SegmentName> segments)
    {
        var successor = segments.First(s => s.Ordinal > first.Ordinal);
        var bytes = SegmentFile.Load(folder, successor);
        JournalMark? end = null;
        if (SegmentHeader.TryRead(bytes) is { FirstSeq: 1 } header)
        {
            SegmentScan.Walk(bytes, header, 2, (_, canonical) => end = PreviousOf(canonical));
        }

        return end is { } mark ? new EpochExtent(first.Ordinal, mark.Epoch, first.FirstSeq, mark) : null;
    }

    private static JournalMark? PreviousOf(ReadOnlySpan<byte> canonical) =>
        EventCodec.Read(canonical).Data is JournalOpened { Previous: { } previous }
        && EpochId.TryParse(previous.Epoch, out var epoch) && ChainHash.TryParse(previous.Hash, out var hash)
            ? new JournalMark(epoch, previous.UpTo, hash)
            : null;

    private CurrentWalk WalkCurrent(List<SegmentName> segments, List<SnapshotName> snapshots)
    {
        foreach (var name in snapshots)
        {
            if (Snapshot.TryRead(folder, name) is not { } snapshot || !CouldRestore(snapshot.State.Span))
            {
                continue;
            }

            var start = segments.FindLastIndex(s => s.FirstSeq <= snapshot.Mark.Seq + 1);
            if (start >= 0 && new CurrentWalk(folder, fold).Run(segments, start, snapshot.Mark) is { } walk)
            {
                return walk;
            }
        }

        fold.Reset();
        var whole = new CurrentWalk(folder, fold);
        whole.Run(segments, 0, null);
        // Without a snapshot the past must reach back to the first event, and a later journal began with the state of the one before.
        if (segments[0].FirstSeq > 1 || segments[0].Ordinal > 1)
        {
            whole.Damage ??= 0;
            whole.Damage += (int)Math.Min(segments[0].FirstSeq, 100_000);
        }

        return whole;
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
