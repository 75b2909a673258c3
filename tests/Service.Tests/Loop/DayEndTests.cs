using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class DayEndTests
{
    private const int Leftovers = 5_000;
    private const int Bound = 2_000;

    [Fact]
    public void Five_thousand_leftovers_expire_once_each_in_bounded_groups_and_the_next_ticket_is_A001()
    {
        using var bench = Filled();
        var groups = new List<Committed>();
        Task<Outcome>? answer = null;
        bench.Feed.Join(new Sink(committed =>
        {
            Assert.Equal(bench.Journal.Committed.Seq, committed.Mark.Seq);
            Assert.False(answer!.IsCompleted, "It was answered before the last group was durable.");
            groups.Add(committed);
        }));
        bench.Time.Advance(TimeSpan.FromDays(1));
        answer = bench.Issue();
        bench.StepUntilRest();
        var issued = LoopBench.Only<TicketIssued>(LoopBench.Now(answer));
        Assert.Equal(("A001", new DateOnly(2026, 11, 24)), (issued.Number, issued.Date));
        Assert.All(groups, group => Assert.InRange(group.Events.Length, 1, Bound));
        Assert.Equal(3, groups.Count);
        AllExpiredOnce(bench);
        Assert.Empty(bench.SinkFailures);
        Assert.Equal(LoopBench.Text(bench.Replayed()), LoopBench.Text(bench.Loop.Durable.State));
    }

    [Fact]
    public void A_card_that_refuses_the_second_group_leaves_the_first_and_the_rest_expires_with_the_next_ticket()
    {
        using var bench = Filled();
        var groups = 0;
        bench.Feed.Join(new Sink(_ => bench.Disk.FailNextWrite = ++groups == 1));
        bench.Time.Advance(TimeSpan.FromDays(1));
        var refused = bench.Issue();
        bench.StepUntilRest();
        Assert.IsType<Outcome.NotDurable>(LoopBench.Now(refused));
        Assert.Equal(1, groups);
        Assert.Equal("A001", bench.IssueNow());
        AllExpiredOnce(bench);
    }

    private static void AllExpiredOnce(LoopBench bench)
    {
        var expired = bench.Events().Select(e => e.Data).OfType<TicketExpired>().Select(t => t.Number).ToList();
        Assert.Equal(Leftovers, expired.Count);
        Assert.Equal(Leftovers, expired.Distinct().Count());
        Assert.Equal(1, bench.Loop.Durable.State.Queue.WaitingCount);
    }

    private static LoopBench Filled()
    {
        var bench = new LoopBench(options: new() { SegmentBytes = 1024 * 1024 });
        for (var left = Leftovers; left > 0; left -= 250)
        {
            var answers = Enumerable.Range(0, 250).Select(_ => bench.Issue()).ToList();
            bench.StepUntilRest();
            Assert.All(answers, answer => LoopBench.Only<TicketIssued>(LoopBench.Now(answer)));
        }

        return bench;
    }
}
