using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

public sealed class PowerCutTests
{
    /// <summary>Some hundred boxes, each cut off the power at moments of its own, again and again.</summary>
    [Fact]
    public void After_any_power_cut_every_committed_event_is_there_and_never_a_part_of_a_group()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            try
            {
                using var life = new Life(seed);
                life.Live(cuts: 6);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    /// <summary>One box. It knows what it was told is durable, and what it was writing when the power went.</summary>
    private sealed class Life(int seed) : IDisposable
    {
        private readonly Random random = new(seed);
        private readonly SimulatedDisk disk = new(new Random(seed + 1_000_000));
        private readonly JournalOptions options = new() { SegmentBytes = seed % 3 == 0 ? 4096 : 12 * 1024, SnapshotEvery = 15, BudgetBytes = seed % 2 == 0 ? 20 * 1024 : 1024 * 1024 };
        private List<byte[]> durable = [];
        private List<byte[]> pending = [];
        private Bench? bench;
        private EpochId? epoch;

        public void Live(int cuts)
        {
            for (var cut = 0; cut < cuts; cut++)
            {
                disk.PowerFailsAt(random.Next(1, 120));
                try
                {
                    Open();
                    while (true)
                    {
                        Step();
                    }
                }
                catch (PowerLostException)
                {
                    disk.PowerCut(random);
                }
            }

            Open();
        }

        public void Dispose() => bench?.Dispose();

        private void Open()
        {
            bench = new Bench(disk, random, options);
            var end = bench.Journal.Committed;
            Assert.True(bench.Journal.Opening.Found != JournalFound.Damaged, $"Judged as damaged: {bench.Journal.Opening}, {durable.Count} durable, {pending.Count} pending; {string.Join(' ', disk.List().Order(StringComparer.Ordinal))}");
            if (end.Seq == durable.Count + pending.Count)
            {
                durable = [.. durable, .. pending];
            }

            pending = [];
            Assert.Equal(durable.Count, end.Seq);
            Assert.True(durable.Count == 0 || end.Epoch == epoch, "The epoch goes on.");
            epoch = end.Epoch;
            Assert.Equal(Bench.ChainOver(durable), end.Hash);
            Assert.Equal(DigestFold.Over(durable), bench.Fold.Digest);
            var gaps = new List<DeclaredGap>();
            var read = bench.ReadAll(end.Epoch, gaps: gaps);
            Assert.True(gaps.Count <= 1 && gaps.All(g => g.From == 1));
            Bench.Same(durable[(int)(gaps.Count == 0 ? 0 : gaps[0].To)..], read);
        }

        private void Step()
        {
            switch (random.Next(10))
            {
                case 0:
                    bench!.Upkeep.MakeSpare();
                    break;
                case 1 when bench!.Upkeep.SnapshotIsDue(bench.Journal.Committed):
                    bench.Snapshot();
                    break;
                case 2:
                    bench!.Upkeep.Retain((_, _) => true, _ => random.Next(2) == 0);
                    break;
                default:
                    Commit();
                    break;
            }
        }

        private void Commit()
        {
            pending = [];
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var detail = new string('đ', random.Next(random.Next(4) == 0 ? 900 : 60));
                pending.Add(Bench.Event(bench!.Journal.Epoch, bench.Journal.NextSeq, new DeviceChanged("loa", "failed", "offline", detail)));
                bench.Journal.Append(pending[^1]);
            }

            bench!.Journal.Commit();
            pending.ForEach(one => bench.Fold.Apply(one));
            durable = [.. durable, .. pending];
            pending = [];
        }
    }
}
