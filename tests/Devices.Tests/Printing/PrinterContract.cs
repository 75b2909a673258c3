using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.EscPos;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

/// <summary>What every way to a printer must keep: simulated, TCP, serial.</summary>
public abstract class PrinterContract : IDisposable
{
    private readonly PrinterRig rig;
    private readonly EscPosPrinter printer;

    private protected PrinterContract(PrinterRig rig) => (this.rig, printer) = (rig, new EscPosPrinter(rig.Line, rig.Time, patience: rig.Patience));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        printer.Dispose();
        rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Tickets_fall_out_dot_for_dot_and_apart()
    {
        var (first, second) = (Slips.Paint(Slips.Full, PrinterRig.Width), Slips.Paint(Slips.Bare, PrinterRig.Width));
        await PrintAsync(first);
        await PrintAsync(second);
        Assert.Equal(2, rig.Far.Papers.Length);
        Assert.True(Slips.Same(first, rig.Far.Papers[0].Dots));
        Assert.True(Slips.Same(second, rig.Far.Papers[1].Dots));
        Assert.Empty(rig.Far.Violations);
    }

    [Theory]
    [InlineData(PrinterCondition.None)]
    [InlineData(PrinterCondition.PaperNearEnd)]
    [InlineData(PrinterCondition.PaperOut)]
    [InlineData(PrinterCondition.CoverOpen)]
    [InlineData(PrinterCondition.Cutter)]
    [InlineData(PrinterCondition.Overheated)]
    [InlineData(PrinterCondition.Broken)]
    [InlineData(PrinterCondition.Offline)]
    [InlineData(PrinterCondition.PaperOut | PrinterCondition.PaperNearEnd | PrinterCondition.CoverOpen)]
    public async Task Every_condition_is_told_and_ends_when_it_is_mended(PrinterCondition condition)
    {
        rig.Far.Condition = condition;
        Assert.Equal(condition, await AskAsync());
        rig.Far.Condition = PrinterCondition.None;
        Assert.Equal(PrinterCondition.None, await AskAsync());
        Assert.Empty(rig.Far.Violations);
    }

    [Theory]
    [InlineData(PrinterCondition.PaperOut)]
    [InlineData(PrinterCondition.Cutter)]
    public async Task A_ticket_that_a_printer_gives_up_is_told_with_the_reason(PrinterCondition condition)
    {
        Assert.Equal(PrinterCondition.None, await AskAsync());
        rig.Far.Condition = condition;
        var ticket = Slips.Paint(Slips.Full, PrinterRig.Width);
        // More than its buffer: it stalls in the middle.
        Assert.True(EscPosBytes.Ticket(ticket).Length > 2 * 4096);
        var failure = Assert.IsType<PrinterStoppedException>(await FailureAsync(printer.PrintAsync(ticket, Stop)));
        Assert.Equal(condition, failure.Condition);
        Assert.Empty(rig.Far.Papers);
        rig.Far.Condition = PrinterCondition.None;
        await PrintAsync(ticket);
        Assert.Equal(ticket.Height, LastRows(rig.Far.Papers[^1].Dots, ticket));
    }

    [Fact]
    public async Task Rubbish_is_told_with_what_was_received_and_what_to_try()
    {
        rig.Far.Rubbish = true;
        var failure = Assert.IsType<PrinterRubbishException>(await FailureAsync(new ValueTask(printer.AskAsync(Stop).AsTask())));
        Assert.Contains("nhận «A5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("status: none", failure.Message, StringComparison.Ordinal);
        rig.Far.Rubbish = false;
        Assert.Equal(PrinterCondition.None, await AskAsync());
    }

    [Fact]
    public async Task A_printer_that_says_nothing_is_told_after_a_moment()
    {
        rig.Far.Silent = true;
        var begun = rig.Time.GetTimestamp();
        Assert.Contains("status: none", Assert.IsType<PrinterSilentException>(await FailureAsync(new ValueTask(printer.AskAsync(Stop).AsTask()))).Message, StringComparison.Ordinal);
        Assert.InRange(rig.Time.GetElapsedTime(begun), rig.Patience * 0.9, rig.Patience * 4);
        rig.Far.Silent = false;
        Assert.Equal(PrinterCondition.None, await AskAsync());
    }

    [Fact]
    public async Task One_that_was_taken_away_prints_whole_tickets_again_when_it_is_back()
    {
        await PrintAsync(Slips.Paint(Slips.Bare, PrinterRig.Width));
        rig.Plug(false);
        await FailureAsync(printer.PrintAsync(Slips.Paint(Slips.Full, PrinterRig.Width), Stop));
        await FailureAsync(new ValueTask(printer.AskAsync(Stop).AsTask()));
        rig.Plug(true);
        Assert.Equal(PrinterCondition.None, await AskAsync());
        var ticket = Slips.Paint(Slips.Full, PrinterRig.Width);
        await PrintAsync(ticket);
        Assert.True(Slips.Same(ticket, rig.Far.Papers[^1].Dots));
        Assert.Empty(rig.Far.Violations);
    }

    [Fact]
    public async Task A_ticket_after_one_that_broke_off_is_whole()
    {
        var ticket = Slips.Paint(Slips.Full, PrinterRig.Width);
        await rig.PassAsync(rig.Line.WriteAsync(EscPosBytes.Ticket(ticket).AsMemory(0, 3000), EscPosPrinter.PieceLimit, Stop).AsTask());
        await PrintAsync(ticket);
        Assert.Equal(ticket.Height, LastRows(rig.Far.Papers[^1].Dots, ticket));
        Assert.Empty(rig.Far.Violations);
    }

    [Fact]
    public async Task A_printer_that_never_answers_is_believed_to_print_what_it_took()
    {
        rig.Far.Silent = true;
        var mute = new EscPosPrinter(rig.Line, rig.Time, answers: false);
        Assert.Equal(PrinterCondition.None, await ResultAsync(mute.AskAsync(Stop)));
        await rig.PassAsync(mute.PrintAsync(Slips.Paint(Slips.Bare, PrinterRig.Width), Stop).AsTask());
        await UntilAsync(() => rig.Far.Papers.Length == 1);
    }

    /// <returns>Rows at the end of the paper that are those of the ticket.</returns>
    private static int LastRows(Raster paper, Raster ticket)
    {
        var above = paper.Height - ticket.Height;
        return Enumerable.Range(0, ticket.Height).Count(y => paper.Row(above + y).SequenceEqual(ticket.Row(y)));
    }

    private Task PrintAsync(Raster ticket) => rig.PassAsync(printer.PrintAsync(ticket, Stop).AsTask());

    private Task<PrinterCondition> AskAsync() => ResultAsync(printer.AskAsync(Stop));

    private async Task<T> ResultAsync<T>(ValueTask<T> work)
    {
        var task = work.AsTask();
        await rig.PassAsync(task);
        return await task;
    }

    private async Task<IOException> FailureAsync(ValueTask work) => await Assert.ThrowsAnyAsync<IOException>(() => rig.PassAsync(work.AsTask()));

    // Bytes are still on their way when a mute printer's line has taken them.
    private async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 2000 && !holds(); i++)
        {
            await rig.PassAsync(Task.Delay(TimeSpan.FromMilliseconds(5), rig.Time, Stop));
        }

        Assert.True(holds());
    }
}

public sealed class VirtualPrinterContractTests() : PrinterContract(new VirtualRig());

public sealed class TcpPrinterContractTests() : PrinterContract(new TcpRig());

public sealed class SerialPrinterContractTests() : PrinterContract(new SerialRig());
