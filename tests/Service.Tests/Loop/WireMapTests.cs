using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class WireMapTests
{
    [Fact]
    public void Whatever_happens_in_a_queue_comes_back_from_the_wire_as_it_was()
    {
        var hall = new BusyHall(11);
        using var bench = new LoopBench(11, plan: BusyHall.Plan);
        var (state, seen, at) = (QueueState.Empty(BusyHall.Plan), new HashSet<Type>(), LoopBench.Header(1).Time);
        for (var i = 0; i < 4000; i++)
        {
            if (QueueRules.Decide(state, hall.Next(bench), at, clockTrusted: true) is Decided decided)
            {
                foreach (var happened in decided.Events)
                {
                    Assert.Equal(happened, WireMap.ToQueue(LoopBench.Header(i) with { Time = at }, WireMap.ToWire(happened)));
                    seen.Add(happened.GetType());
                    state = QueueFold.Apply(state, happened);
                }
            }

            at += hall.Pause();
            bench.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.True(seen.Count >= 20, string.Join(", ", seen.Select(type => type.Name)));
    }

    [Fact]
    public void A_word_that_a_later_version_wrote_moves_nothing()
    {
        var day = new DateOnly(2026, 11, 23);
        Assert.Null(WireMap.ToQueue(LoopBench.Header(1), new Protocols.Events.ActionUndone(day, "A001", 1, "teleport")));
        Assert.Null(WireMap.ToQueue(LoopBench.Header(1), new Protocols.Events.TicketRated(day, "A001", 1, "ecstatic")));
        var called = WireMap.ToQueue(LoopBench.Header(1), new Protocols.Events.TicketCalled(day, "A001", 1, "Vì thế.", new Protocols.Events.CallGrounds("by-lot", null, 0, [], null)));
        Assert.Null(Assert.IsType<Queue.TicketCalled>(called).Grounds);
    }

    [Fact]
    public void A_start_tells_the_queue_which_boot_it_is_and_an_unsynced_clock_is_not_believed()
    {
        var header = LoopBench.Header(1) with { Clock = ClockTrust.Unsynced };
        Assert.Equal(new BoxStarted(header.Boot), WireMap.ToQueue(header, new EdgeStarted("1.0.0", 0)));
        var issued = new Protocols.Events.TicketIssued(new DateOnly(2026, 11, 23), "A001", "chung-thuc", "aaaaaaaaaaaaaaaaaaaaaa", "api", 0);
        Assert.False(Assert.IsType<Queue.TicketIssued>(WireMap.ToQueue(header, issued)).ClockTrusted);
        Assert.True(Assert.IsType<Queue.TicketIssued>(WireMap.ToQueue(LoopBench.Header(1), issued)).ClockTrusted);
    }
}
