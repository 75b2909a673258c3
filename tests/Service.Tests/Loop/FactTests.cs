using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class FactTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fact_too_long_for_the_wire_is_dropped_and_told_and_stops_no_ticket(bool withATicket)
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.Loop.Record(new ButtonsCounted([.. Enumerable.Range(1, 400).Select(i => new ButtonCount($"nut-{i}", 1, 0, 0, null, 0))]), light: false);
        bench.Loop.Record(Receipt(1), light: false);
        if (!withATicket)
        {
            bench.Step();
        }

        Assert.Equal("A002", bench.IssueNow());
        Assert.Contains(bench.Faults, fault => fault.Error is InvalidOperationException);
        Assert.Equal([typeof(TicketIssued), typeof(CallDelivered), typeof(TicketIssued)], bench.Events()[^3..].Select(e => e.Data.GetType()));
        Assert.Equal(Timeout.InfiniteTimeSpan, bench.Step());
    }

    [Fact]
    public void A_light_fact_forces_no_sync_of_its_own_and_goes_after_two_seconds()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        var syncs = bench.Disk.Syncs;
        bench.Loop.Record(Receipt(1), light: true);
        Assert.Equal(TimeSpan.FromSeconds(2), bench.Step());
        bench.Time.Advance(TimeSpan.FromSeconds(1.5));
        bench.Loop.Record(Receipt(2), light: true);
        Assert.Equal(TimeSpan.FromSeconds(0.5), bench.Step());
        Assert.Equal(syncs, bench.Disk.Syncs);
        bench.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(Timeout.InfiniteTimeSpan, bench.Step());
        Assert.Equal(syncs + 1, bench.Disk.Syncs);
        Assert.Equal([1, 2], bench.Events().Select(e => e.Data).OfType<CallDelivered>().Select(e => e.CallSeq));
    }

    [Fact]
    public void A_light_fact_rides_with_the_next_commit()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        var syncs = bench.Disk.Syncs;
        bench.Loop.Record(Receipt(1), light: true);
        bench.Step();
        bench.IssueNow();
        Assert.Equal(syncs + 1, bench.Disk.Syncs);
        Assert.Equal([typeof(CallDelivered), typeof(TicketIssued)], bench.Events()[^2..].Select(e => e.Data.GetType()));
        Assert.Equal(Timeout.InfiniteTimeSpan, bench.Step());
    }

    [Fact]
    public void A_fact_that_is_not_light_goes_at_once_and_takes_the_light_ones_along()
    {
        using var bench = new LoopBench();
        bench.Loop.Record(Receipt(1), light: true);
        bench.Loop.Record(Change("ready"), light: false);
        bench.Step();
        Assert.Equal([typeof(CallDelivered), typeof(DeviceChanged)], bench.Events().Select(e => e.Data.GetType()));
    }

    [Fact]
    public void Facts_survive_a_refusing_card_in_their_order_and_are_tried_again_after_a_second()
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        bench.Disk.FailNextWrite = true;
        bench.Loop.Record(Change("failed"), light: false);
        Assert.Equal(TimeSpan.FromSeconds(1), bench.Step());
        bench.Loop.Record(Change("ready"), light: false);
        bench.Time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.Equal(TimeSpan.FromSeconds(0.6), bench.Step());
        Assert.DoesNotContain(bench.Events(), e => e.Data is DeviceChanged);
        bench.Time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.Equal(Timeout.InfiniteTimeSpan, bench.Step());
        Assert.Equal(["failed", "ready"], bench.Events().Select(e => e.Data).OfType<DeviceChanged>().Select(e => e.State));
    }

    [Fact]
    public void A_command_does_not_wait_for_the_pause_of_the_facts()
    {
        using var bench = new LoopBench();
        bench.Disk.FailNextWrite = true;
        bench.Loop.Record(Change("failed"), light: false);
        bench.Step();
        Assert.Equal("A001", bench.IssueNow());
        Assert.IsType<DeviceChanged>(bench.Events()[0].Data);
    }

    [Fact]
    public void Facts_that_nobody_can_write_down_are_bounded_and_the_oldest_stay()
    {
        using var bench = new LoopBench();
        bench.Disk.Dead = true;
        for (var i = 1; i <= 1500; i++)
        {
            bench.Loop.Record(Receipt(i), light: true);
        }

        bench.Time.Advance(TimeSpan.FromSeconds(2));
        bench.Step();
        Assert.Equal(476, bench.Loop.DroppedFacts);
        bench.Disk.Dead = false;
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        bench.Step();
        Assert.Equal(Enumerable.Range(1, 1024).Select(i => (long)i), bench.Events().Select(e => e.Data).OfType<CallDelivered>().Select(e => e.CallSeq));
    }

    [Fact]
    public void The_first_commit_after_a_start_says_that_the_card_takes_writes()
    {
        using var bench = new LoopBench();
        Assert.Empty(bench.Faults);
        bench.IssueNow();
        bench.IssueNow();
        Assert.Equal([("loop.failed", null), ("journal.write-failed", null)], bench.Faults);
    }

    private static CallDelivered Receipt(long call) => new(call, "hall-lcd", "done");

    private static DeviceChanged Change(string state) => new("hall-lcd", state, state == "ready" ? null : "device.not-answering", null);
}
