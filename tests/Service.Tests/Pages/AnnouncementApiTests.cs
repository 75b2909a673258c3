using System.Net;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class AnnouncementApiTests
{
    [Fact]
    public async Task A_clerk_has_something_said_later_sees_it_and_takes_it_back()
    {
        await using var web = await StartAsync();
        var at = web.Centre.Time.GetUtcNow().AddHours(1).ToString("O");
        var (status, answer) = await web.PostAsync("/api/announcements", $$"""{"text":"Trung tâm nghỉ trưa.","at":"{{at}}"}""");
        Assert.Equal((HttpStatusCode.Created, "scheduled"), (status, answer.GetProperty("state").GetString()));

        var (_, all) = await web.GetAsync("/api/announcements");
        Assert.Equal("Trung tâm nghỉ trưa.", all.GetProperty("announcements")[0].GetProperty("text").GetString());
        Assert.Equal("an-trua.txt", all.GetProperty("guidance")[0].GetString());
        var id = answer.GetProperty("id").GetString();
        Assert.Equal((HttpStatusCode.OK, "cancelled"), await web.PostAsync($"/api/announcements/{id}/cancel") is var (code, body) ? (code, body.GetProperty("state").GetString()) : default);
        Assert.Equal(HttpStatusCode.Conflict, (await web.PostAsync($"/api/announcements/{id}/cancel")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/announcements/thong-bao-99/cancel")).Status);
    }

    [Fact]
    public async Task A_file_of_guidance_is_said_by_its_name()
    {
        await using var web = await StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await web.PostAsync("/api/announcements", """{"guidance":"an-trua.txt"}""")).Status);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"một\u0007"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":17}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"Một","at":"hôm nay"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"text":"Một","at":"2020-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"guidance":"../centre.yaml"}""", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_said_is_refused(string json, HttpStatusCode expected)
    {
        await using var web = await StartAsync();

        Assert.Equal(expected, (await web.PostAsync("/api/announcements", json)).Status);
    }

    [Fact]
    public async Task Ten_thousand_characters_are_refused_in_words()
    {
        await using var web = await StartAsync();
        var (status, problem) = await web.PostAsync("/api/announcements", $$"""{"text":"{{new string('a', 10_000)}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"1–{Devices.Speech.Announcement.MaxTextLength} ký tự", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static Task<WebBench> StartAsync() => WebBench.StartAsync(new TestCentre(guidance: new ShelfOf(("an-trua.txt", "Trung tâm nghỉ trưa."))));
}
