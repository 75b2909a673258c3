using System.Net;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Printing.Tests;
using MotCua.Edge.Procedures;
using MotCua.Edge.Queue;
using Xunit;
using TicketIssued = MotCua.Protocols.Events.TicketIssued;

namespace MotCua.Edge.Pages.Tests;

public sealed class ProcedureApiTests : IDisposable
{
    private const string File = """
        procedures:
          - { code: "2.000815", name: Chứng thực bản sao, field: Chứng thực, service: chung-thuc, papers: [Bản chính, Bản sao], fee: 2.000 đồng/trang, days: Trong ngày, basis: Nghị định 23/2015/NĐ-CP }
          - { code: hoa-giai, name: Hòa giải, field: Đất đai, papers: [Đơn], fee: Không, days: 30 ngày, basis: Luật Đất đai }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motcua-procedures-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Procedures_are_found_and_shown_and_the_kiosk_knows_how_many_there_are()
    {
        await using var web = await OpenAsync(File);
        var found = (await web.GetAsync("/api/procedures?q=" + Uri.EscapeDataString("ban sao"))).Body;
        Assert.Equal((1, 2, "2.000815"), (found.GetProperty("fitting").GetInt32(), found.GetProperty("known").GetInt32(), Text(found.GetProperty("procedures")[0], "code")));
        var sheet = (await web.GetAsync("/api/procedures/2.000815")).Body;
        Assert.Equal(("chung-thuc", "Chứng thực", "2.000 đồng/trang"), (Text(sheet, "service"), Text(sheet, "serviceName"), Text(sheet, "fee")));
        Assert.Equal(["Bản chính", "Bản sao"], sheet.GetProperty("papers").EnumerateArray().Select(paper => paper.GetString()));
        Assert.Null(Text((await web.GetAsync("/api/procedures/hoa-giai")).Body, "service"));
        Assert.Equal(2, (await web.GetAsync("/api/kiosk")).Body.GetProperty("procedures").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/procedures/ket-hon")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await web.GetAsync("/api/procedures/K%E1%BA%BFt")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await web.GetAsync("/api/procedures?most=1000")).Status);
    }

    [Fact]
    public async Task A_ticket_for_a_procedure_names_its_code_and_nothing_more_and_keeps_it_through_a_restart()
    {
        var web = await OpenAsync(File);
        await using (web)
        {
            var (status, _) = await web.PostAsync("/api/tickets", """{"service":"chung-thuc","procedure":"2.000815","from":"lookup"}""");
            Assert.Equal(HttpStatusCode.Created, status);
            var issued = Assert.Single(web.Centre.Events<TicketIssued>());
            Assert.Equal(("2.000815", "lookup"), (issued.Procedure, issued.Origin));
            Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/tickets", """{"service":"chung-thuc","procedure":"ket-hon"}""")).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync("/api/tickets", """{"service":"chung-thuc","procedure":"Kết hôn"}""")).Status);
        }

        using var after = new TestCentre(web.Centre.Disk, web.Centre.Time, seed: 2);
        Assert.Equal("2.000815", Assert.Single(after.Centre.Loop.Durable.State.Queue.Living).Procedure?.Value);
    }

    [Fact]
    public async Task A_bad_file_is_a_notice_with_its_line_and_what_was_good_stays()
    {
        await using var web = await OpenAsync(File);
        await web.GetAsync("/api/procedures");
        Write(File.Replace("days: 30 ngày", "day: 30 ngày", StringComparison.Ordinal), 2);
        web.Centre.Time.Advance(ProcedureShelf.LooksEvery);
        Assert.Equal(2, (await web.GetAsync("/api/procedures")).Body.GetProperty("known").GetInt32());
        Assert.Equal("lookup.bad-file", web.Centre.Device("edge")?.Fault);
        Write(File, 3);
        web.Centre.Time.Advance(ProcedureShelf.LooksEvery);
        await web.GetAsync("/api/procedures");
        Assert.Null(web.Centre.Device("edge")?.Fault);
    }

    [Fact]
    public async Task Without_a_list_there_is_nothing_to_look_up_and_that_is_no_fault()
    {
        await using var web = await WebBench.StartAsync();
        Assert.Equal(0, (await web.GetAsync("/api/procedures?q=khai")).Body.GetProperty("known").GetInt32());
        Assert.Null(web.Centre.Device("edge")?.Fault);
    }

    [Fact]
    public async Task Its_papers_are_printed_in_place_of_the_services_and_again_on_a_reprint()
    {
        await using var web = await OpenAsync(File, TicketPrintingTests.Yaml);
        await web.Centre.RunAsync(1);
        await web.IssueAsync();
        await web.Centre.RunAsync(2);
        await web.PostAsync("/api/tickets", """{"service":"chung-thuc","procedure":"2.000815"}""");
        await web.Centre.RunAsync(2);
        await web.PostAsync("/api/tickets/A002/reprint");
        await web.Centre.RunAsync(2);
        var heights = (await web.GetAsync("/lab/centre")).Body.GetProperty("printer").GetProperty("papers").EnumerateArray().Select(paper => paper.GetProperty("height").GetInt32()).ToList();
        Assert.Equal(3, heights.Count);
        Assert.True(heights[1] > heights[0] + 60 && heights[2] >= heights[1], string.Join(", ", heights));
    }

    private async Task<WebBench> OpenAsync(string text, string yaml = TestCentre.Yaml)
    {
        Write(text, 1);
        var time = new MotCua.Testing.ManualTime();
        return await WebBench.StartAsync(new TestCentre(time: time, yaml: yaml, procedures: new ProcedureShelf(Path.Combine(folder.FullName, "procedures.yaml"), [new ServiceCode("chung-thuc")], time)));
    }

    // Two changes within one tick of a file system's clock must not look alike.
    private void Write(string text, int minute)
    {
        var file = Path.Combine(folder.FullName, "procedures.yaml");
        System.IO.File.WriteAllText(file, text);
        System.IO.File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 23, 1, minute, 0, DateTimeKind.Utc));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
