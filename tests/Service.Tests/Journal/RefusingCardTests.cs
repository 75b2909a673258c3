using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class RefusingCardTests
{
    /// <summary>Failed writes and syncs at random, later successes, power cuts right after: what failed before a success is gone for good.</summary>
    [Fact]
    public void What_failed_never_comes_back_once_a_later_commit_succeeded()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk(new Random(seed + 5_000));
            var durable = new List<byte[]>();
            var lastFailed = new List<byte[]>();
            for (var life = 0; life < 4; life++)
            {
                using var bench = new Bench(disk, random);
                Assert.True(bench.Journal.Opening.Found != JournalFound.Damaged, $"Seed {seed}, life {life}: judged as damaged, {bench.Journal.Opening}, {durable.Count} committed, {string.Join(' ', disk.List())}.");
                var found = bench.ReadAll(bench.Journal.Epoch);
                Assert.True(found.Count == durable.Count || Same(found, [.. durable, .. lastFailed]), $"Seed {seed}, life {life}: {found.Count} events, {durable.Count} committed, {bench.Journal.Opening}, {string.Join(' ', disk.List())}.");
                Bench.Same(durable, found[..durable.Count]);
                durable = found;
                lastFailed = [];
                for (var i = random.Next(1, 30); i > 0; i--)
                {
                    (disk.FailNextWrite, disk.FailNextSync) = (random.Next(8) == 0, random.Next(6) == 0);
                    var before = bench.Committed.Count;
                    var group = new List<byte[]>();
                    for (var n = random.Next(1, 5); n > 0; n--)
                    {
                        group.Add(Bench.Event(bench.Journal.Epoch, bench.Journal.NextSeq, new DeviceChanged("loa", "failed", "offline", new string('x', random.Next(400)))));
                        bench.Journal.Append(group[^1]);
                    }

                    try
                    {
                        bench.Journal.Commit();
                        durable.AddRange(group);
                        lastFailed = [];
                    }
                    catch (IOException)
                    {
                        lastFailed = group;
                        Assert.Equal(durable.Count, bench.Journal.Committed.Seq);
                    }

                    Assert.Equal(durable.Count + 1, bench.Journal.NextSeq);
                }

                (disk.FailNextWrite, disk.FailNextSync) = (false, false);
                Bench.Same(durable, bench.ReadAll(bench.Journal.Epoch));
                if (random.Next(2) == 0)
                {
                    disk.PowerCut(random);
                }
            }
        }
    }

    [Fact]
    public void A_dead_card_fails_every_commit_and_the_same_journal_goes_on_when_the_card_does()
    {
        var disk = new SimulatedDisk(new Random(1));
        using var bench = new Bench(disk, new Random(2));
        bench.Commit(3);
        disk.Dead = true;
        for (var i = 0; i < 5; i++)
        {
            Assert.Throws<IOException>(() => bench.Commit(2));
            Assert.Equal(4, bench.Journal.NextSeq);
            Assert.Empty(bench.ReadAll(bench.Journal.Epoch));
        }

        disk.Dead = false;
        bench.Commit(2);
        Assert.Equal(bench.Committed, bench.ReadAll(bench.Journal.Epoch));
        disk.PowerCut(new Random(3));
        using var again = new Bench(disk, new Random(4));
        Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
        Assert.Equal(bench.Committed, again.ReadAll(again.Journal.Epoch));
    }

    [Fact]
    public void A_full_card_fails_the_commit_that_needs_a_new_segment_and_what_fitted_stays()
    {
        var disk = new SimulatedDisk(new Random(1)) { FreeBytes = Bench.Small.SegmentBytes };
        using var bench = new Bench(disk, new Random(2));
        Assert.Throws<IOException>(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                bench.Commit(2);
            }
        });
        var fitted = bench.Committed.Count;
        Assert.InRange(fitted, 4, 100);
        // A smaller group must not slip into the old segment: a begun successor would void it.
        Assert.Throws<IOException>(() => bench.Commit(1, detailBytes: 0));
        disk.FreeBytes = null;
        bench.Commit(1);
        using var again = new Bench(disk, new Random(3));
        Assert.Equal(bench.Committed, again.ReadAll(again.Journal.Epoch));
    }

    [Fact]
    public void A_smaller_group_after_a_segment_could_not_be_begun_is_not_lost()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk(new Random(seed));
            using var bench = new Bench(disk, random);
            bench.Upkeep.MakeSpare();
            bench.Commit(1);
            (disk.FailNextSync, var failed) = (true, false);
            try
            {
                bench.Commit(60);
            }
            catch (IOException)
            {
                failed = true;
            }

            Assert.True(failed);
            bench.Commit(1, detailBytes: 0);
            disk.PowerCut(random);
            using var again = new Bench(disk, random);
            Assert.Equal(bench.Committed, again.ReadAll(again.Journal.Epoch));
        }
    }

    private static bool Same(List<byte[]> left, List<byte[]> right) => left.Count == right.Count && left.Zip(right).All(pair => pair.First.SequenceEqual(pair.Second));
}
