using MotCua.Edge.Journal;
using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;
using TicketIssued = MotCua.Protocols.Events.TicketIssued;

namespace MotCua.Edge.Loop.Tests;

/// <summary>Many lives of one box: random commands, refusals, restarts and power cuts. A failing seed is named and replays.</summary>
public sealed class LivesTests
{
    [Fact]
    public void Nothing_accepted_is_lost_and_no_number_is_left_out_or_given_twice_over_all_lives()
    {
        for (var seed = 1; seed <= 80; seed++)
        {
            try
            {
                new Box(seed).Live(lives: 5);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    private sealed class Box(int seed)
    {
        private readonly Random random = new(seed);
        private readonly SimulatedDisk disk = new(new Random(seed + 10_000));
        private readonly ManualTime time = new();
        private readonly JournalOptions options = new() { SegmentBytes = 16 * 1024, SnapshotEvery = 25 };
        private readonly HashSet<(DateOnly Date, string Number)> accepted = [];

        public void Live(int lives)
        {
            for (var life = 0; life < lives; life++)
            {
                using var bench = new LoopBench(seed + life, disk, time, options);
                Assert.NotEqual(JournalFound.Damaged, bench.Journal.Opening.Found);
                CheckNumbers(bench);
                var keeper = new JournalKeeper(bench.Journal, () => bench.Loop.Durable, time, (_, _) => false, (_, _) => { });
                for (var step = random.Next(5, 25); step > 0; step--)
                {
                    (disk.FailNextWrite, disk.FailNextSync) = (random.Next(12) == 0, random.Next(12) == 0);
                    Serve(bench);
                    (disk.FailNextWrite, disk.FailNextSync) = (false, false);
                    LoopBench.Keep(keeper);
                    if (bench.Faults is [.., { Error: not null }])
                    {
                        // What the card refused may come back after a power cut, as long as nothing was written after it; nobody was given it.
                        continue;
                    }

                    Assert.Equal(LoopBench.Text(bench.Replayed()), LoopBench.Text(bench.Loop.Durable.State));
                }

                if (random.Next(3) > 0)
                {
                    disk.PowerFailsAt(random.Next(1, 8));
                    for (var i = 0; i < 8; i++)
                    {
                        Serve(bench);
                    }

                    disk.PowerCut(random);
                }
            }
        }

        private void Serve(LoopBench bench)
        {
            var answers = Enumerable.Range(0, random.Next(1, 6)).Select(_ => bench.Submit(AnyCommand(bench))).ToList();
            if (random.Next(4) == 0)
            {
                bench.Loop.Record(new CallDelivered(bench.Journal.Committed.Seq, "speaker", "done"), light: random.Next(2) == 0);
            }

            bench.StepUntilRest();
            foreach (var issued in answers.Select(LoopBench.Now).OfType<Outcome.Accepted>().SelectMany(a => a.Events).Select(e => e.Data).OfType<TicketIssued>())
            {
                Assert.True(accepted.Add((issued.Date, issued.Number)), $"{issued.Number} was given twice on {issued.Date}.");
            }

            time.Advance(TimeSpan.FromMinutes(random.Next(20) == 0 ? random.Next(1500) : random.Next(5)));
        }

        private QueueCommand AnyCommand(LoopBench bench) => random.Next(6) switch
        {
            0 or 1 => new IssueTicket(LoopBench.Notary, bench.NewToken(), "api"),
            2 => new IssueTicket(LoopBench.Civil, bench.NewToken(), "api"),
            3 => new CallNext(new CounterId(random.Next(1, 3))),
            4 => new Recall(new CounterId(random.Next(1, 3))),
            _ => new FinishTicket(new CounterId(random.Next(1, 3))),
        };

        private void CheckNumbers(LoopBench bench)
        {
            var issued = bench.Events().Select(e => e.Data).OfType<TicketIssued>().Select(t => (t.Date, Number: TicketNumber.Parse(t.Number))).ToList();
            foreach (var series in issued.GroupBy(t => (t.Date, t.Number.Series)))
            {
                Assert.Equal(Enumerable.Range(1, series.Count()), series.Select(t => t.Number.Value));
            }

            Assert.Empty(accepted.Except(issued.Select(t => (t.Date, t.Number.ToString()))));
        }
    }
}
