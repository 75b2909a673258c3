using System.Net;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Printing.Tests;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class PrintApiTests
{
    [Fact]
    public async Task What_got_no_paper_is_listed_with_the_reason_and_printed_again_only_when_the_printer_can()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TicketPrintingTests.Yaml));
        web.Centre.Box.Printer!.Condition = PrinterCondition.PaperOut;
        await web.Centre.RunAsync(1);
        Assert.Equal("A001", await web.IssueAsync());
        await web.Centre.RunAsync(3);
        var listed = (await web.GetAsync("/api/tickets/unprinted")).Body.GetProperty("tickets").EnumerateArray().Single();
        Assert.Equal(("A001", "waiting", "printer.paper-out", "Máy in hết giấy"), (Text(listed, "number"), Text(listed, "stage"), Text(listed, "fault"), Text(listed, "title")));

        var (status, problem) = await web.PostAsync("/api/tickets/A001/reprint");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("urn:motcua:problem:printer-not-ready", problem.GetProperty("type").GetString());
        Assert.StartsWith("Máy in hết giấy. Lắp cuộn giấy mới", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        web.Centre.Box.Printer.Condition = PrinterCondition.None;
        await web.Centre.RunAsync(3);
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/tickets/A001/reprint")).Status);
        await web.Centre.RunAsync(3);
        Assert.Empty((await web.GetAsync("/api/tickets/unprinted")).Body.GetProperty("tickets").EnumerateArray());
    }

    [Fact]
    public async Task The_lab_shows_the_paper_as_a_picture_and_turns_the_knobs()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TicketPrintingTests.Yaml));
        await web.Centre.RunAsync(1);
        await web.IssueAsync();
        await web.Centre.RunAsync(2);
        var printer = (await web.GetAsync("/lab/centre")).Body.GetProperty("printer");
        Assert.Equal((0, "may-in"), (printer.GetProperty("violations").GetInt32(), Text(printer, "id")));
        var paper = printer.GetProperty("papers").EnumerateArray().Single();
        Assert.Equal(384, paper.GetProperty("width").GetInt32());
        var picture = await web.Http.GetByteArrayAsync(new Uri(Text(paper, "url")!, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture.AsSpan(0, 4).ToArray());
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/lab/printer/9.png")).Status);

        foreach (var knob in printer.GetProperty("knobs").EnumerateObject())
        {
            Assert.False(knob.Value.GetBoolean());
            Assert.Equal(HttpStatusCode.NoContent, (await web.PostAsync("/lab/faults", $$"""{"device":"may-in","fault":"{{knob.Name}}","on":true}""")).Status);
            Assert.True((await web.GetAsync("/lab/centre")).Body.GetProperty("printer").GetProperty("knobs").GetProperty(knob.Name).GetBoolean());
            Assert.Equal(HttpStatusCode.NoContent, (await web.PostAsync("/lab/faults", $$"""{"device":"may-in","fault":"{{knob.Name}}","on":false}""")).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync("/lab/faults", """{"device":"may-in","fault":"ink","on":true}""")).Status);
    }

    [Fact]
    public async Task Without_a_printer_there_is_no_list_and_another_print_is_only_written_down()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        Assert.Empty((await web.GetAsync("/api/tickets/unprinted")).Body.GetProperty("tickets").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/tickets/A001/reprint")).Status);
    }

    private static string? Text(System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetString();
}
