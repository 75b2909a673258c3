using System.Net;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Clerks;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>What the ticket kiosk asks of the box.</summary>
public sealed class KioskApiTests
{
    private const string Wish = """{"service":"chung-thuc","request":"0123456789abcdef0123456789abcdef","from":"kiosk"}""";

    [Fact]
    public async Task A_wish_that_is_asked_again_gets_the_ticket_that_was_given_even_asked_many_times_at_once()
    {
        await using var web = await WebBench.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => web.PostAsync("/api/tickets", Wish)));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Created, "A001"), (answer.Status, Text(answer.Body, "number"))));
        Assert.Single(answers.Select(answer => Text(answer.Body, "token")).Distinct());
        Assert.Equal("kiosk", Assert.Single(web.Centre.Events<TicketIssued>()).Origin);
        await web.PostAsync("/api/counters/1/next");
        await web.PostAsync("/api/counters/1/done");
        Assert.Equal("A001", Text((await web.PostAsync("/api/tickets", Wish)).Body, "number"));
        Assert.Equal("A002", Text((await web.PostAsync("/api/tickets", Wish.Replace("0123", "3210", StringComparison.Ordinal))).Body, "number"));
    }

    [Fact]
    public async Task A_wish_whose_answer_was_lost_in_a_restart_still_gets_the_ticket_that_was_given()
    {
        var before = new TestCentre();
        string? token;
        await using (var web = await WebBench.StartAsync(before))
        {
            token = Text((await web.PostAsync("/api/tickets", Wish)).Body, "token");
        }

        await using var after = await WebBench.StartAsync(new TestCentre(before.Disk, before.Time, seed: 2));
        var (status, ticket) = await after.PostAsync("/api/tickets", Wish);
        Assert.Equal((HttpStatusCode.Created, "A001", token), (status, Text(ticket, "number"), Text(ticket, "token")));
        Assert.Single(after.Centre.Events<TicketIssued>());
    }

    [Fact]
    public async Task Whoever_took_a_number_may_give_it_up_and_nobody_else_also_where_clerks_log_in()
    {
        var folder = Directory.CreateTempSubdirectory("pins-");
        var clerks = new ClerkFile(folder.FullName);
        clerks.Write([Pin.Give("Quầy 1", ClerkRole.Clerk, "4821", iterations: 10)]);
        await using (var web = await WebBench.StartAsync(new TestCentre(clerks: clerks)))
        {
            var token = Text((await web.PostAsync("/api/tickets", Wish)).Body, "token");
            Assert.Equal(HttpStatusCode.Unauthorized, (await web.PostAsync("/api/tickets/A001/cancel", """{"reason":"Nhầm"}""")).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync("/api/kiosk/give-up", $$"""{"ticket":"A001","token":"{{new string('A', 22)}}"}""")).Status);
            Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/kiosk/give-up", $$"""{"ticket":"A001","token":"{{token}}"}""")).Status);
            Assert.Equal("A001", Assert.Single(web.Centre.Events<TicketCancelled>()).Number);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_for_the_next_time()
    {
        await using var web = await WebBench.StartAsync();
        await web.PostAsync("/api/services/chung-thuc/pause", """{"reason":"Máy chủ bảo trì"}""");
        Assert.Equal(HttpStatusCode.Conflict, (await web.PostAsync("/api/tickets", Wish)).Status);
        await web.PostAsync("/api/services/chung-thuc/resume");
        Assert.Equal("A001", Text((await web.PostAsync("/api/tickets", Wish)).Body, "number"));
        web.Centre.Disk.Dead = true;
        var other = Wish.Replace("0123", "aaaa", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await web.PostAsync("/api/tickets", other)).Status);
        web.Centre.Disk.Dead = false;
        Assert.Equal("A002", Text((await web.PostAsync("/api/tickets", other)).Body, "number"));
    }

    [Theory]
    [InlineData("""{"service":"chung-thuc","request":"short"}""", "bad-request-id")]
    [InlineData("""{"service":"chung-thuc","request":"0123456789abcdef 0123456789"}""", "bad-request-id")]
    [InlineData("""{"service":"chung-thuc","request":""}""", "bad-request-id")]
    [InlineData("""{"service":"chung-thuc","from":"somewhere"}""", "bad-origin")]
    public async Task A_wish_without_a_proper_id_or_origin_is_refused(string body, string code)
    {
        await using var web = await WebBench.StartAsync();
        var (status, problem) = await web.PostAsync("/api/tickets", body);
        Assert.Equal((HttpStatusCode.BadRequest, $"urn:motcua:problem:{code}"), (status, Text(problem, "type")));
        Assert.Equal(0, web.Centre.Centre.Loop.Durable.State.Queue.WaitingCount);
    }

    [Fact]
    public async Task Wishes_are_bounded_and_what_lives_is_found_all_the_same()
    {
        await using var web = await WebBench.StartAsync();
        await web.PostAsync("/api/tickets", Wish);
        for (var i = 0; i < 1_100; i++)
        {
            await web.PostAsync("/api/tickets", $$"""{"service":"ho-tich","request":"another-wish-{{i:D8}}"}""");
        }

        Assert.Equal("A001", Text((await web.PostAsync("/api/tickets", Wish)).Body, "number"));
    }

    [Fact]
    public async Task A_kiosk_sees_what_is_offered_and_why_not_in_the_words_of_the_rules()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TestCentre.Yaml.Replace("series: H }", "series: H, quota: 1 }", StringComparison.Ordinal)));
        await web.IssueAsync();
        var look = (await web.GetAsync("/api/kiosk")).Body;
        Assert.Equal(("Phường Việt Trì", true, JsonValueKind.Null), (Text(look, "name"), look.GetProperty("trusted").GetBoolean(), look.GetProperty("closed").ValueKind));
        Assert.Equal(["chung-thuc", "ho-tich"], look.GetProperty("services").EnumerateArray().Select(service => Text(service, "code")));
        Assert.Equal((1, JsonValueKind.Null), (look.GetProperty("services")[0].GetProperty("waiting").GetInt32(), look.GetProperty("services")[0].GetProperty("refusal").ValueKind));
        Assert.Equal(JsonValueKind.Null, look.GetProperty("printer").ValueKind);
        Assert.Equal(["en"], look.GetProperty("languages").EnumerateArray().Select(language => language.GetString()));

        await web.PostAsync("/api/tickets", """{"service":"ho-tich"}""");
        await web.PostAsync("/api/services/chung-thuc/pause", """{"reason":"Máy chủ bảo trì"}""");
        look = (await web.GetAsync("/api/kiosk")).Body;
        Assert.Equal(["service-paused", "quota-reached"], look.GetProperty("services").EnumerateArray().Select(service => Text(service.GetProperty("refusal"), "code")));
        Assert.Equal(JsonValueKind.Null, look.GetProperty("closed").ValueKind);
        await web.PostAsync("/api/centre/pause", """{"reason":"Mất điện"}""");
        Assert.Equal("centre-paused", Text((await web.GetAsync("/api/kiosk")).Body.GetProperty("closed"), "code"));
    }

    [Theory]
    [InlineData("""{ days: t2-t6, from: "13:30", to: "17:00" }""", "outside-hours", "2026-11-23T13:30:00+07:00")]
    [InlineData("""{ days: t2-t6, from: "07:00", to: "11:30", last-ticket: "07:30" }""", "after-last-ticket", "2026-11-24T07:00:00+07:00")]
    [InlineData("""{ days: t3, from: "07:30", to: "11:30" }""", "outside-hours", "2026-11-24T07:30:00+07:00")]
    public async Task A_closed_kiosk_says_when_it_opens(string span, string code, string opens)
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TestCentre.Yaml + $"\nhours:\n  - {span}\n"));
        var look = (await web.GetAsync("/api/kiosk")).Body;
        Assert.Equal((code, DateTimeOffset.Parse(opens, System.Globalization.CultureInfo.InvariantCulture)), (Text(look.GetProperty("closed"), "code"), look.GetProperty("opensAt").GetDateTimeOffset()));
    }

    [Theory]
    [InlineData("HEN-0042")]
    [InlineData(" hen 0042 ")]
    [InlineData("hen.00-42")]
    [InlineData("https://hen.example/l/HEN-0042")]
    [InlineData("https://hen.example/l?ma=hen0042")]
    public async Task A_booking_is_checked_in_by_its_code_however_it_was_typed_or_scanned(string code)
    {
        await using var web = await WebBench.StartAsync();
        await web.PostAsync("/api/appointments", """{"id":"HEN-0042","service":"chung-thuc","slot":"2026-11-23T08:30"}""");
        await web.PostAsync("/api/appointments", """{"id":"HEN-0043","service":"ho-tich","slot":"2026-11-23T08:30"}""");
        var body = $$"""{"code":"{{code}}","request":"0123456789abcdef"}""";
        var (status, ticket) = await web.PostAsync("/api/kiosk/check-in", body);
        Assert.Equal((HttpStatusCode.Created, "A001"), (status, Text(ticket, "number")));
        Assert.Equal("A001", Text((await web.PostAsync("/api/kiosk/check-in", body)).Body, "number"));
        Assert.Equal("HEN-0042", Assert.Single(web.Centre.Events<TicketIssued>()).Appointment);
    }

    [Theory]
    [InlineData("HEN-9999", 404, "unknown-appointment")]
    [InlineData("", 400, "bad-appointment")]
    [InlineData("///", 400, "bad-appointment")]
    [InlineData("mã hẹn: ăâđ", 404, "unknown-appointment")]
    [InlineData("01234567890123456789012345678901234567890123456789", 400, "bad-appointment")]
    public async Task A_code_that_is_no_booking_is_refused_in_words(string code, int status, string problem)
    {
        await using var web = await WebBench.StartAsync();
        var (answered, body) = await web.PostAsync("/api/kiosk/check-in", $$"""{"code":"{{code}}"}""");
        Assert.Equal((status, $"urn:motcua:problem:{problem}"), ((int)answered, Text(body, "type")));
    }

    [Fact]
    public async Task Its_texts_are_read_aloud_and_nobody_elses_are()
    {
        await using var web = await WebBench.StartAsync();
        foreach (var path in (string[])["home", "priority", "code", "again", "closed", "help", "lookup", "home?language=en", "ticket?ticket=A105", "ticket?ticket=A105&language=en", "no-paper?ticket=A105", "no-print?ticket=A105"])
        {
            using var sound = await web.Http.GetAsync(new Uri($"/api/kiosk/speech/{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, "audio/wav"), (sound.StatusCode, sound.Content.Headers.ContentType?.MediaType));
            Assert.Equal("RIFF"u8.ToArray(), (await sound.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..4]);
        }

        foreach (var path in (string[])["Xin-chao", "ticket", "home?ticket=A105"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync($"/api/kiosk/speech/{path}")).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await web.GetAsync("/api/kiosk/speech/ticket?ticket=hello")).Status);
    }

    [Fact]
    public async Task Help_is_called_to_the_kiosk_and_taken_back()
    {
        await using var web = await WebBench.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/may-lay-so")).Status);
        Assert.Equal(JsonValueKind.String, (await web.GetAsync("/api/kiosk")).Body.GetProperty("helpSince").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await web.GetAsync("/api/kiosk?place=may-lay-so-2")).Body.GetProperty("helpSince").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/may-lay-so/withdraw")).Status);
        Assert.Equal(JsonValueKind.Null, (await web.GetAsync("/api/kiosk")).Body.GetProperty("helpSince").ValueKind);
        Assert.Equal(HttpStatusCode.Conflict, (await web.PostAsync("/api/help/may-lay-so/withdraw")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await web.GetAsync("/api/kiosk?place=" + Uri.EscapeDataString("Máy 1"))).Status);
        Assert.Equal("may-lay-so", Assert.Single(web.Centre.Events<HelpWithdrawn>()).Place);
        Assert.Equal("urn:motcua:problem:just-withdrawn", (await web.PostAsync("/api/help/may-lay-so")).Body.GetProperty("type").GetString());
        web.Centre.Time.Advance(HelpDoor.Rest);
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/may-lay-so")).Status);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
