using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class AfterDamageTests
{
    [Fact]
    public void The_older_epoch_is_shipped_to_its_verified_end_and_the_new_one_after_it()
    {
        var (disk, committed) = Damaged();
        JournalMark previous;
        EpochId second;
        using (var bench = new Bench(disk, new Random(1)))
        {
            Assert.Equal(JournalFound.Damaged, bench.Journal.Opening.Found);
            (previous, second) = (bench.Journal.Opening.Previous!.Value, bench.Journal.Epoch);
            Assert.NotEqual(previous.Epoch, second);
            bench.CommitOpened(others: 2);
            bench.Commit(4);
            Assert.Equal(bench.Committed, bench.ReadAll(second));
        }

        for (var i = 0; i < 3; i++)
        {
            using var again = new Bench(disk, new Random(2));
            Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
            var epochs = again.Reader.Epochs();
            Assert.Equal([(1, previous.Epoch), (2, second)], epochs.Select(e => (e.Ordinal, e.Epoch)));
            Assert.Equal(previous, epochs[0].End);
            Assert.Equal(committed.Take((int)previous.Seq), again.ReadAll(previous.Epoch));
            Assert.Equal(previous.Hash, again.Reader.HashAt(previous.Epoch, previous.Seq));
            Assert.Null(again.Reader.HashAt(previous.Epoch, previous.Seq + 1));
            again.Commit(1);
        }
    }

    [Fact]
    public void A_second_damage_opens_a_third_epoch_and_both_older_ones_are_listed()
    {
        var (disk, _) = Damaged();
        using (var bench = new Bench(disk, new Random(1)))
        {
            bench.CommitOpened();
            bench.Commit(2);
            bench.Commit(2);
        }

        var state = Digest(disk);
        var tail = AppendAndReadTests.Segments(disk)[^1];
        disk.Poke(tail, disk.Peek(tail).AsSpan().LastIndexOfAnyExcept((byte)0) - 5, 0xEE);
        using (var third = new Bench(disk, new Random(2)))
        {
            Assert.Equal((JournalFound.Damaged, 3L), (third.Journal.Opening.Found, third.Journal.Opening.Previous!.Value.Seq));
            Assert.NotEqual(state, third.Fold.Digest);
            third.CommitOpened();
        }

        using var again = new Bench(disk, new Random(3));
        Assert.Equal([1, 2, 3], again.Reader.Epochs().Select(e => e.Ordinal));
        Assert.Equal(3, again.ReadAll(again.Reader.Epochs()[1].Epoch).Count);
    }

    [Fact]
    public void A_crash_before_the_new_epochs_first_commit_comes_to_the_same_result()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var (disk, _) = Damaged();
            JournalOpening? opening = null;
            byte[]? digest = null;
            for (var cut = 0; cut < 40; cut++)
            {
                disk.PowerFailsAt((cut * 3) + 1 + (seed % 3));
                Bench? bench = null;
                try
                {
                    bench = new Bench(disk, new Random(seed + cut));
                    opening ??= bench.Journal.Opening;
                    digest ??= bench.Fold.Digest;
                    if (bench.Journal.Opening.Found == JournalFound.Whole)
                    {
                        // The first group was wholly on the card when the power went.
                        Assert.Equal(1, bench.Journal.Committed.Seq);
                        break;
                    }

                    Assert.Equal((opening.Previous, opening.Skip), (bench.Journal.Opening.Previous, bench.Journal.Opening.Skip));
                    Assert.Equal(digest, bench.Fold.Digest);
                    bench.CommitOpened();
                    break;
                }
                catch (PowerLostException)
                {
                    disk.PowerCut(new Random(seed));
                }
                finally
                {
                    bench?.Dispose();
                }
            }

            disk.PowerCut(new Random(seed));
            using var last = new Bench(disk, new Random(seed));
            Assert.Equal((JournalFound.Whole, 2), (last.Journal.Opening.Found, last.Reader.Epochs().Count));
        }
    }

    [Fact]
    public void The_state_before_a_later_epoch_is_never_forgotten_in_silence()
    {
        var (disk, committed) = Damaged();
        using (var bench = new Bench(disk, new Random(1)))
        {
            bench.CommitOpened();
        }

        foreach (var name in disk.List().Where(n => n.EndsWith(".snap", StringComparison.Ordinal)).ToList())
        {
            disk.Put(name, null);
        }

        using var again = new Bench(disk, new Random(2));
        Assert.Equal(JournalFound.Damaged, again.Journal.Opening.Found);
        Assert.True(again.Journal.Opening.Skip >= committed.Count);
    }

    [Fact]
    public void A_damaged_header_of_a_later_epoch_keeps_the_state_it_began_with()
    {
        var (disk, _) = Damaged();
        byte[] before;
        using (var bench = new Bench(disk, new Random(1)))
        {
            before = bench.Fold.Digest;
            bench.CommitOpened();
            bench.Commit(2);
        }

        var (kept, tail) = (Digest(disk), AppendAndReadTests.Segments(disk)[^1]);
        disk.Poke(tail, 9, (byte)(disk.Peek(tail)[9] ^ 0x10));
        using var again = new Bench(disk, new Random(2));
        Assert.NotEqual(before, kept);
        Assert.Equal(kept, again.Fold.Digest);
        Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
    }

    private static byte[] Digest(SimulatedDisk disk)
    {
        using var bench = new Bench(disk.Copy(new Random(9)), new Random(9));
        return bench.Fold.Digest;
    }

    private static (SimulatedDisk Disk, List<byte[]> Committed) Damaged()
    {
        var (disk, committed) = ChangedBytesTests.Journal(segments: 3);
        disk.Poke(AppendAndReadTests.Segments(disk)[1], 3000, 0xEE);
        return (disk, committed);
    }
}
