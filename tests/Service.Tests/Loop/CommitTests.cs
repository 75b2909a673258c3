using Xunit;
using TicketCalled = MotCua.Protocols.Events.TicketCalled;
using TicketIssued = MotCua.Protocols.Events.TicketIssued;

namespace MotCua.Edge.Loop.Tests;

public sealed class CommitTests
{
    [Fact]
    public void Nothing_is_told_or_answered_before_it_is_durable()
    {
        using var bench = new LoopBench();
        var told = 0;
        var answers = new List<Task<Outcome>>();
        bench.Feed.Join(new Sink(committed =>
        {
            told++;
            Assert.Equal(bench.Journal.Committed, committed.Mark);
            Assert.Equal(LoopBench.Text(bench.Replayed()), LoopBench.Text(committed.State));
            Assert.DoesNotContain(answers, answer => answer.IsCompleted);
        }));
        answers.Add(bench.Issue());
        answers.Add(bench.Next(1));
        Assert.DoesNotContain(answers, answer => answer.IsCompleted);
        bench.Step();
        Assert.Empty(bench.SinkFailures);
        Assert.Equal(1, told);
        Assert.All(answers, answer => Assert.IsType<Outcome.Accepted>(LoopBench.Now(answer)));
    }

    [Fact]
    public void Sixteen_commands_share_one_write_and_one_sync()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        var (writes, syncs) = (bench.Disk.Writes, bench.Disk.Syncs);
        var answers = Enumerable.Range(0, 16).Select(_ => bench.Issue()).ToList();
        bench.Step();
        Assert.Equal((1, 1), (bench.Disk.Writes - writes, bench.Disk.Syncs - syncs));
        Assert.Equal(Enumerable.Range(2, 16).Select(n => $"A{n:D3}"), answers.Select(answer => LoopBench.Only<TicketIssued>(LoopBench.Now(answer)).Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_card_that_refuses_gives_no_number_and_the_next_command_gets_it(bool atWrite)
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        var before = LoopBench.Text(bench.Loop.Durable.State);
        bench.Disk.FailNextWrite = atWrite;
        bench.Disk.FailNextSync = !atWrite;
        Task<Outcome>[] answers = [bench.Issue(), bench.Next(1), bench.Issue(LoopBench.Civil)];
        bench.Step();
        Assert.All(answers, answer => Assert.IsType<Outcome.NotDurable>(LoopBench.Now(answer)));
        Assert.Equal(before, LoopBench.Text(bench.Loop.Durable.State));
        Assert.Equal("journal.write-failed", bench.Faults[^1].Code);
        Assert.NotNull(bench.Faults[^1].Error);
        Assert.Equal("A002", bench.IssueNow());
        Assert.Equal(("journal.write-failed", null), bench.Faults[^1]);
        Assert.Equal(["A001", "A002"], bench.Events().Select(e => e.Data).OfType<TicketIssued>().Select(e => e.Number));
        Assert.Equal(LoopBench.Text(bench.Replayed()), LoopBench.Text(bench.Loop.Durable.State));
    }

    [Fact]
    public void A_sink_that_throws_leaves_the_rest_told_and_the_callers_answered()
    {
        using var bench = new LoopBench();
        var told = 0;
        bench.Feed.Join(new Sink(_ => told++));
        bench.Feed.Join(new Sink(_ => throw new InvalidOperationException("bad sink")));
        bench.Feed.Join(new Sink(_ => told++));
        bench.IssueNow();
        Assert.Equal(2, told);
        Assert.Equal("bad sink", Assert.Single(bench.SinkFailures).Message);
    }

    [Fact]
    public void Two_counters_that_press_next_at_once_get_different_tickets()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.IssueNow(LoopBench.Civil);
        var (one, two) = (bench.Next(1), bench.Next(2));
        bench.Step();
        Assert.Equal(["A001", "H001"], new[] { one, two }.Select(answer => LoopBench.Only<TicketCalled>(LoopBench.Now(answer)).Number));
    }

    [Fact]
    public void A_refusal_that_rests_on_an_event_of_the_same_group_waits_for_its_commit()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.Disk.FailNextWrite = true;
        var (one, two) = (bench.Next(1), bench.Next(2));
        bench.Step();
        Assert.IsType<Outcome.NotDurable>(LoopBench.Now(one));
        Assert.IsType<Outcome.NotDurable>(LoopBench.Now(two));
        two = bench.Next(2);
        bench.Step();
        Assert.Equal("A001", LoopBench.Only<TicketCalled>(LoopBench.Now(two)).Number);
    }

    [Fact]
    public void What_an_earlier_commit_of_a_step_made_durable_is_answered_as_such_when_the_next_one_fails()
    {
        using var bench = new LoopBench();
        var waiting = CommitGroup.Bound - 1;
        for (var given = 0; given < waiting; given += 250)
        {
            for (var i = 0; i < Math.Min(250, waiting - given); i++)
            {
                _ = bench.Issue();
            }

            bench.Step();
        }

        // At midnight every leftover expires: with the new day that fills a group, so the next ticket needs a second one.
        bench.Time.Advance(TimeSpan.FromHours(20));
        var told = 0;
        bench.Feed.Join(new Sink(_ => bench.Disk.FailNextWrite = ++told == 1));
        var early = bench.Next(1);
        var answers = Enumerable.Range(0, 3).Select(_ => bench.Issue()).ToList();
        bench.Step();
        Assert.Equal("nobody-waiting", Assert.IsType<Outcome.Refused>(LoopBench.Now(early)).Code);
        Assert.Equal(1, told);
        Assert.All(answers, answer => Assert.IsType<Outcome.NotDurable>(LoopBench.Now(answer)));
        Assert.Equal(0, bench.Loop.Durable.State.Queue.WaitingCount);
        Assert.Equal("A001", bench.IssueNow());
        Assert.Equal(LoopBench.Text(bench.Replayed()), LoopBench.Text(bench.Loop.Durable.State));
    }
}
