using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;
using ClockCorrected = MotCua.Protocols.Events.ClockCorrected;

namespace MotCua.Edge.Loop.Tests;

/// <summary>The wall clock is set while the box runs, as the network does it once it is there.</summary>
public sealed class ClockStepTests
{
    private static readonly CounterId One = new(1);

    [Theory]
    [InlineData(8)]
    [InlineData(-1)]
    [InlineData(-24 * 400)]
    public void A_step_of_the_clock_is_written_down_once_before_what_follows_and_no_wait_notices_it(double hours)
    {
        using var bench = new LoopBench();
        CallThrice(bench);
        bench.Time.StepWallClock(TimeSpan.FromHours(hours));
        Assert.Equal("not-called-enough", Refused(bench, new MarkMissed(One)));
        Assert.Equal("nothing-due", Refused(bench, new Tick()));
        bench.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<Outcome.Accepted>(Now(bench, new MarkMissed(One)));
        Assert.Equal([new ClockCorrected((long)TimeSpan.FromHours(hours).TotalMilliseconds)], bench.Events().Select(e => e.Data).OfType<ClockCorrected>());
        Assert.Equal(LoopBench.Text(bench.Replayed()), LoopBench.Text(bench.Loop.Durable.State));
    }

    [Fact]
    public void What_passes_while_the_program_is_down_is_time_and_a_step_meanwhile_is_none()
    {
        using var before = new LoopBench();
        CallThrice(before);
        before.Time.Advance(TimeSpan.FromSeconds(20));
        before.Time.StepWallClock(TimeSpan.FromHours(3));
        using var bench = new LoopBench(2, before.Disk.Copy(new Random(3)), before.Time);
        bench.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal("not-called-enough", Refused(bench, new MarkMissed(One)));
        bench.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.IsType<Outcome.Accepted>(Now(bench, new MarkMissed(One)));
    }

    [Fact]
    public void A_clock_that_is_set_by_less_than_a_second_is_left_alone()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.Time.StepWallClock(TimeSpan.FromMilliseconds(999));
        bench.IssueNow();
        Assert.Empty(bench.Events().Select(e => e.Data).OfType<ClockCorrected>());
    }

    [Fact]
    public void A_step_that_the_card_refused_is_written_with_the_next_commit()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.Time.StepWallClock(TimeSpan.FromHours(8));
        bench.Disk.FailNextSync = true;
        Assert.IsType<Outcome.NotDurable>(Now(bench, new IssueTicket(LoopBench.Notary, bench.NewToken(), "api")));
        Assert.Equal("A002", bench.IssueNow());
        Assert.Single(bench.Events().Select(e => e.Data).OfType<ClockCorrected>());
    }

    [Theory]
    [InlineData(ClockTrust.Synced, ClockTrust.Synced, 0)]
    [InlineData(ClockTrust.Synced, ClockTrust.Unsynced, 600)]
    [InlineData(ClockTrust.Unsynced, ClockTrust.Unsynced, 600)]
    [InlineData(ClockTrust.Unsynced, ClockTrust.Synced, 600)]
    public void How_long_the_box_was_off_counts_only_where_both_clocks_are_believed(ClockTrust last, ClockTrust first, int moved)
    {
        using var bench = new LoopBench();
        CallThrice(bench);
        var (state, seq) = (bench.Loop.Durable.State, bench.Journal.Committed.Seq);
        var header = new EventHeader(LoopBench.Centre, bench.Journal.Epoch, seq + 1, bench.Time.GetUtcNow(), state.Clock!.Value.Mono, "0badcafe", last);
        state = CentreFold.Apply(state, header, new CallDelivered(1, "speaker", "done"));
        var called = state.Queue.AtCounters[One].CalledAt!.Value;
        var spoken = state.Calls[^1].At;
        state = CentreFold.Apply(state, header with { Seq = seq + 2, Boot = "5be1a7c0", Mono = 9_000, Time = header.Time.AddSeconds(600), Clock = first }, new EdgeStarted("1.0.0", 0));
        Assert.Equal(called.AddSeconds(moved), state.Queue.AtCounters[One].CalledAt);
        Assert.Equal(spoken.AddSeconds(moved), state.Calls[^1].At);
    }

    private static void CallThrice(LoopBench bench)
    {
        bench.IssueNow();
        Assert.IsType<Outcome.Accepted>(Now(bench, new CallNext(One)));
        Assert.IsType<Outcome.Accepted>(Now(bench, new Recall(One)));
        Assert.IsType<Outcome.Accepted>(Now(bench, new Recall(One)));
    }

    private static string Refused(LoopBench bench, QueueCommand command) => Assert.IsType<Outcome.Refused>(Now(bench, command)).Code;

    private static Outcome Now(LoopBench bench, QueueCommand command)
    {
        var answer = bench.Submit(command);
        bench.Step();
        return LoopBench.Now(answer);
    }
}
