using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Printing.Tests;

/// <summary>Paper in a whole centre: after the event, once, and something in its place when there is none.</summary>
public sealed class TicketPrintingTests
{
    internal static readonly string Yaml = TestCentre.Yaml.Replace(
        "mqtt:", "  printer: { id: may-in, port: usb:/dev/usb/lp0, paper: 58, follow-url: https://motcua.example/t/ }\nmqtt:", StringComparison.Ordinal);

    [Fact]
    public async Task A_ticket_falls_out_after_its_event_is_durable_and_its_receipt_follows()
    {
        using var centre = New();
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(3);
        Assert.Single(Printer(centre).Papers);
        Assert.Empty(Printer(centre).Violations);
        var events = centre.Events();
        var (issued, printed) = (events.Single(e => e.Data is Protocols.Events.TicketIssued), events.Single(e => e.Data is TicketPrinted));
        Assert.True(printed.Seq > issued.Seq);
        var receipt = Assert.IsType<TicketPrinted>(printed.Data);
        Assert.Equal(("A001", 1, "may-in"), (receipt.Number, receipt.Copy, receipt.Printer));
        Assert.InRange(receipt.Millimetres, 60, 300);
        Assert.Empty(centre.Centre.Unprinted.Now());
        Assert.DoesNotContain(centre.Spoken, text => text.StartsWith("Máy hết giấy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_paper_moves_before_the_card_has_taken_the_ticket()
    {
        using var centre = New();
        await centre.RunAsync(1);
        centre.Disk.Dead = true;
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(2);
        Assert.Empty(Printer(centre).Papers);
        Assert.Empty(centre.Spoken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ticket_survives_a_power_cut_between_commit_and_print_and_is_offered_but_never_printed_again_by_itself(bool receiptLost)
    {
        using var before = New();
        // What every device first says is written down with the first ticket.
        await before.PressAsync(TestCentre.TicketButton);
        await before.RunAsync(3);
        // Either nothing was printed yet, or all of it was and the receipt is lost: after the cut nobody knows which.
        Printer(before).Slow = true;
        await before.PressAsync(TestCentre.TicketButton);
        if (receiptLost)
        {
            before.Disk.Dead = true;
            await before.RunAsync(60, strideMs: 100);
            before.Disk.Dead = false;
        }

        Assert.Equal("A002", before.Events<Protocols.Events.TicketIssued>().Last().Number);
        Assert.Equal("A001", before.Events<TicketPrinted>().Single().Number);
        Assert.Equal(receiptLost ? 2 : 1, Printer(before).Papers.Length);
        before.PowerCut();

        using var after = New(before);
        await after.RunAsync(10, strideMs: 50);
        Assert.Empty(Printer(after).Papers);
        var offered = Assert.Single(after.Centre.Unprinted.Now());
        Assert.Equal(("A002", null), (offered.Ticket.Number.ToString(), offered.Fault));

        Assert.IsType<Loop.Outcome.Accepted>(await SubmitAsync(after, new ReprintTicket(offered.Ticket.Number, "api")));
        await after.RunAsync(4);
        Assert.Single(Printer(after).Papers);
        Assert.Equal(("A002", 2), (after.Events<TicketPrinted>().Last().Number, after.Events<TicketPrinted>().Last().Copy));
        Assert.Empty(after.Centre.Unprinted.Now());
    }

    [Fact]
    public async Task After_a_damaged_journal_every_living_ticket_is_offered_since_nobody_knows_which_are_on_paper()
    {
        using var before = New();
        for (var i = 0; i < 6; i++)
        {
            await before.PressAsync(TestCentre.TicketButton);
            await before.RunAsync(3);
        }

        Assert.Empty(before.Centre.Unprinted.Now());
        before.PowerCut();
        AfterACrashTests.Alter(before.Disk, "A005");

        using var after = New(before);
        await after.PressAsync(TestCentre.TicketButton);
        await after.RunAsync(3);
        Assert.Contains(after.Events(), e => e.Data is JournalOpened { Reason: "damage" });
        var offered = after.Centre.Unprinted.Now();
        Assert.Equal(["A001", "A002", "A003", "A004"], offered.Select(t => t.Ticket.Number.ToString()));
        Assert.All(offered, t => Assert.Null(t.Fault));
        Assert.IsType<Loop.Outcome.Accepted>(await SubmitAsync(after, new ReprintTicket(offered[0].Ticket.Number, "api")));
        await after.RunAsync(4);
        Assert.Equal(["A002", "A003", "A004"], after.Centre.Unprinted.Now().Select(t => t.Ticket.Number.ToString()));
    }

    [Fact]
    public async Task A_restart_prints_nothing_again()
    {
        using var before = New();
        await before.PressAsync(TestCentre.TicketButton);
        await before.RunAsync(3);
        before.Dispose();
        using var after = New(before);
        await after.RunAsync(5);
        Assert.Empty(Printer(after).Papers);
        Assert.Empty(after.Centre.Unprinted.Now());
    }

    [Fact]
    public async Task Without_paper_the_number_is_shown_and_spoken_for_every_ticket_and_new_ones_print_when_it_is_back()
    {
        using var centre = New();
        await centre.RunAsync(1);
        Printer(centre).Condition = PrinterCondition.PaperOut;
        await centre.RunAsync(2.5);
        Assert.Equal(new TestCentre.KnownDevice("failed", "printer.paper-out"), centre.Device("may-in"));
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.StartsWith("SO MOI A001", centre.Lcd.Glass.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("A001", centre.Sign.Digits.Text, StringComparison.Ordinal);
        // The second is not lost behind the first, nor the first to the second.
        await centre.RunAsync(6);
        Assert.StartsWith("SO MOI A002", centre.Lcd.Glass.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("A002", centre.Sign.Digits.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["Máy hết giấy. Số của quý vị là A, một. Vui lòng ghi nhớ.", "Máy hết giấy. Số của quý vị là A, hai. Vui lòng ghi nhớ."], centre.Spoken);
        Assert.Equal([("A001", "printer.paper-out"), ("A002", "printer.paper-out")], centre.Events<TicketUnprinted>().Select(e => (e.Number, e.Fault)));

        // The number leaves the boards by itself; a call would have been shown all the while.
        await centre.RunAsync(20, strideMs: 100);
        Assert.StartsWith("DANG GOI", centre.Lcd.Glass.Lines[0], StringComparison.Ordinal);

        Printer(centre).Condition = PrinterCondition.None;
        await centre.RunAsync(2.5);
        Assert.Empty(Printer(centre).Papers);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(3);
        Assert.Equal("A003", centre.Events<TicketPrinted>().Single().Number);
        Assert.Equal(["A001", "A002"], centre.Centre.Unprinted.Now().Select(t => t.Ticket.Number.ToString()));
        Assert.All(centre.Centre.Unprinted.Now(), t => Assert.Equal("printer.paper-out", t.Fault));
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("may-in"));
    }

    [Fact]
    public async Task In_a_rush_without_paper_four_numbers_wait_for_their_turn_on_the_boards_and_the_oldest_gives_way()
    {
        using var centre = New();
        await centre.RunAsync(1);
        Printer(centre).Condition = PrinterCondition.PaperOut;
        await centre.RunAsync(2.5);
        for (var i = 0; i < 7; i++)
        {
            await centre.PressAsync(TestCentre.TicketButton);
        }

        List<string> shown = [];
        for (var i = 0; i < 50; i++)
        {
            var heading = centre.Lcd.Glass.Lines[0].Split("CHO")[0].Trim();
            if (shown.LastOrDefault() != heading)
            {
                shown.Add(heading);
            }

            await centre.RunAsync(1, strideMs: 100);
        }

        Assert.Equal(["SO MOI A001", "SO MOI A004", "SO MOI A005", "SO MOI A006", "SO MOI A007", "DANG GOI"], shown);
    }

    [Theory]
    [InlineData(PrinterCondition.CoverOpen)]
    [InlineData(PrinterCondition.Cutter)]
    [InlineData(PrinterCondition.Offline)]
    [InlineData(PrinterCondition.Overheated)]
    public async Task Paper_is_named_only_where_it_is_missing(PrinterCondition condition)
    {
        using var centre = New();
        await centre.RunAsync(1);
        Printer(centre).Condition = condition;
        await centre.RunAsync(2.5);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(3);
        Assert.Equal(["Máy chưa in được phiếu. Số của quý vị là A, một. Vui lòng ghi nhớ."], centre.Spoken);
    }

    [Theory]
    [InlineData("rubbish", "printer.rubbish")]
    [InlineData("unplugged", "device.not-answering")]
    [InlineData("silent", "device.not-answering")]
    public async Task A_printer_that_is_broken_in_any_way_leaves_the_other_devices_running(string how, string fault)
    {
        using var centre = New();
        var printer = Printer(centre);
        (printer.Rubbish, printer.Unplugged, printer.Silent) = (how == "rubbish", how == "unplugged", how == "silent");
        await centre.RunAsync(3);
        Assert.Equal(new TestCentre.KnownDevice("failed", fault), centre.Device("may-in"));
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        Assert.Equal("A001   1", centre.Sign.Digits.Text);
        await centre.RunAsync(3);
        Assert.Contains(centre.Spoken, text => text.StartsWith("Mời công dân có số thứ tự A, một", StringComparison.Ordinal));
        // A clerk who hears of paper changes the roll of a printer that lacks none.
        Assert.Contains("Máy chưa in được phiếu. Số của quý vị là A, một. Vui lòng ghi nhớ.", centre.Spoken);
        Assert.DoesNotContain(centre.Spoken, text => text.Contains("giấy", StringComparison.Ordinal));
        (printer.Rubbish, printer.Unplugged, printer.Silent) = (false, false, false);
        await centre.RunAsync(4);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("may-in"));
    }

    [Theory]
    [InlineData("rubbish", "dòng 20, devices.printer.port: ", "status: none")]
    [InlineData("silent", "dòng 20, devices.printer.status: ", "status: none")]
    [InlineData("never done", "dòng 20, devices.printer.status: ", "status: none")]
    [InlineData("unplugged", "dòng 20, devices.printer.port: ", "đã rút dây")]
    public async Task A_printer_that_answers_wrongly_is_told_with_line_and_field_and_what_to_try(string how, string where, string what)
    {
        using var centre = New();
        var printer = Printer(centre);
        (printer.Rubbish, printer.Unplugged, printer.Silent, printer.NeverDone) = (how == "rubbish", how == "unplugged", how == "silent", how == "never done");
        await centre.RunAsync(16, strideMs: 100);
        var detail = centre.Centre.Devices.All.Single(known => known.Device == "may-in").Report.Detail!;
        Assert.StartsWith(where, detail, StringComparison.Ordinal);
        Assert.Contains(what, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_printed_is_written_down_and_spoken_to_nobody()
    {
        using var centre = New();
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(3);
        Printer(centre).Condition = PrinterCondition.CoverOpen;
        await centre.RunAsync(2.5);
        await SubmitAsync(centre, new ReprintTicket(TicketNumber.Parse("A001"), "api"));
        await centre.RunAsync(3);
        Assert.Equal((2, "printer.cover-open"), (centre.Events<TicketUnprinted>().Single().Copy, centre.Events<TicketUnprinted>().Single().Fault));
        Assert.Empty(centre.Spoken);
        Assert.Empty(centre.Centre.Unprinted.Now());
    }

    [Fact]
    public async Task A_centre_without_a_printer_says_nothing_of_paper()
    {
        using var centre = new TestCentre();
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(5);
        Assert.Null(centre.Centre.Printing);
        Assert.DoesNotContain(centre.Events(), e => e.Data is TicketPrinted or TicketUnprinted);
        Assert.Empty(centre.Spoken);
    }

    private static TestCentre New(TestCentre? before = null) => before is null ? new TestCentre(yaml: Yaml) : new TestCentre(before.Disk, before.Time, seed: 2, yaml: Yaml);

    private static VirtualPrinter Printer(TestCentre centre) => centre.Box.Printer!;

    private static async Task<Loop.Outcome> SubmitAsync(TestCentre centre, QueueCommand command)
    {
        var answer = centre.Centre.Loop.SubmitAsync(command, TestContext.Current.CancellationToken).AsTask();
        await centre.RunAsync(0.1);
        return await answer;
    }
}
