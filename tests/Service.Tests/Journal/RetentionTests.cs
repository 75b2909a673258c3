using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class RetentionTests
{
    private readonly SimulatedDisk disk = new(new Random(1));

    [Fact]
    public void Acknowledged_and_old_segments_go_and_the_rest_opens_whole()
    {
        using var bench = Filled(events: 120);
        var before = AppendAndReadTests.Segments(disk).Count;
        Assert.False(bench.Upkeep.Retain((_, upTo) => upTo <= 60, _ => true));
        var first = bench.Reader.Epochs()[0].First;
        Assert.InRange(first, 2, 61);
        Assert.True(AppendAndReadTests.Segments(disk).Count < before);
        ReopensWhole(bench);
    }

    [Fact]
    public void What_is_not_old_or_not_acknowledged_stays_within_the_budget()
    {
        using var bench = Filled(events: 60);
        var before = disk.List();
        Assert.False(bench.Upkeep.Retain((_, _) => true, _ => false));
        Assert.False(bench.Upkeep.Retain((_, _) => false, _ => true));
        Assert.Equal(before, disk.List());
        Assert.Equal(bench.Committed, bench.ReadAll(bench.Journal.Epoch));
    }

    [Fact]
    public void Past_the_budget_the_oldest_go_and_the_gap_is_declared_truthfully()
    {
        using var bench = Filled(events: 400);
        Assert.True(bench.Upkeep.Retain((_, _) => false, _ => false));
        Assert.True(AppendAndReadTests.Segments(disk).Count * Bench.Small.SegmentBytes <= Bench.Small.BudgetBytes);
        var gaps = new List<DeclaredGap>();
        var read = bench.ReadAll(bench.Journal.Epoch, gaps: gaps);
        var gap = Assert.Single(gaps);
        Assert.Equal(1, gap.From);
        Assert.Equal(Bench.ChainOver(bench.Committed.Take((int)gap.To)), gap.Hash);
        Assert.Equal(bench.Committed.Skip((int)gap.To), read);
        Assert.Null(bench.Reader.HashAt(bench.Journal.Epoch, gap.To - 1));
        Assert.Equal(gap.Hash, bench.Reader.HashAt(bench.Journal.Epoch, gap.To));
        ReopensWhole(bench);
    }

    [Fact]
    public void Without_a_snapshot_nothing_goes_for_the_state_would_go_with_it()
    {
        using var bench = new Bench(disk, new Random(2));
        while (bench.Committed.Count < 300)
        {
            bench.Commit(3);
        }

        Assert.False(bench.Upkeep.Retain((_, _) => true, _ => true));
        ReopensWhole(bench);
    }

    [Fact]
    public void An_older_epoch_goes_first_and_its_unverified_rest_is_no_loss()
    {
        var (card, _) = ChangedBytesTests.Journal(segments: 4);
        card.Poke(AppendAndReadTests.Segments(card)[1], 3000, 0xEE);
        using var bench = new Bench(card, new Random(1));
        bench.CommitOpened();
        var end = bench.Journal.Opening.Previous!.Value.Seq;
        Assert.False(bench.Upkeep.Retain((ordinal, upTo) => ordinal == 1 && upTo <= end, _ => true));
        Assert.Equal([2], bench.Reader.Epochs().Select(e => e.Ordinal));
        Assert.Single(AppendAndReadTests.Segments(card));
        using var again = new Bench(card, new Random(2));
        Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
        Assert.Equal(bench.Fold.Digest, again.Fold.Digest);
    }

    [Fact]
    public void Verification_in_the_background_passes_over_a_closed_epoch_whose_damage_is_known()
    {
        var (card, _) = ChangedBytesTests.Journal(segments: 4);
        card.Poke(AppendAndReadTests.Segments(card)[1], 3000, 0xEE);
        using (var bench = new Bench(card, new Random(1)))
        {
            bench.CommitOpened();
        }

        using var again = new Bench(card, new Random(2));
        while (again.Upkeep.VerifyNext() is { } isWhole)
        {
            Assert.True(isWhole);
        }

        card.Poke(AppendAndReadTests.Segments(card)[0], 3000, 0xEE);
        var later = new JournalUpkeep(again.Journal);
        Assert.Equal([false, true, true], new[] { later.VerifyNext(), later.VerifyNext(), later.VerifyNext() });
    }

    private Bench Filled(int events)
    {
        var bench = new Bench(disk, new Random(2));
        while (bench.Committed.Count < events)
        {
            bench.Commit(3);
            if (bench.Upkeep.SnapshotIsDue(bench.Journal.Committed))
            {
                bench.Snapshot();
            }
        }

        return bench;
    }

    private void ReopensWhole(Bench bench)
    {
        using var again = new Bench(disk, new Random(3));
        Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
        Assert.Equal(bench.Journal.Committed, again.Journal.Committed);
        Assert.Equal(DigestFold.Over(bench.Committed), again.Fold.Digest);
    }
}
