using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;
using Xunit;

namespace MotCua.Edge.Outlook.Tests;

public sealed class WaitOutlookTests
{
    private readonly List<string> told = [];

    [Fact]
    public void After_some_days_of_work_a_ticket_hears_a_range_and_a_restart_forgets_nothing()
    {
        using var bench = new LoopBench();
        var outlook = Outlook(bench);
        Work(bench, outlook, days: 4);
        var last = Fill(bench);
        Step(outlook);
        var range = Assert.IsType<WaitRange>(outlook.Of(last));
        // Five people of six minutes each stand before it, and one is being served.
        Assert.InRange((range.Lower + range.Upper).TotalMinutes / 2, 18, 48);

        using var again = new LoopBench(99, bench.Disk.Copy(new Random(7)), bench.Time, bench.Journal.Options);
        var after = Outlook(again);
        Step(after);
        var said = Assert.IsType<WaitRange>(after.Of(last));
        Assert.InRange((said.Upper - range.Upper).Duration().TotalMinutes, 0, 6);
        Assert.Empty(told);
    }

    [Fact]
    public void A_new_box_says_nothing_before_its_first_call_and_nothing_of_tickets_that_do_not_wait()
    {
        using var bench = new LoopBench();
        var outlook = Outlook(bench);
        var number = TicketNumber.Parse(bench.IssueNow());
        Step(outlook);
        Assert.Equal(new Silent(SilentBecause.NoOpenCounter), outlook.Of(number));
        Assert.Null(outlook.Of(TicketNumber.Parse("A999")));
    }

    [Fact]
    public void Without_a_trusted_clock_nothing_is_learned_and_nothing_said()
    {
        using var bench = new LoopBench();
        var outlook = Outlook(bench, new NoClock());
        Work(bench, outlook, days: 1);
        var last = Fill(bench);
        Step(outlook);
        Assert.Null(outlook.Of(last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"times\":")]
    public void A_damaged_memory_begins_anew_and_says_so(string text)
    {
        using var bench = new LoopBench();
        bench.Disk.Replace(MemoryFile.Name, System.Text.Encoding.UTF8.GetBytes(text));
        var outlook = Outlook(bench);
        Assert.Single(told);
        var number = TicketNumber.Parse(bench.IssueNow());
        Step(outlook);
        Assert.NotNull(outlook.Of(number));
    }

    [Fact]
    public void What_was_learned_is_read_back_as_it_was()
    {
        var disk = new SimulatedDisk(new Random(3));
        var memory = ForecastMemory.Start(ForecastPriors.Usual)
            .Issued(LoopBench.Notary, TimeSpan.FromMinutes(30), TimeSpan.FromHours(8))
            .Served(LoopBench.Notary, new CounterId(1), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(6))
            .NotThere(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1)).Paused(TimeSpan.FromMinutes(10)).NextDay();
        var file = new MemoryFile(disk, told.Add);
        file.Save(memory);
        file.Save(new MemoryFile(disk, told.Add).Load());
        Assert.Equal(memory.Times.MedianOf(LoopBench.Notary), new MemoryFile(disk, told.Add).Load().Times.MedianOf(LoopBench.Notary));
        Assert.Empty(told);
    }

    private WaitOutlook Outlook(LoopBench bench, IClockTrust? clock = null) =>
        new(bench.Journal, LoopBench.Plan, () => bench.Loop.Durable, clock ?? new BatteryClock(), bench.Time, new MemoryFile(bench.Disk, told.Add));

    // Counter 1 serves everyone in six minutes, from half past seven to half past ten.
    private static void Work(LoopBench bench, WaitOutlook outlook, int days)
    {
        for (var day = 0; day < days; day++)
        {
            for (var i = 0; i < 30; i++)
            {
                bench.IssueNow();
                bench.IssueNow();
                Step(outlook);
                Next(bench);
                bench.Time.Advance(TimeSpan.FromMinutes(6));
            }

            Step(outlook);
            bench.Time.Advance(TimeSpan.FromHours(21));
        }
    }

    private static TicketNumber Fill(LoopBench bench)
    {
        var last = default(TicketNumber);
        for (var i = 0; i < 6; i++)
        {
            last = TicketNumber.Parse(bench.IssueNow());
        }

        Next(bench);
        return last;
    }

    private static void Next(LoopBench bench)
    {
        var answer = bench.Next(1);
        bench.Step();
        Assert.IsType<Outcome.Accepted>(LoopBench.Now(answer));
    }

    private static void Step(WaitOutlook outlook)
    {
        var step = outlook.StepAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.True(step.IsCompletedSuccessfully);
        Assert.Equal(WaitOutlook.Pace, step.GetAwaiter().GetResult());
    }

    private sealed class NoClock : IClockTrust
    {
        public Protocols.Events.ClockTrust Now() => Protocols.Events.ClockTrust.Unsynced;
    }
}
