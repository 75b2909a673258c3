using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Printing.Fonts;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

/// <summary>The printer's loop on manual time.</summary>
public sealed partial class TicketPrinterTests : IDisposable
{
    private static readonly DeviceId Id = new("may-in");

    private readonly ManualTime time = new();
    private readonly RecordedReports reports = new();
    private readonly Receipts receipts = new();
    private readonly FreeTypeGlyphs glyphs = new();
    private readonly VirtualPrinter far;
    private readonly TicketPrinter printer;
    private Task<TimeSpan>? step;
    private long restUntil;

    public TicketPrinterTests()
    {
        far = new VirtualPrinter(384, time, strict: true);
        printer = new TicketPrinter(Id, new EscPosPrinter(far, time), new SlipPainter(glyphs, 384), time, reports, receipts);
    }

    public void Dispose()
    {
        printer.Dispose();
        glyphs.Dispose();
    }

    [Fact]
    public async Task Tickets_are_printed_in_order_and_answered_once_with_the_paper_they_took()
    {
        await RunAsync(1);
        Give("A001", "A002");
        await RunAsync(1);
        Assert.Equal(["A001", "A002"], receipts.Done.Select(d => d.Number));
        Assert.All(receipts.Done, d => Assert.InRange(d.Millimetres, 40, 120));
        Assert.Equal(2, far.Papers.Length);
        Assert.Empty(receipts.Not);
    }

    [Theory]
    [InlineData(PrinterCondition.PaperOut, "printer.paper-out", DeviceState.Failed)]
    [InlineData(PrinterCondition.CoverOpen, "printer.cover-open", DeviceState.Failed)]
    [InlineData(PrinterCondition.Cutter, "printer.cutter", DeviceState.Failed)]
    [InlineData(PrinterCondition.Overheated, "printer.overheated", DeviceState.Degraded)]
    [InlineData(PrinterCondition.Broken, "printer.broken", DeviceState.Failed)]
    [InlineData(PrinterCondition.Offline, "printer.offline", DeviceState.Failed)]
    [InlineData(PrinterCondition.CoverOpen | PrinterCondition.PaperOut, "printer.cover-open", DeviceState.Failed)]
    public async Task What_keeps_it_from_printing_is_told_tickets_are_answered_at_once_and_new_ones_print_when_it_is_mended(PrinterCondition condition, string fault, DeviceState state)
    {
        await RunAsync(1);
        far.Condition = condition;
        await RunAsync(2.1);
        Assert.Equal((state, new FaultCode(fault)), (reports.Last.State, reports.Last.Fault));
        Give("A001");
        await RunAsync(0.02);
        Assert.Equal(("A001", fault), Assert.Single(receipts.Not));
        far.Condition = PrinterCondition.None;
        await RunAsync(2.1);
        Assert.Equal(DeviceState.Ready, reports.Last.State);
        Give("A002");
        await RunAsync(0.1);
        Assert.Equal("A002", Assert.Single(receipts.Done).Number);
        Assert.Single(far.Papers);
    }

    [Fact]
    public async Task Paper_near_its_end_is_told_and_prints_on()
    {
        far.Condition = PrinterCondition.PaperNearEnd;
        await RunAsync(0.5);
        Assert.Equal((DeviceState.Degraded, PrinterFaults.PaperNearEnd), (reports.Last.State, reports.Last.Fault!.Value));
        Give("A001");
        await RunAsync(0.1);
        Assert.Single(receipts.Done);
    }

    [Fact]
    public async Task A_sensor_that_trembles_is_told_a_few_times_and_not_all_day_and_what_settles_is_told()
    {
        await RunAsync(1);
        for (var i = 0; i < 150; i++)
        {
            far.Condition = i % 2 == 0 ? PrinterCondition.PaperNearEnd : PrinterCondition.None;
            await RunAsync(2, 100);
        }

        // Five minutes: the first changes at once, one more earned.
        Assert.InRange(reports.All.Count(report => !report.IsPassing), Flicker.AtOnce, Flicker.AtOnce + 1);
        Assert.InRange(reports.All.Count, 149, 151);
        far.Condition = PrinterCondition.CoverOpen;
        await RunAsync(2.5, 50);
        // Whoever waits for a ticket hears of it at once all the same.
        Give("A001");
        await RunAsync(0.1);
        Assert.Equal(("A001", "printer.cover-open"), Assert.Single(receipts.Not));
        await RunAsync(33, 100);
        Assert.Equal((PrinterFaults.CoverOpen, false), (reports.Last.Fault, reports.Last.IsPassing));
        far.Condition = PrinterCondition.None;
        await RunAsync(33, 100);
        Assert.Equal((DeviceState.Ready, null, false), (reports.Last.State, reports.Last.Fault, reports.Last.IsPassing));
    }

    [Fact]
    public async Task A_printer_that_was_quiet_for_long_tells_its_changes_at_once_again()
    {
        await RunAsync(1);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                far.Condition = i % 2 == 0 ? PrinterCondition.PaperOut : PrinterCondition.None;
                await RunAsync(2, 100);
            }

