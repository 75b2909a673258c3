using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class AppendAndReadTests
{
    private readonly Random random = new(20261123);
    private readonly SimulatedDisk disk = new(new Random(1));

    [Fact]
    public void What_is_committed_reads_back_bit_for_bit_over_segment_borders()
    {
        using var bench = new Bench(disk, random);
        for (var i = 0; i < 120; i++)
        {
            bench.Commit(random.Next(1, 6));
        }

        Assert.True(disk.List().Count > 10);
        Assert.Equal(bench.Committed, bench.ReadAll(bench.Journal.Epoch));
        Assert.Equal(bench.Committed.Count, bench.Journal.Committed.Seq);
    }

    [Fact]
    public void A_group_larger_than_a_segment_gets_a_segment_of_its_size()
    {
        using var bench = new Bench(disk, random);
        bench.Commit(2);
        bench.Commit(100);
        bench.Commit(2);
        using var again = new Bench(disk, random);
        Assert.Equal(JournalFound.Whole, again.Journal.Opening.Found);
        Assert.Equal(bench.Committed, again.ReadAll(again.Journal.Epoch));
    }

    [Fact]
    public void The_largest_group_is_committed_and_found_again()
    {
        using var bench = new Bench(disk, random);
        bench.Commit(EventJournal.MaxGroup, detailBytes: 1);
        Assert.Throws<InvalidOperationException>(() => { for (var i = 0; i <= EventJournal.MaxGroup; i++) { bench.Journal.Append("{}"u8); } });
        using var again = new Bench(disk, random);
        Assert.Equal(new JournalOpening(JournalFound.Whole, null, 0, 0), again.Journal.Opening);
        Assert.Equal(bench.Journal.Committed, again.Journal.Committed);
    }

    [Fact]
    public void A_group_too_large_to_be_read_in_one_piece_is_refused_before_it_is_written()
    {
        using var bench = new Bench(disk, random);
        var one = new byte[EventCodec.MaxBytes];
        Array.Fill(one, (byte)'x');
        Assert.Throws<InvalidOperationException>(() => { for (var i = 0; i < 4000; i++) { bench.Journal.Append(one); } });
    }

    [Fact]
    public void An_event_that_is_empty_too_long_or_holds_a_zero_byte_is_refused()
    {
        using var bench = new Bench(disk, random);
        Assert.Throws<InvalidOperationException>(() => bench.Journal.Append([]));
        Assert.Throws<InvalidOperationException>(() => bench.Journal.Append(new byte[EventCodec.MaxBytes + 1]));
        Assert.Throws<InvalidOperationException>(() => bench.Journal.Append("{\0}"u8));
        Assert.Equal(1, bench.Journal.NextSeq);
    }

    [Fact]
    public void A_commit_is_one_write_and_one_sync_and_never_makes_the_file_longer()
    {
        using var bench = new Bench(disk, random, new JournalOptions { SegmentBytes = 1024 * 1024 });
        bench.Commit(1);
        var (length, writes, syncs, creates) = (disk.Peek(Segments(disk)[0]).Length, disk.Writes, disk.Syncs, disk.Creates);
        for (var i = 0; i < 500; i++)
        {
            bench.Commit(random.Next(1, 4));
        }

        Assert.Equal((500, 500, 0), (disk.Writes - writes, disk.Syncs - syncs, disk.Creates - creates));
        Assert.Equal(length, disk.Peek(Segments(disk)[0]).Length);
    }

    [Fact]
    public void A_new_segment_out_of_the_spare_is_one_write_and_one_sync_too()
    {
        using var bench = new Bench(disk, random);
        Assert.True(bench.Upkeep.MakeSpare());
        Assert.False(bench.Upkeep.MakeSpare());
        var (writes, syncs, creates) = (disk.Writes, disk.Syncs, disk.Creates);
        bench.Commit(1);
        Assert.Equal((1, 1, 0), (disk.Writes - writes, disk.Syncs - syncs, disk.Creates - creates));
        Assert.DoesNotContain("spare", disk.List());
    }

    [Fact]
    public void Reopening_goes_on_without_a_gap_on_the_same_chain()
    {
        var all = new List<byte[]>();
        EpochId? epoch = null;
        for (var round = 0; round < 10; round++)
        {
            using var bench = new Bench(disk, random);
            Assert.Equal(round == 0 ? JournalFound.Nothing : JournalFound.Whole, bench.Journal.Opening.Found);
            Assert.Equal(epoch ??= bench.Journal.Epoch, bench.Journal.Epoch);
            Assert.Equal(all.Count + 1, bench.Journal.NextSeq);
            Assert.Equal(DigestFold.Over(all), bench.Fold.Digest);
            for (var i = 0; i < 10; i++)
            {
                all.AddRange(bench.Commit(random.Next(1, 4)));
            }

            Assert.Equal(Bench.ChainOver(all), bench.Journal.Committed.Hash);
            Bench.Same(all, bench.ReadAll(epoch.Value));
        }
    }

    [Fact]
    public void The_hash_at_any_place_is_the_one_that_anyone_computes_from_the_bytes()
    {
        using var bench = new Bench(disk, random);
        for (var i = 0; i < 60; i++)
        {
            bench.Commit(random.Next(1, 5));
        }

        for (var seq = 0; seq <= bench.Committed.Count; seq++)
        {
            Assert.Equal(Bench.ChainOver(bench.Committed.Take(seq)), bench.Reader.HashAt(bench.Journal.Epoch, seq));
        }

        Assert.Null(bench.Reader.HashAt(bench.Journal.Epoch, bench.Committed.Count + 1));
        Assert.Null(bench.Reader.HashAt(bench.Journal.Epoch, -1));
        Assert.Null(bench.Reader.HashAt(bench.Journal.Epoch, long.MaxValue));
        Assert.Null(bench.Reader.HashAt(new EpochId(1), 1));
    }

    [Theory]
    [InlineData(1, 64 * 1024)]
    [InlineData(200, 1)]
    [InlineData(7, 2000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_stretch_keeps_to_its_limits_and_the_stretches_add_up_to_the_journal(int maxEvents, int maxBytes)
    {
        using var bench = new Bench(disk, random);
        for (var i = 0; i < 60; i++)
        {
            bench.Commit(random.Next(1, 5));
        }

        Assert.Equal(bench.Committed, bench.ReadAll(bench.Journal.Epoch, maxEvents, maxBytes));
        for (var seq = 0; seq < bench.Committed.Count; seq += 13)
        {
            var mark = new JournalMark(bench.Journal.Epoch, seq, Bench.ChainOver(bench.Committed.Take(seq)));
            var stretch = bench.Reader.ReadAfter(mark, maxEvents, maxBytes)!;
            Assert.True(stretch.Events.Count == 1 || stretch.Events.Sum(e => (long)e.Length + 1) <= maxBytes);
            Assert.Equal(bench.Committed[seq], stretch.Events[0].ToArray());
        }
    }

    [Fact]
    public void Staged_events_are_nowhere_until_they_are_committed_and_discarded_ones_never_were()
    {
        using var bench = new Bench(disk, random);
        bench.Commit(3);
        bench.Journal.Append(Bench.Event(bench.Journal.Epoch, 4, new DayOpened(new DateOnly(2026, 11, 23))));
        Assert.Equal(5, bench.Journal.NextSeq);
        Assert.Equal(3, bench.Journal.Committed.Seq);
        Assert.Equal(3, bench.ReadAll(bench.Journal.Epoch).Count);
        bench.Journal.Discard();
        Assert.Equal(4, bench.Journal.NextSeq);
        bench.Commit(1);
        Assert.Equal(bench.Committed, bench.ReadAll(bench.Journal.Epoch));
    }

    [Fact]
    public async Task A_reader_beside_the_writer_sees_committed_events_only_and_all_of_them()
    {
        using var bench = new Bench(disk, random);
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var (mark, seen) = (new JournalMark(bench.Journal.Epoch, 0, ChainHash.Genesis), new List<byte[]>());
            while (true)
            {
                var finished = done.IsCancellationRequested;
                if (bench.Reader.ReadAfter(mark, 50, 10_000) is { } stretch)
                {
                    Assert.Null(stretch.Gap);
                    Assert.True(stretch.End.Seq <= bench.Journal.Committed.Seq);
                    seen.AddRange(stretch.Events.Select(e => e.ToArray()));
                    mark = stretch.End;
                }
                else if (finished)
                {
                    return seen;
                }
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 400; i++)
        {
            bench.Commit(random.Next(1, 4));
        }

        await done.CancelAsync();
        Assert.Equal(bench.Committed, await reading);
    }

    internal static List<string> Segments(SimulatedDisk disk) => [.. disk.List().Where(n => n.EndsWith(".seg", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
