using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class ChangedBytesTests
{
    /// <summary>Every byte of a small journal in turn, each to several values: one event a group, or many; the last record too.</summary>
    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 4)]
    [InlineData(9, 1)]
    public void A_changed_byte_never_makes_a_silently_different_journal(int perGroup, int groups)
    {
        var disk = new SimulatedDisk(new Random(1));
        using var bench = new Bench(disk, new Random(perGroup));
        for (var i = 0; i < groups; i++)
        {
            bench.Commit(perGroup, detailBytes: 20 + (i * 40));
        }

        var name = AppendAndReadTests.Segments(disk)[0];
        var bytes = disk.Peek(name);
        var written = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        for (var at = 0; at < written; at++)
        {
            foreach (var value in new[] { (byte)0, (byte)(bytes[at] ^ 1), (byte)(bytes[at] ^ 0x80), (byte)0xC1, (byte)0xFF }.Where(v => v != bytes[at]))
            {
                var copy = disk.Copy(new Random(2));
                copy.Poke(name, at, value);
                using var again = new Bench(copy, new Random(3));
                // The only byte of the last group in its sector, turned to zero, is a sector that never arrived; nothing can tell.
                var isAloneInItsSector = value == 0 && at % SimulatedDisk.Sector == 0 && at + 1 == written;
                Assert.True(
                    again.Journal.Opening.Found == JournalFound.Damaged || isAloneInItsSector,
                    $"Byte {at} of {written} from {bytes[at]} to {value}: {again.Journal.Opening}.");
                ItKeptWhatItVerified(again, bench.Committed);
            }
        }
    }

    [Fact]
    public void A_changed_byte_behind_the_log_changes_nothing_but_may_end_the_epoch()
    {
        var disk = new SimulatedDisk(new Random(1));
        using var bench = new Bench(disk, new Random(2));
        bench.Commit(3);
        var name = AppendAndReadTests.Segments(disk)[0];
        var written = disk.Peek(name).AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        for (var at = written; at < Bench.Small.SegmentBytes; at += 7)
        {
            var copy = disk.Copy(new Random(3));
            copy.Poke(name, at, 0x40);
            using var again = new Bench(copy, new Random(4));
            Assert.Equal(DigestFold.Over(bench.Committed), again.Fold.Digest);
            Assert.True(again.Journal.Opening.Found == JournalFound.Whole || at < written + SimulatedDisk.Sector, $"Byte {at}, log ends at {written}.");
        }
    }

    [Fact]
    public void A_changed_byte_in_an_earlier_segment_keeps_what_stands_before_it()
    {
        var (disk, committed) = Journal(segments: 4);
        var names = AppendAndReadTests.Segments(disk);
        var random = new Random(5);
        for (var i = 0; i < 150; i++)
        {
            var name = names[random.Next(names.Count)];
            var written = disk.Peek(name).AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
            var copy = disk.Copy(new Random(6));
            var at = random.Next(written);
            copy.Poke(name, at, (byte)(copy.Peek(name)[at] ^ (1 << random.Next(8))));
            using var again = new Bench(copy, new Random(7));
            Assert.Equal(JournalFound.Damaged, again.Journal.Opening.Found);
            ItKeptWhatItVerified(again, committed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_missing_segment_is_damage(int which)
    {
        var (disk, committed) = Journal(segments: 4);
        disk.Put(AppendAndReadTests.Segments(disk)[which], null);
        using var again = new Bench(disk, new Random(7));
        Assert.Equal(JournalFound.Damaged, again.Journal.Opening.Found);
        if (which > 0)
        {
            ItKeptWhatItVerified(again, committed);
        }
        else
        {
            // Folded from the rest; the numbers given in the missing part are skipped.
            Assert.True(again.Journal.Opening.Skip >= committed.Count - again.Fold.Count);
        }
    }

    [Fact]
    public void A_missing_last_segment_is_damage_when_a_snapshot_saw_it()
    {
        var (disk, committed) = Journal(segments: 3, snapshotAtEnd: true);
        disk.Put(AppendAndReadTests.Segments(disk)[^1], null);
        using var again = new Bench(disk, new Random(7));
        Assert.Equal(JournalFound.Damaged, again.Journal.Opening.Found);
        Assert.True(again.Fold.Count + again.Journal.Opening.Skip >= committed.Count);
        Assert.Equal(DigestFold.Over(committed.Take((int)again.Fold.Count)), again.Fold.Digest);
    }

    [Fact]
    public void All_segments_gone_beside_a_snapshot_is_damage_and_not_a_new_box()
    {
        var (disk, committed) = Journal(segments: 3, snapshotAtEnd: true);
        AppendAndReadTests.Segments(disk).ForEach(name => disk.Put(name, null));
        using var again = new Bench(disk, new Random(7));
        Assert.Equal(JournalFound.Damaged, again.Journal.Opening.Found);
        Assert.Equal(DigestFold.Over(committed), again.Fold.Digest);
        Assert.True(again.Journal.Opening.Skip > 10);
    }

    [Fact]
    public void An_unreadable_page_is_damage_from_there_on()
    {
        var (disk, committed) = Journal(segments: 3);
        disk.MakeUnreadable(AppendAndReadTests.Segments(disk)[1], 1);
        using var again = new Bench(disk, new Random(7));
        Assert.Equal(JournalFound.Damaged, again.Journal.Opening.Found);
        Assert.True(again.Fold.Count > 0);
        ItKeptWhatItVerified(again, committed);
    }

    [Fact]
    public void A_page_that_turns_unreadable_before_the_snapshot_disturbs_nobody_and_is_found_in_the_background()
    {
        var (disk, committed) = Journal(segments: 3, snapshotAtEnd: true);
        disk.MakeUnreadable(AppendAndReadTests.Segments(disk)[0], 1);
        using var again = new Bench(disk, new Random(7));
        Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
        Assert.Equal(DigestFold.Over(committed), again.Fold.Digest);
        List<bool?> verified = [again.Upkeep.VerifyNext(), again.Upkeep.VerifyNext(), again.Upkeep.VerifyNext(), again.Upkeep.VerifyNext()];
        Assert.Equal([false, true, true, null], verified);
        again.Commit(3);
        var gaps = new List<DeclaredGap>();
        List<byte[]> all = [.. committed, .. again.Committed];
        var read = again.ReadAll(again.Journal.Epoch, gaps: gaps);
        var gap = Assert.Single(gaps);
        Assert.Equal(Bench.ChainOver(all.Take((int)gap.To)), gap.Hash);
        Assert.Equal([.. all.Take((int)gap.From - 1), .. all.Skip((int)gap.To)], read);
    }

    [Fact]
    public void Damage_in_the_tail_before_the_snapshot_is_passed_over_and_writing_goes_on()
    {
        var (disk, committed) = Journal(segments: 2, snapshotAtEnd: true, after: 2);
        var tail = AppendAndReadTests.Segments(disk)[^1];
        foreach (var at in new[] { 3, 70, 400 })
        {
            var copy = disk.Copy(new Random(1));
            copy.Poke(tail, at, 0xEE);
            using var again = new Bench(copy, new Random(7));
            Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
            Assert.Equal(DigestFold.Over(committed), again.Fold.Digest);
            again.Commit(2);
            using var third = new Bench(copy, new Random(8));
            Assert.Equal(JournalFound.Whole, third.Journal.Opening.Found);
            Assert.Equal(again.Journal.Committed, third.Journal.Committed);
        }
    }

    [Fact]
    public void A_corrupt_newest_snapshot_gives_way_to_the_older_one_and_all_corrupt_to_the_log()
    {
        var (disk, committed) = Journal(segments: 4, snapshotAtEnd: true);
        var snapshots = disk.List().Where(n => n.EndsWith(".snap", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Reverse().ToList();
        Assert.Equal(2, snapshots.Count);
        foreach (var name in snapshots)
        {
            disk.Poke(name, 60, (byte)(disk.Peek(name)[60] ^ 4));
            using var again = new Bench(disk, new Random(7));
            Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
            Assert.Equal(DigestFold.Over(committed), again.Fold.Digest);
        }
    }

    [Fact]
    public void A_snapshot_of_another_past_or_under_another_name_is_not_believed()
    {
        var (disk, committed) = Journal(segments: 4, snapshotAtEnd: true);
        var (other, _) = Journal(segments: 4, snapshotAtEnd: true, seed: 99);
        var mine = disk.List().Where(n => n.EndsWith(".snap", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var foreign = other.List().Where(n => n.EndsWith(".snap", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var swapped = disk.Copy(new Random(1));
        swapped.Put(mine[0], disk.Peek(mine[1]));
        swapped.Put(mine[1], disk.Peek(mine[0]));
        disk.Put(mine[1], other.Peek(foreign[1]));
        foreach (var card in new[] { disk, swapped })
        {
            using var again = new Bench(card, new Random(7));
            Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
            Assert.Equal(DigestFold.Over(committed), again.Fold.Digest);
        }
    }

    internal static void ItKeptWhatItVerified(Bench again, List<byte[]> committed)
    {
        var (kept, opening) = ((int)again.Fold.Count, again.Journal.Opening);
        Assert.Equal(DigestFold.Over(committed.Take(kept)), again.Fold.Digest);
        if (opening.Found == JournalFound.Damaged)
        {
            Assert.Equal(kept, opening.Previous!.Value.Seq);
            Assert.Equal(Bench.ChainOver(committed.Take(kept)), opening.Previous.Value.Hash);
            Assert.True(opening.Skip >= committed.Count - kept, $"{committed.Count - kept} lost, {opening.Skip} skipped.");
            Assert.Equal(1, again.Journal.NextSeq);
            if (kept > 0)
            {
                Bench.Same(committed[..kept], again.ReadAll(opening.Previous.Value.Epoch));
            }
        }
    }

    internal static (SimulatedDisk Disk, List<byte[]> Committed) Journal(int segments, bool snapshotAtEnd = false, int after = 0, int seed = 3)
    {
        var disk = new SimulatedDisk(new Random(seed));
        using var bench = new Bench(disk, new Random(seed));
        while (AppendAndReadTests.Segments(disk).Count < segments)
        {
            bench.Commit(2);
            if (snapshotAtEnd && bench.Upkeep.SnapshotIsDue(bench.Journal.Committed))
            {
                bench.Snapshot();
            }
        }

        bench.Commit(2);
        if (snapshotAtEnd)
        {
            bench.Snapshot();
        }

        for (var i = 0; i < after; i++)
        {
            bench.Commit(1);
        }

        return (disk, bench.Committed);
    }
}
