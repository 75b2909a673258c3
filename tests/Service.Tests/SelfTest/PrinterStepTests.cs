using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Printing.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.SelfTest.Tests;

public sealed class PrinterStepTests
{
    [Fact]
    public async Task The_printer_prints_a_paper_that_is_nobodys_ticket()
    {
        using var centre = new TestCentre(yaml: TicketPrintingTests.Yaml);
        var result = await TriedAsync(centre);
        Assert.Equal((SelfTestVerdict.Ok, null), (result.Verdict, result.Code));
        Assert.Single(centre.Box.Printer!.Papers);
        Assert.Empty(centre.Box.Printer.Violations);
        Assert.Empty(centre.Events<TicketPrinted>());
        Assert.Empty(centre.Events<TicketUnprinted>());
    }

    [Fact]
    public async Task A_printer_without_paper_says_what_to_do_and_calls_no_number_aloud()
    {
        using var centre = new TestCentre(yaml: TicketPrintingTests.Yaml);
        centre.Box.Printer!.Condition = PrinterCondition.PaperOut;
        var result = await TriedAsync(centre);
        Assert.Equal((SelfTestVerdict.Failed, "printer.paper-out"), (result.Verdict, result.Code));
        Assert.StartsWith("Máy in hết giấy. ", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(centre.Spoken, text => text.StartsWith("Máy hết giấy", StringComparison.Ordinal));
    }

    private static async Task<SelfTestResult> TriedAsync(TestCentre centre)
    {
        await centre.RunAsync(1);
        Assert.True(centre.Centre.SelfTest.TryStart("page"));
        for (var second = 0; centre.Centre.SelfTest.Progress!.Running; second++)
        {
            Assert.True(second < 300, "the test does not end");
            await centre.RunAsync(1);
        }

        return centre.Centre.SelfTest.Progress!.Rows.Single(row => row.Device == "may-in").Result;
    }
}
