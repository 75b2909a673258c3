using MotCua.Edge.Loop.Tests;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Outlook.Tests;

public sealed class SceneOfTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly Dictionary<CounterId, DateTimeOffset> Active = new() { [new CounterId(1)] = Monday, [new CounterId(2)] = Monday };

    private QueueState state = QueueState.Empty(LoopBench.Plan);
    private DateTimeOffset now = Monday;

    public SceneOfTests()
    {
        Issue(1);
        Issue(2);
        Issue(3);
        Do(new CallNext(new CounterId(1)));
        Do(new CallNext(new CounterId(2)));
        Do(new TransferToCounter(new CounterId(2), new CounterId(1), new Reason("cần người ký")));
    }

    [Fact]
    public void Who_was_sent_to_a_working_counter_waits_for_that_one_and_is_promised_nothing() => Assert.Equal("A003", Waiting());

    [Fact]
    public void Who_was_sent_to_a_counter_that_pauses_too_long_waits_first_as_the_engine_calls()
    {
        Do(new PauseCounter(new CounterId(1), new Reason("họp")));
        now += TimeSpan.FromMinutes(5);
        Assert.Equal("A002 A003", Waiting());
        Do(new CallNext(new CounterId(2)));
        Assert.Equal("A002", state.AtCounters[new CounterId(2)].Number.ToString());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(-1)]
    public void A_clock_that_was_set_moves_nobodys_arrival_in_the_scene(double hours)
    {
        now += TimeSpan.FromMinutes(10) + TimeSpan.FromHours(hours);
        state = QueueFold.Apply(state, new ClockCorrected(TimeSpan.FromHours(hours), now));
        var scene = SceneOf.At(state, now, Active, 10).Scene;
        Assert.Equal(TimeSpan.FromMinutes(10), scene.Now - Assert.Single(scene.Waiting).Arrival);
    }

    private string Waiting() => string.Join(' ', SceneOf.At(state, now, Active, 10).Tickets.Select(ticket => ticket.Number));

    private void Issue(int token) => Do(new IssueTicket(LoopBench.Notary, new FollowToken(token.ToString("D22")), "api"));

    private void Do(QueueCommand command)
    {
        foreach (var happened in Assert.IsType<Decided>(QueueRules.Decide(state, command, now, clockTrusted: true)).Events)
        {
            state = QueueFold.Apply(state, happened);
        }
    }
}
