using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class DayStatisticsTests
{
    [Fact]
    public void The_figures_come_from_the_journal_and_a_restart_changes_none()
    {
        using var bench = new LoopBench(plan: BusyHall.Plan);
        var statistics = new DayStatistics(bench.Journal, () => bench.Loop.Durable);
        Assert.Equal(0, statistics.Report().Total.Issued);
        for (var i = 0; i < 5; i++)
        {
            bench.IssueNow();
        }

        Assert.Equal((5, 5, 0), Of(statistics));
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        Do(bench, new CallNext(new CounterId(1)));
        bench.Time.Advance(TimeSpan.FromMinutes(4));
        Do(bench, new FinishTicket(new CounterId(1)));
        Do(bench, new CancelTicket(TicketNumber.Parse("A005"), new Reason("Công dân ra về")));
        var report = statistics.Report();
        Assert.Equal((5, 3, 1), Of(statistics));
        Assert.Equal((1, TimeSpan.FromMinutes(10)), (report.Total.Waiting.Count, report.Total.Waiting.Median));
        Assert.Equal(TimeSpan.FromMinutes(4), report.ByCounter[new CounterId(1)].Service.Median);

        using var again = new LoopBench(99, bench.Disk.Copy(new Random(7)), bench.Time, bench.Journal.Options, BusyHall.Plan);
        Assert.Equal((5, 3, 1), Of(new DayStatistics(again.Journal, () => again.Loop.Durable)));
    }

    [Fact]
    public void Tickets_of_a_morning_without_a_clock_are_in_the_figures_of_the_day_that_it_turns_out_to_be()
    {
        var clock = new SetClock();
        using var bench = new LoopBench(plan: BusyHall.Plan, clock: clock);
        var statistics = new DayStatistics(bench.Journal, () => bench.Loop.Durable);
        bench.IssueNow();
        bench.Time.Advance(TimeSpan.FromDays(1));
        clock.Trust = Protocols.Events.ClockTrust.Unsynced;
        bench.Loop.Record(new Protocols.Events.EdgeStarted("1.0.0", 0), light: true);
        bench.IssueNow();
        bench.IssueNow();
        clock.Trust = Protocols.Events.ClockTrust.Synced;
        bench.IssueNow();
        Assert.Equal(3, bench.Loop.Durable.State.Queue.Tally.Issued);
        Assert.Equal(3, statistics.Report().Total.Issued);
        bench.Loop.Record(new Protocols.Events.EdgeStarted("1.0.0", 0), light: true);
        bench.IssueNow();
        Assert.Equal(4, statistics.Report().Total.Issued);
    }

    [Fact]
    public void A_new_day_starts_with_nothing_of_the_old()
    {
        using var bench = new LoopBench(plan: BusyHall.Plan);
        var statistics = new DayStatistics(bench.Journal, () => bench.Loop.Durable);
        bench.IssueNow();
        bench.IssueNow();
        Assert.Equal(2, statistics.Report().Total.Issued);
        bench.Time.Advance(TimeSpan.FromDays(1));
        bench.IssueNow(LoopBench.Civil);
        Assert.Equal((1, 1, 0), Of(statistics));
    }

    private static (int Issued, int Living, int Served) Of(DayStatistics statistics)
    {
        var total = statistics.Report().Total;
        return (total.Issued, total.Living, total.Served);
    }

    private static void Do(LoopBench bench, QueueCommand command)
    {
        var answer = bench.Submit(command);
        bench.Step();
        Assert.IsType<Outcome.Accepted>(LoopBench.Now(answer));
    }

    private sealed class SetClock : IClockTrust
    {
        public Protocols.Events.ClockTrust Trust { get; set; } = Protocols.Events.ClockTrust.Synced;

        public Protocols.Events.ClockTrust Now() => Trust;
    }
}
