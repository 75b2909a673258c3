using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class QueueApiTests
{
    [Fact]
    public async Task A_ticket_goes_from_issue_to_call_recall_and_done()
    {
        await using var web = await WebBench.StartAsync();
        var (created, ticket) = await web.PostAsync("/api/tickets", """{"service":"chung-thuc"}""");
        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal(("A001", "chung-thuc", 0, 22), (
            ticket.GetProperty("number").GetString(), ticket.GetProperty("service").GetString(), ticket.GetProperty("ahead").GetInt32(), ticket.GetProperty("token").GetString()!.Length));
        Assert.True(ticket.GetProperty("seq").GetInt64() <= web.Centre.Centre.Journal.Committed.Seq);
        await web.IssueAsync();

        var called = (await web.PostAsync("/api/counters/1/next")).Body;
        Assert.Equal(("A001", 1, JsonValueKind.Null), (called.GetProperty("called").GetString(), called.GetProperty("calls").GetInt32(), called.GetProperty("done").ValueKind));
        var recalled = (await web.PostAsync("/api/counters/1/recall")).Body;
        Assert.Equal(("A001", 2), (recalled.GetProperty("called").GetString(), recalled.GetProperty("calls").GetInt32()));

        var queue = (await web.GetAsync("/api/queue")).Body;
        Assert.Equal((1, 2, 1), (queue.GetProperty("waiting").GetInt32(), queue.GetProperty("issued").GetInt32(), queue.GetProperty("called").GetInt32()));
        Assert.Equal("A002", queue.GetProperty("services")[0].GetProperty("next")[0].GetString());
        Assert.Equal("A001", queue.GetProperty("counters")[0].GetProperty("ticket").GetString());

        Assert.Equal("A001", (await web.PostAsync("/api/counters/1/done")).Body.GetProperty("done").GetString());
        Assert.Equal("A002", (await web.PostAsync("/api/counters/1/next")).Body.GetProperty("called").GetString());
    }

    [Fact]
    public async Task A_ticket_may_ask_for_a_language_that_the_hall_can_be_spoken_to_in()
    {
        await using var web = await WebBench.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await web.PostAsync("/api/tickets", """{"service":"chung-thuc","language":"mtq"}""")).Status);
        Assert.Equal("mtq", Assert.Single(web.Centre.Centre.Loop.Durable.State.Queue.Living).Language?.Value);

        foreach (var bad in new[] { "fr", "", "English", "m\\u0000q" })
        {
            var (status, problem) = await web.PostAsync("/api/tickets", $$"""{"service":"chung-thuc","language":"{{bad}}"}""");
            Assert.Equal((HttpStatusCode.BadRequest, "urn:motcua:problem:bad-language"), (status, problem.GetProperty("type").GetString()));
        }
    }

    [Fact]
    public async Task Health_tells_that_tickets_can_be_issued_and_how_each_device_is()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        var health = (await web.GetAsync("/api/health")).Body;
        Assert.True(health.GetProperty("ready").GetBoolean());
        Assert.Equal(16, health.GetProperty("epoch").GetString()!.Length);
        web.Centre.Centre.Devices.Fault("journal", "journal.write-failed", "EIO", present: true);
        health = (await web.GetAsync("/api/health")).Body;
        Assert.False(health.GetProperty("ready").GetBoolean());
        var journal = health.GetProperty("devices").EnumerateArray().Single(d => d.GetProperty("device").GetString() == "journal");
        Assert.Equal("Không ghi được vào thẻ nhớ", journal.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Health_counts_how_often_a_board_was_lost_and_came_back()
    {
        var centre = new TestCentre();
        await centre.RunAsync(1);
        foreach (var unplugged in (bool[])[true, false, true, false, true])
        {
            centre.LcdSocket.Unplugged = unplugged;
            await centre.PressAsync(TestCentre.TicketButton);
            await centre.PressAsync(TestCentre.NextButton);
            await centre.RunAsync(3);
        }

        await using var web = await WebBench.StartAsync(centre);
        var lcd = (await web.GetAsync("/api/health")).Body.GetProperty("devices").EnumerateArray().Single(d => d.GetProperty("device").GetString() == "hall-lcd");
        Assert.Equal(("failed", 3, 2), (lcd.GetProperty("state").GetString(), lcd.GetProperty("failures").GetInt64(), lcd.GetProperty("recoveries").GetInt64()));
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task A_strangers_name_for_us_is_refused_and_our_own_names_pass(string host, HttpStatusCode expected)
    {
        await using var web = await WebBench.StartAsync();
        foreach (var name in (string[])[host, $"{host}:{web.Http.BaseAddress!.Port}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/queue");
            request.Headers.Host = name;
            var (status, body) = await web.SendAsync(request);
            Assert.Equal(expected, status);
            Assert.Equal(expected == HttpStatusCode.BadRequest, body.TryGetProperty("type", out var type) && type.GetString() == "urn:motcua:problem:foreign-host");
        }
    }

    [Theory]
    [InlineData("/api/tickets", """{"service":"dat-dai"}""", 404, "unknown-service")]
    [InlineData("/api/tickets", """{"service":"Đất đai"}""", 400, "bad-service")]
    [InlineData("/api/tickets", """{"service":null}""", 400, "bad-service")]
    [InlineData("/api/tickets", "{}", 400, "bad-service")]
    [InlineData("/api/tickets", "null", 400, "bad-request")]
    [InlineData("/api/tickets", """{"service":""", 400, "bad-request")]
    [InlineData("/api/tickets", "[]", 400, "bad-request")]
    [InlineData("/api/counters/7/next", null, 404, "unknown-counter")]
    [InlineData("/api/counters/100/next", null, 404, "unknown-counter")]
    [InlineData("/api/counters/1/next", null, 409, "nobody-waiting")]
    [InlineData("/api/counters/1/recall", null, 409, "counter-empty")]
    [InlineData("/api/counters/1/done", null, 409, "counter-empty")]
    [InlineData("/api/counters/x/next", null, 404, "not-found")]
    [InlineData("/api/nothing", null, 404, "not-found")]
    [InlineData("/api/queue", null, 405, "bad-method")]
    public async Task A_refusal_is_a_problem_in_vietnamese(string path, string? body, int status, string code)
    {
        await using var web = await WebBench.StartAsync();
        var (answered, problem) = await web.PostAsync(path, body);
        Assert.Equal(status, (int)answered);
        Assert.Equal($"urn:motcua:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Contains(problem.GetProperty("detail").GetString()!, c => c > 127);
    }

    [Fact]
    public async Task A_body_that_is_huge_or_no_json_is_refused()
    {
        await using var web = await WebBench.StartAsync();
        var (large, problem) = await web.PostAsync("/api/tickets", $$"""{"service":"{{new string('a', 20_000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large);
        Assert.Equal("urn:motcua:problem:too-large", problem.GetProperty("type").GetString());
        var (form, second) = await web.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/tickets") { Content = new StringContent("service=chung-thuc", Encoding.UTF8, "application/x-www-form-urlencoded") });
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form);
        Assert.Equal("urn:motcua:problem:not-json", second.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("self", true)]
    public async Task A_page_of_another_site_presses_no_button(string origin, bool taken)
    {
        await using var web = await WebBench.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/tickets") { Content = new StringContent("""{"service":"chung-thuc"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", origin == "self" ? web.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        var (status, _) = await web.SendAsync(request);
        Assert.Equal(taken ? HttpStatusCode.Created : HttpStatusCode.Forbidden, status);
        Assert.Equal(taken ? 1 : 0, web.Centre.Centre.Loop.Durable.State.Queue.WaitingCount);
    }

    [Fact]
    public async Task A_card_that_refuses_is_answered_with_503_and_the_same_number_comes_later()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        web.Centre.Disk.Dead = true;
        var (status, problem) = await web.PostAsync("/api/tickets", """{"service":"chung-thuc"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("urn:motcua:problem:not-durable", problem.GetProperty("type").GetString());
        web.Centre.Disk.Dead = false;
        Assert.Equal("A002", await web.IssueAsync());
    }

    [Fact]
    public async Task Many_clients_at_once_get_different_numbers_without_a_hole()
    {
        await using var web = await WebBench.StartAsync();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => web.IssueAsync()));
        Assert.Equal(Enumerable.Range(1, 100).Select(n => $"A{n:D3}"), numbers.Order());
    }
}
