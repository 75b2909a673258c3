using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Clerks;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>What the page of a counter is told and what its presses do, over the real web server.</summary>
public sealed class CounterPageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motcua-counter-page-");

    [Fact]
    public async Task The_picture_holds_what_is_here_why_who_is_next_and_what_can_be_undone()
    {
        await using var web = await WebBench.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await web.IssueAsync();
        }

        web.Centre.Time.Advance(TimeSpan.FromSeconds(90));
        var empty = await PictureAsync(web);
        Assert.Equal((3, JsonValueKind.Null), (empty.GetProperty("waiting").GetInt32(), empty.GetProperty("here").ValueKind));
        Assert.Equal(90_000, Now(web) - empty.GetProperty("longestSince").GetInt64());
        Assert.Equal("Theo thứ tự lấy số.", empty.GetProperty("next")[0].GetProperty("why").GetString());

        await web.PostAsync("/api/counters/1/next");
        web.Centre.Time.Advance(TimeSpan.FromSeconds(12));
        // The wall clock is set by an hour; what has passed has not.
        web.Centre.Time.StepWallClock(TimeSpan.FromHours(1));
        await web.IssueAsync();
        var called = await PictureAsync(web);
        var here = called.GetProperty("here");
        Assert.Equal(("A001", "called", "Theo thứ tự lấy số.", 2), (here.GetProperty("number").GetString(), here.GetProperty("stage").GetString(), here.GetProperty("why").GetString(), here.GetProperty("callsToMiss").GetInt32()));
        Assert.InRange(Now(web) - here.GetProperty("since").GetInt64(), 11_000, 13_000);

        await web.PostAsync("/api/counters/1/done");
        var undo = (await PictureAsync(web)).GetProperty("undo");
        Assert.Equal(("finish", "A001"), (undo.GetProperty("action").GetString(), undo.GetProperty("number").GetString()));
        Assert.InRange(undo.GetProperty("until").GetInt64() - Now(web), 4_000, 5_000);
        web.Centre.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(JsonValueKind.Null, (await PictureAsync(web)).GetProperty("undo").ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/counters/9")).Status);
    }

    [Fact]
    public async Task How_long_people_wait_does_not_move_with_the_wall_clock()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        web.Centre.Time.Advance(TimeSpan.FromSeconds(90));
        web.Centre.Time.StepWallClock(TimeSpan.FromHours(1));
        await web.IssueAsync();
        web.Centre.Time.StepWallClock(TimeSpan.FromHours(-2));
        await web.IssueAsync();
        var picture = await PictureAsync(web);
        Assert.InRange(Now(web) - picture.GetProperty("longestSince").GetInt64(), 89_000, 91_000);
        Assert.InRange(Now(web) - picture.GetProperty("next")[0].GetProperty("since").GetInt64(), 89_000, 91_000);
        Assert.InRange(Now(web) - (await web.GetAsync("/api/today")).Body.GetProperty("longestSince").GetInt64(), 89_000, 91_000);
    }

    [Fact]
    public async Task In_the_morning_a_press_finds_the_counter_as_the_page_showed_it()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        await web.PostAsync("/api/counters/1/next");
        web.Centre.Time.Advance(TimeSpan.FromDays(1));
        var morning = await PictureAsync(web);
        Assert.Equal((0, JsonValueKind.Null), (morning.GetProperty("waiting").GetInt32(), morning.GetProperty("here").ValueKind));
        Assert.Equal("urn:motcua:problem:nobody-waiting", (await PressAsync(web, "next", morning.GetProperty("sight").GetString()!, "m1")).Body.GetProperty("type").GetString());
        await web.IssueAsync();
        Assert.Equal(HttpStatusCode.OK, (await PressAsync(web, "next", (await PictureAsync(web)).GetProperty("sight").GetString()!, "m2")).Status);
    }

    [Fact]
    public async Task Why_a_ticket_was_called_is_known_after_a_restart()
    {
        var first = new TestCentre();
        await using (var web = await WebBench.StartAsync(first))
        {
            await web.IssueAsync();
            await web.PostAsync("/api/counters/1/next");
        }

        await using var again = await WebBench.StartAsync(new TestCentre(first.Disk, first.Time));
        Assert.Equal("Theo thứ tự lấy số.", (await PictureAsync(again)).GetProperty("here").GetProperty("why").GetString());
    }

    [Fact]
    public async Task Two_windows_that_press_at_once_call_one_number()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        var seen = (await PictureAsync(web)).GetProperty("sight").GetString()!;
        var both = await Task.WhenAll(PressAsync(web, "next", seen, "a1"), PressAsync(web, "next", seen, "b1"));
        Assert.Single(both, one => one.Status == HttpStatusCode.OK);
        var (status, problem) = Assert.Single(both, one => one.Status != HttpStatusCode.OK);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "Số A001 vừa được gọi ở cửa sổ khác; lần bấm này không tính."), (status, problem.GetProperty("detail").GetString()));
        Assert.Equal(1, (await PictureAsync(web)).GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task A_press_that_is_sent_again_is_done_once_and_answered_twice()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        var seen = (await PictureAsync(web)).GetProperty("sight").GetString()!;
        var first = await PressAsync(web, "next", seen, "once");
        web.Centre.Time.Advance(TimeSpan.FromSeconds(10));
        var second = await PressAsync(web, "next", seen, "once");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Body.GetProperty("seq").GetInt64(), second.Body.GetProperty("seq").GetInt64());
        Assert.Equal("A001", (await PictureAsync(web)).GetProperty("here").GetProperty("number").GetString());
        Assert.Equal("urn:motcua:problem:bad-sight", (await PressAsync(web, "next", "no sight", "x")).Body.GetProperty("type").GetString());
    }

    [Fact]
    public async Task With_pins_a_counter_asks_who_is_there_and_buttons_kiosks_and_boards_go_on()
    {
        Give(("Quầy 1", ClerkRole.Clerk, "739154"), ("Đội hỗ trợ", ClerkRole.Team, "604827"), ("Giám đốc", ClerkRole.Director, "482913"));
        await using var web = await WebBench.StartAsync(new TestCentre(clerks: new ClerkFile(folder.FullName)));
        await web.IssueAsync();
        foreach (var path in (string[])["/api/counters/1/next", "/API/Counters/1/next", "/api/counters/1/next/", "/api/centre/resume", "/api/services/ho-tich/resume", "/api/day/open", "/api/tickets/A001/return", "/api/tickets/A001/cancel", "/api/announcements", "/api/appointments"])
        {
            var (status, problem) = await web.PostAsync(path, "{}");
            Assert.True(status == HttpStatusCode.Unauthorized, path);
            Assert.Contains("mã PIN", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await web.GetAsync("/api/counters/1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await web.GetAsync("/api/queue")).Status);
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/sanh")).Status);
        await web.Centre.PressAsync(TestCentre.NextButton);
        Assert.Equal("A001", (await web.GetAsync("/api/queue")).Body.GetProperty("counters")[0].GetProperty("ticket").GetString());

        var before = (await web.GetAsync("/api/session")).Body;
        Assert.Equal((true, JsonValueKind.Null, 3), (before.GetProperty("needed").GetBoolean(), before.GetProperty("name").ValueKind, before.GetProperty("names").GetArrayLength()));
        Assert.Equal("Sai mã PIN. Còn 4 lần thử trước khi bị khóa.", (await LogInAsync(web, "Quầy 1", "000111")).Body.GetProperty("detail").GetString());
        Assert.Equal("urn:motcua:problem:too-soon", (await LogInAsync(web, "Quầy 1", "739154")).Body.GetProperty("type").GetString());
        web.Centre.Time.Advance(ClerkDesk.BetweenTries);
        Assert.Equal("clerk", (await LogInAsync(web, "Quầy 1", "739154")).Body.GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/counters/1/done")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await web.GetAsync("/api/today")).Status);

        await web.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await web.GetAsync("/api/counters/1")).Status);
        await LogInAsync(web, "Đội hỗ trợ", "604827");
        var (no, why) = await web.GetAsync("/api/counters/1");
        Assert.Equal((HttpStatusCode.Forbidden, "urn:motcua:problem:not-your-role"), (no, why.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/sanh/answer")).Status);
    }

    [Theory]
    [InlineData("POST", "/api/appointments", "10.0.0.7", true)]
    [InlineData("DELETE", "/api/appointments/HEN-1", "10.0.0.7", true)]
    [InlineData("POST", "/api/appointments/HEN-1/check-in", "10.0.0.7", false)]
    [InlineData("POST", "/api/self-test", "10.0.0.7", true)]
    [InlineData("POST", "/api/Self-Test/", "10.0.0.7", true)]
    [InlineData("GET", "/api/self-test", "10.0.0.7", false)]
    [InlineData("POST", "/api/self-test", "127.0.0.1", false)]
    [InlineData("POST", "/api/self-test", "::1", false)]
    public void Bookings_and_the_self_test_are_for_clerks_and_the_box_itself(string method, string path, string from, bool needs)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        (context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress) = (method, path, IPAddress.Parse(from));
        Assert.Equal(needs, ClerkDoor.WhoMay(context.Request) is not null);
    }

    [Fact]
    public async Task The_session_is_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        Give(("Quầy 1", ClerkRole.Clerk, "739154"));
        await using var web = await WebBench.StartAsync(new TestCentre(clerks: new ClerkFile(folder.FullName)));
        using var answer = await web.Http.PostAsync("/api/session", new StringContent("""{"name":"Quầy 1","pin":"739154"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^motcua-session=[A-Za-z0-9_-]{43}; max-age=43200; path=/; samesite=strict; httponly$", cookie);
        Assert.DoesNotContain("739154", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_tells_each_change_and_ends_when_the_pin_is_taken_away()
    {
        Give(("Quầy 1", ClerkRole.Clerk, "739154"));
        await using var web = await WebBench.StartAsync(new TestCentre(clerks: new ClerkFile(folder.FullName)));
        await LogInAsync(web, "Quầy 1", "739154");
        using var listener = await TvListener.AtAsync(web, "/api/counters/1/stream");
        await listener.PictureAsync(picture => picture.GetProperty("waiting").GetInt32() == 0);
        await web.IssueAsync();
        await listener.PictureAsync(picture => picture.GetProperty("waiting").GetInt32() == 1);
        Give(("Quầy 2", ClerkRole.Clerk, "604827"));
        while (await listener.NextAsync() is not ("ended", _))
        {
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Give(params (string Name, ClerkRole Role, string Pin)[] clerks) =>
        new ClerkFile(folder.FullName).Write([.. clerks.Select(clerk => Pin.Give(clerk.Name, clerk.Role, clerk.Pin, iterations: 10))]);

    private static Task<(HttpStatusCode Status, JsonElement Body)> LogInAsync(WebBench web, string name, string pin) =>
        web.PostAsync("/api/session", JsonSerializer.Serialize(new { name, pin }));

    private static async Task<JsonElement> PictureAsync(WebBench web) => (await web.GetAsync("/api/counters/1")).Body;

    private static long Now(WebBench web) => EdgeMonotone.Now(web.Centre.Time);

    private static Task<(HttpStatusCode Status, JsonElement Body)> PressAsync(WebBench web, string verb, string sight, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/counters/1/{verb}");
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{sight}\"");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return web.SendAsync(request);
    }
}