            await RunAsync(32, 100);
            Assert.Equal(DeviceState.Ready, reports.Last.State);
            await RunAsync(Flicker.OneMoreEvery.TotalSeconds * Flicker.AtOnce, 100);
            far.Condition = PrinterCondition.PaperOut;
            await RunAsync(2.5, 100);
            Assert.Equal(PrinterFaults.PaperOut, reports.Last.Fault);
            far.Condition = PrinterCondition.None;
        }
    }

    [Fact]
    public async Task Paper_that_ends_in_the_middle_is_no_print_and_the_next_ticket_is_whole()
    {
        await RunAsync(1);
        Give("A001");
        // Between two questions: the loop does not know yet.
        far.Condition = PrinterCondition.PaperOut;
        await RunAsync(8, 50);
        Assert.Equal(("A001", "printer.paper-out"), Assert.Single(receipts.Not));
        Assert.Empty(receipts.Done);
        Assert.Equal(PrinterFaults.PaperOut, reports.Last.Fault);
        Assert.DoesNotContain(reports.All, report => report.Fault == FaultCode.NotAnswering);
        far.Condition = PrinterCondition.None;
        // The half ticket is cut off, and what the printer still says of it is heard out.
        await RunAsync(6, 50);
        Give("A002");
        await RunAsync(1);
        Assert.Equal("A002", Assert.Single(receipts.Done).Number);
        using var painter = new FreeTypeGlyphs();
        Assert.True(Slips.Same(new SlipPainter(painter, 384).Paint(Slips.Bare with { Number = "A002" }), far.Papers[^1].Dots));
        Assert.InRange(far.Papers.Length, 1, 2);
    }

    [Theory]
    [InlineData("device.not-answering", true, false)]
    [InlineData("printer.rubbish", false, true)]
    public async Task A_printer_that_is_gone_or_answers_rubbish_is_told_and_is_back_within_three_seconds(string fault, bool unplugged, bool rubbish)
    {
        await RunAsync(1);
        (far.Unplugged, far.Rubbish) = (unplugged, rubbish);
        await RunAsync(30, 50);
        Assert.Equal((DeviceState.Failed, new FaultCode(fault)), (reports.Last.State, reports.Last.Fault!.Value));
        Assert.True(reports.Last.Detail!.Length > 10);
        Give("A001");
        await RunAsync(0.1);
        Assert.Equal(("A001", fault), Assert.Single(receipts.Not));
        (far.Unplugged, far.Rubbish) = (false, false);
        await RunAsync(3);
        Assert.Equal(DeviceState.Ready, reports.Last.State);
        Give("A002");
        await RunAsync(0.1);
        Assert.Single(receipts.Done);
    }

    [Fact]
    public async Task A_printer_that_is_silent_once_costs_one_ticket_and_not_the_whole_line()
    {
        await RunAsync(1);
        Give("A001", "A002", "A003");
        far.Silent = true;
        await RunAsync(0.9);
        far.Silent = false;
        await RunAsync(8);
        Assert.InRange(receipts.Not.Count, 0, 1);
        Assert.Equal(3, receipts.Not.Count + receipts.Done.Count);
    }

    [Fact]
    public async Task A_ticket_that_waited_too_long_is_not_printed_late()
    {
        far.Silent = true;
        Give("A001");
        time.Advance(TimeSpan.FromSeconds(61));
        far.Silent = false;
        await RunAsync(1);
        Assert.Equal(("A001", "printer.too-slow"), Assert.Single(receipts.Not));
        Assert.Empty(far.Papers);
    }

    [Fact]
    public async Task A_full_line_answers_the_newest_at_once_and_loses_none()
    {
        Give([.. Enumerable.Range(1, TicketPrinter.Capacity + 2).Select(i => $"A{i:D3}")]);
        Assert.Equal([("A033", "printer.too-slow"), ("A034", "printer.too-slow")], receipts.Not);
        await RunAsync(2);
        Assert.Equal(TicketPrinter.Capacity, receipts.Done.Count);
    }

    [Fact]
    public async Task Once_it_is_known_not_to_print_a_ticket_is_answered_without_waiting_for_the_next_look()
    {
        far.Condition = PrinterCondition.PaperOut;
        await RunAsync(1);
        Give("A001");
        Assert.Equal(("A001", "printer.paper-out"), Assert.Single(receipts.Not));
    }

    [Fact]
    public async Task Before_its_first_word_tickets_wait_for_the_printer()
    {
        far.Slow = true;
        Give("A001");
        await RunAsync(0.3);
        Assert.Empty(receipts.Not);
        await RunAsync(30, 100);
        Assert.Equal("A001", Assert.Single(receipts.Done).Number);
    }

    [Fact]
    public async Task A_box_without_letters_says_so_before_the_first_citizen_does()
    {
        using var none = new FreeTypeGlyphs("/usr/share/fonts/motcua-none");
        using var without = new TicketPrinter(Id, new EscPosPrinter(far, time), new SlipPainter(none, 384), time, reports, receipts);
        var first = without.StepAsync(TestContext.Current.CancellationToken).AsTask();
        while (!first.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.Equal(PrinterFaults.NoFont, reports.Last.Fault);
        Assert.Equal(PrinterFaults.NoFont, without.Cannot);
    }

    [Fact]
    public async Task A_ticket_that_cannot_be_told_is_answered_and_the_next_one_prints()
    {
        await RunAsync(1);
        printer.Print(new PrintJob("A001", 1, long.MaxValue, () => throw new InvalidOperationException("a defect")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => printer.StepAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal("A001", Assert.Single(receipts.Not).Number);
        Give("A002");
        await RunAsync(0.1);
        Assert.Equal("A002", Assert.Single(receipts.Done).Number);
    }
}
