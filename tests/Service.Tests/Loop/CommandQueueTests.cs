using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;
using TicketCalled = MotCua.Protocols.Events.TicketCalled;
using TicketIssued = MotCua.Protocols.Events.TicketIssued;

namespace MotCua.Edge.Loop.Tests;

public sealed class CommandQueueTests
{
    private const int Bound = 256;

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_drops_nothing()
    {
        using var bench = new LoopBench();
        var answers = Enumerable.Range(0, Bound).Select(_ => bench.Issue()).ToList();
        Assert.False(bench.Loop.TrySubmit(new CallNext(new CounterId(1)), out _));
        var late = bench.Loop.SubmitAsync(new IssueTicket(LoopBench.Notary, bench.NewToken(), "api"), TestContext.Current.CancellationToken).AsTask();
        Assert.False(late.IsCompleted);
        bench.StepUntilRest();
        Assert.IsType<Outcome.Accepted>(await LateAsync(bench, late));
        Assert.All(answers, answer => Assert.IsType<Outcome.Accepted>(LoopBench.Now(answer)));
        Assert.Equal(Bound + 1, bench.Events().Count(e => e.Data is TicketIssued));
        Assert.True(bench.Loop.TrySubmit(new CallNext(new CounterId(1)), out var called));
        bench.Step();
        Assert.Equal("A001", LoopBench.Only<TicketCalled>(LoopBench.Now(called)).Number);
    }

    [Fact]
    public async Task A_caller_that_leaves_before_there_was_room_causes_nothing()
    {
        using var bench = new LoopBench();
        using var leaving = new CancellationTokenSource();
        for (var i = 0; i < Bound; i++)
        {
            _ = bench.Issue();
        }

        var late = bench.Loop.SubmitAsync(new IssueTicket(LoopBench.Notary, bench.NewToken(), "api"), leaving.Token).AsTask();
        Assert.False(late.IsCompleted);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
        bench.StepUntilRest();
        Assert.Equal(Bound, bench.Events().Count(e => e.Data is TicketIssued));
    }

    [Fact]
    public async Task A_caller_that_leaves_later_waits_no_longer_and_the_command_still_happens()
    {
        using var bench = new LoopBench();
        using var leaving = new CancellationTokenSource();
        var answer = bench.Loop.SubmitAsync(new IssueTicket(LoopBench.Notary, bench.NewToken(), "api"), leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        bench.Step();
        Assert.Single(bench.Events(), e => e.Data is TicketIssued);
    }

    [Fact]
    public async Task When_the_service_stops_the_last_facts_are_durable_and_every_caller_is_told()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        var waiting = bench.Issue();
        bench.Loop.Record(new CallDelivered(1, "speaker", "done"), light: true);
        bench.Loop.Finish();
        Assert.IsType<Outcome.NotDurable>(await waiting);
        Assert.IsType<Outcome.NotDurable>(await bench.Loop.SubmitAsync(new CallNext(new CounterId(1)), TestContext.Current.CancellationToken));
        Assert.IsType<CallDelivered>(bench.Events()[^1].Data);
    }

    // A waiting caller gets its place from the pool's threads, a moment after there is room.
    private static async Task<Outcome> LateAsync(LoopBench bench, Task<Outcome> answer)
    {
        while (!answer.IsCompleted)
        {
            bench.Step();
            await Task.Yield();
        }

        return await answer;
    }
}
