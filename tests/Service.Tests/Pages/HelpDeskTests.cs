using System.Net;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class HelpDeskTests
{
    [Fact]
    public async Task Help_is_asked_taken_by_the_first_and_done_and_everyone_sees_each_step()
    {
        await using var web = await WebBench.StartAsync();
        await web.PostAsync("/api/help/sanh");
        web.Centre.Time.Advance(TimeSpan.FromMinutes(3));
        await web.PostAsync("/api/help/quay-2", """{"kind":"technical"}""");
        var asks = (await web.GetAsync("/api/help-desk")).Body.GetProperty("asks");
        Assert.Equal(("sanh", "other", "quay-2", "technical"), (
            asks[0].GetProperty("place").GetString(), asks[0].GetProperty("kind").GetString(), asks[1].GetProperty("place").GetString(), asks[1].GetProperty("kind").GetString()));
        Assert.Equal(180_000, EdgeMonotone.Now(web.Centre.Time) - asks[0].GetProperty("since").GetInt64());

        using var listener = await TvListener.AtAsync(web, "/api/help-desk/stream");
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help-desk/sanh/take", """{"member":7}""")).Status);
        await listener.PictureAsync(picture => picture.GetProperty("asks")[1].GetProperty("takenBy").ValueKind == System.Text.Json.JsonValueKind.Number);
        var (status, problem) = await web.PostAsync("/api/help-desk/sanh/take", """{"member":8}""");
        Assert.Equal((HttpStatusCode.Conflict, "Vừa có người khác nhận yêu cầu này."), (status, problem.GetProperty("detail").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/sanh/answer")).Status);
        await listener.PictureAsync(picture => picture.GetProperty("asks").GetArrayLength() == 1);
        Assert.Equal(7, Assert.Single(web.Centre.Events<HelpTaken>()).Member);
    }

    [Fact]
    public async Task Of_a_request_to_be_served_at_home_only_the_hamlet_and_a_code_are_kept()
    {
        await using var web = await WebBench.StartAsync();
        var (_, noted) = await web.PostAsync("/api/help-desk/home", """{"area":"Khu 5"}""");
        var code = noted.GetProperty("code").GetString()!;
        Assert.Matches("^nha-[1-9][0-9]{3}$", code);
        Assert.Equal(new HelpRequested(new DateOnly(2026, 11, 23), code, "home", "Khu 5"), Assert.Single(web.Centre.Events<HelpRequested>()));
        var (status, problem) = await web.PostAsync("/api/help-desk/home", """{"area":"Khu 5 nhà anh Nam"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "urn:motcua:problem:bad-area"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(0, (await web.GetAsync("/api/queue")).Body.GetProperty("help").GetArrayLength());
        using (var hall = await web.Http.GetAsync("/api/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        using (var lines = new StreamReader(await hall.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)))
        {
            await web.PostAsync("/api/help-desk/home", """{"area":"Khu 6"}""");
            var told = "";
            while (!told.Contains("help.requested", StringComparison.Ordinal))
            {
                told = (await lines.ReadLineAsync(TestContext.Current.CancellationToken))!;
            }

            Assert.DoesNotContain("Khu", told, StringComparison.Ordinal);
        }

        Assert.Equal("urn:motcua:problem:help-of-staff", (await web.PostAsync($"/api/help/{code}/withdraw")).Body.GetProperty("type").GetString());
        Assert.Equal("urn:motcua:problem:bad-kind", (await web.PostAsync("/api/help/sanh", """{"kind":"x"}""")).Body.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_device_that_does_not_work_is_told_with_what_to_do()
    {
        await using var web = await WebBench.StartAsync();
        web.Centre.Centre.Devices.Fault("edge", "config.bad", "line 3", present: true);
        var fault = Assert.Single((await web.GetAsync("/api/help-desk")).Body.GetProperty("faults").EnumerateArray(), one => one.GetProperty("device").GetString() == "edge");
        Assert.False(string.IsNullOrEmpty(fault.GetProperty("whatToDo").GetString()));
        Assert.False(fault.GetProperty("asked").GetBoolean());
        await web.PostAsync("/api/help/edge", """{"kind":"device"}""");
        Assert.Contains((await web.GetAsync("/api/help-desk")).Body.GetProperty("faults").EnumerateArray(), one => one.GetProperty("device").GetString() == "edge" && one.GetProperty("asked").GetBoolean());
    }
}
