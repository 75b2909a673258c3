using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class StrangeCommandTests
{
    [Fact]
    public void A_command_that_the_rules_cannot_take_harms_nobody_beside_it()
    {
        using var bench = new LoopBench();
        var before = bench.Issue();
        var strange = bench.Submit(new Teleport());
        var after = bench.Issue();
        bench.Step();
        Assert.Contains("Lỗi phần mềm", Assert.IsType<Outcome.NotDurable>(LoopBench.Now(strange)).Reason, StringComparison.Ordinal);
        Assert.IsType<Outcome.Accepted>(LoopBench.Now(before));
        Assert.IsType<Outcome.Accepted>(LoopBench.Now(after));
        Assert.Contains(bench.Faults, fault => fault.Code == "loop.failed" && fault.Error is not null);
        Assert.Equal(2, bench.Loop.Durable.State.Queue.WaitingCount);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59+00:00")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("2199-01-01T00:00:00+07:00")]
    public void An_appointment_beyond_every_year_is_refused_and_the_next_day_opens(string slot)
    {
        using var bench = new LoopBench();
        bench.IssueNow();
        var booked = bench.Submit(new BookAppointment(new AppointmentId("x"), LoopBench.Civil, DateTimeOffset.Parse(slot, System.Globalization.CultureInfo.InvariantCulture)));
        bench.Step();
        Assert.Equal("slot-too-far", Assert.IsType<Outcome.Refused>(LoopBench.Now(booked)).Code);
        bench.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("A001", bench.IssueNow());
        Assert.Equal(DateOnly.MaxValue, BusinessDate.In(DateTimeOffset.MaxValue));
    }

    private sealed record Teleport : QueueCommand;
}
