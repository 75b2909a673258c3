using System.Net;
using System.Text.Json;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>Rating at a counter, once for a ticket and only while its citizen may still stand there.</summary>
public sealed class RatingApiTests
{
    [Fact]
    public async Task Rating_opens_when_a_ticket_is_done_at_that_counter_and_closes_with_the_word()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.PostAsync("/api/counters/1/next");
        Assert.Null(await OpenAsync(web));
        Assert.Equal("rating-closed", await RefusedAsync(web, "A001", "satisfied"));
        await web.PostAsync("/api/counters/1/done");
        Assert.Equal("A001", await OpenAsync(web));
        Assert.Null(await OpenAsync(web, counter: 2));

        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/rate/1", """{"ticket":"A001","rating":"not-satisfied","reasons":["long-wait","other"]}""")).Status);
        var rated = Assert.Single(web.Centre.Events<TicketRated>());
        Assert.Equal(("A001", 1, "not-satisfied"), (rated.Number, rated.Counter, rated.Rating));
        Assert.Equal(["long-wait", "other"], rated.Reasons!);
        Assert.Null(await OpenAsync(web));
        Assert.Equal("rating-closed", await RefusedAsync(web, "A001", "satisfied"));
    }

    [Fact]
    public async Task It_closes_after_a_while_and_when_the_next_citizen_has_come()
    {
        await using var web = await WebBench.StartAsync();
        await ServeAsync(web, "A001");
        web.Centre.Time.Advance(RatingDoor.StaysOpen - TimeSpan.FromSeconds(1));
        Assert.Equal("A001", await OpenAsync(web));
        web.Centre.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await OpenAsync(web));
        Assert.Equal("rating-closed", await RefusedAsync(web, "A001", "satisfied"));

        await ServeAsync(web, "A002");
        await web.IssueAsync();
        await web.PostAsync("/api/counters/1/next");
        Assert.Equal("A002", await OpenAsync(web));
        await web.PostAsync("/api/counters/1/serve");
        Assert.Null(await OpenAsync(web));
        await web.PostAsync("/api/counters/1/done");
        await web.IssueAsync();
        web.Centre.Time.Advance(TimeSpan.FromSeconds(5));
        await web.PostAsync("/api/counters/1/next");
        Assert.Equal("A003", await OpenAsync(web));
        web.Centre.Time.Advance(RatingDoor.StaysOpenOnceCalled + TimeSpan.FromSeconds(1));
        Assert.Null(await OpenAsync(web));
        Assert.Equal("rating-closed", await RefusedAsync(web, "A003", "satisfied"));
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/tickets/A003/rate", """{"rating":"satisfied"}""")).Status);
    }

    [Fact]
    public async Task A_ticket_that_was_not_done_after_all_is_not_rated()
    {
        await using var web = await WebBench.StartAsync();
        await ServeAsync(web, "A001");
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/counters/1/undo")).Status);
        Assert.Null(await OpenAsync(web));
    }

    [Theory]
    [InlineData("""{"ticket":"A001","rating":"great"}""", 400, "bad-rating")]
    [InlineData("""{"ticket":"A001","rating":"not-satisfied","reasons":["the clerk at counter 3"]}""", 400, "bad-reasons")]
    [InlineData("""{"ticket":"A001","rating":"not-satisfied","reasons":["none"]}""", 400, "bad-reasons")]
    [InlineData("""{"ticket":"A001","rating":"satisfied","reasons":["long-wait"]}""", 409, "reasons-of-the-satisfied")]
    [InlineData("""{"ticket":"A009","rating":"satisfied"}""", 409, "rating-closed")]
    [InlineData("""{"ticket":"hello","rating":"satisfied"}""", 400, "bad-number")]
    public async Task A_word_that_is_none_is_refused(string body, int status, string code)
    {
        await using var web = await WebBench.StartAsync();
        await ServeAsync(web, "A001");
        var (answered, problem) = await web.PostAsync("/api/rate/1", body);
        Assert.Equal((status, $"urn:motcua:problem:{code}"), ((int)answered, problem.GetProperty("type").GetString()));
        Assert.Empty(web.Centre.Events<TicketRated>());
    }

    [Fact]
    public async Task A_counter_that_is_none_is_told_apart()
    {
        await using var web = await WebBench.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/rate/7")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/rate/1000")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/rate/7", """{"ticket":"A001","rating":"satisfied"}""")).Status);
    }

    private static async Task ServeAsync(WebBench web, string number)
    {
        Assert.Equal(number, await web.IssueAsync());
        web.Centre.Time.Advance(TimeSpan.FromSeconds(5));
        await web.PostAsync("/api/counters/1/next");
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/counters/1/done")).Status);
    }

    private static async Task<string?> OpenAsync(WebBench web, int counter = 1) => (await web.GetAsync($"/api/rate/{counter}")).Body.GetProperty("ticket").GetString();

    private static async Task<string?> RefusedAsync(WebBench web, string ticket, string rating)
    {
        var (status, problem) = await web.PostAsync("/api/rate/1", JsonSerializer.Serialize(new { ticket, rating }));
        Assert.Equal(HttpStatusCode.Conflict, status);
        return problem.GetProperty("type").GetString()!["urn:motcua:problem:".Length..];
    }
}
