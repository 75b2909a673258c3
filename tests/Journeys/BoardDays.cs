using System.Text.Json;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>Days of a television in virtual time: the real page over a line, a clock and an edge that a script plays.</summary>
public sealed class BoardDays(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const string Hall = """
        hall.base = { version: '1', epoch: 'e1', name: 'Phường Việt Trì', notice: null, told: null, flash: null, spoken: null, texts: [], waiting: [], calls: [],
          tv: { id: 'tv-sanh', sound: 'calls', cameraNotice: true, asked: 0 } };
        hall.current = hall.base;
        """;

    [Fact]
    public async Task Three_days_and_ten_thousand_calls_leave_the_page_as_light_as_it_was_and_every_call_shown_rung_and_answered_for_once()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await OpenAsync(edge);
        // Every hundredth call comes while the line is gone.
        var warm = await CallsAsync(tv, calls: 1_000, from: 1);
        var before = await WeightAsync(tv);
        var all = await CallsAsync(tv, calls: 9_000, from: 1_001);
        var after = await WeightAsync(tv);

        Assert.True(all.Hours >= 72, $"Only {all.Hours} hours.");
        Assert.Equal((990, 10, 1_000), (warm.Live, warm.Cuts, warm.Shown));
        Assert.Equal((8_910, 90, 9_000), (all.Live, all.Cuts, all.Shown));
        Assert.Equal((0, 0), (warm.Unanswered, all.Unanswered));
        Assert.Equal(9_900, all.Rings);
        // What still stands after a cut is told anew: the edge may have been another one meanwhile.
        Assert.InRange(all.Doubled, 0, 3 * 100);
        Assert.InRange(all.Most, 1, 5);
        Assert.Equal((warm.Children, warm.Timers), (all.Children, all.Timers));
        Assert.InRange(all.Timers, 1, 8);
        Assert.InRange(after.Nodes, 1, before.Nodes + 40);
        Assert.InRange(after.Listeners, 1, before.Listeners + 4);
        // The script itself remembers each call that was answered for, some 60 bytes.
        Assert.InRange(after.Bytes - before.Bytes, double.MinValue, 1_500_000);
        tv.SaidNothing();
    }

    [Fact]
    public async Task Silence_on_the_line_is_told_within_seconds_and_a_wall_clock_that_is_set_is_no_silence()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await OpenAsync(edge);
        await tv.Page.EvaluateAsync("hall.pass(60000)");
        await Expect(tv.Lost).ToBeHiddenAsync();
        await tv.Page.EvaluateAsync("hall.pass(6000, false)");
        await Expect(tv.Lost).ToBeHiddenAsync();
        await tv.Page.EvaluateAsync("hall.pass(2000, false)");
        // It asked for a new line at once, which brought the picture.
        await Expect(tv.Lost).ToBeHiddenAsync();
        Assert.Equal(2, await tv.Page.EvaluateAsync<int>("hall.opened"));
        await tv.Page.EvaluateAsync("hall.cut(); hall.pass(3500, false)");
        await Expect(tv.Lost).ToBeVisibleAsync();
        await tv.Page.EvaluateAsync("hall.pass(60000, false)");
        Assert.InRange(await tv.Page.EvaluateAsync<int>("hall.opened"), 8, 20);
        await tv.Page.EvaluateAsync("hall.down = false; hall.pass(6000)");
        await Expect(tv.Lost).ToBeHiddenAsync();
        tv.SaidNothing();
    }

    [Fact]
    public async Task Nothing_stands_still_for_long_enough_to_burn_in_and_nothing_flashes_three_times_a_second()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await OpenAsync(edge);
        HashSet<string> places = [];
        HashSet<string> lines = [];
        for (var minute = 0; minute < 16; minute++)
        {
            await tv.Page.EvaluateAsync("hall.pass(65000)");
            places.Add(await tv.Screen.EvaluateAsync<string>("screen => screen.style.transform"));
            lines.Add(await tv.Page.Locator("#place").TextContentAsync() ?? "");
            Assert.True(await tv.Screen.EvaluateAsync<bool>("screen => { const box = screen.getBoundingClientRect(); return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight; }"));
        }

        Assert.InRange(places.Count, 12, 16);
        Assert.InRange(lines.Count, 2, 4);
        await tv.Page.EvaluateAsync("hall.current = Object.assign({}, hall.base, { calls: [{ id: 5, number: 'A005', counter: 1 }] }); hall.send(hall.current)");
        Assert.Equal("1s", await tv.Stage.EvaluateAsync<string>("stage => getComputedStyle(stage).animationDuration"));
    }

    [Fact]
    public async Task Pictures_and_films_run_while_nobody_is_called_and_give_way_at_once()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge);
        await tv.GoAsync();
        // The browser makes the films itself, so that it can surely play them.
        await edge.PutMediaAsync("1.png", await tv.Page.ScreenshotAsync());
        await edge.PutMediaAsync("2.webm", Convert.FromBase64String(await tv.Page.EvaluateAsync<string>(Repository.Script("scripts", "film.js"))));
        await edge.PutMediaAsync("3.png", [0x89, .. "PNG\r\n and then nothing of one"u8]);
        var files = await tv.Page.EvaluateAsync<string>("fetch('/api/board/media').then(answer => answer.text())");
        Assert.Equal("""{"files":[{"url":"/api/board/media/1.png","film":false},{"url":"/api/board/media/2.webm","film":true},{"url":"/api/board/media/3.png","film":false}]}""", files);

        await using var still = await OpenAsync(edge);
        var (show, film) = (still.Page.Locator("#show"), still.Page.Locator("#show video"));
        await still.Page.EvaluateAsync($"hall.media = {files}.files; hall.pass(15000)");
        await Expect(show).ToBeHiddenAsync();
        await still.Page.EvaluateAsync("hall.pass(8000)");
        await Expect(show.Locator("img")).ToBeVisibleAsync();
        Assert.True(await show.Locator("img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth === 1920)"));
        await still.PictureAsync("board-slide");
        await still.Page.EvaluateAsync("hall.pass(12000)");
        await Expect(film).ToBeVisibleAsync();
        await still.UntilAsync("document.querySelector('#show video').currentTime > 0.1");

        // A call takes the stage before anything else happens, and the film stops with its sound.
        await still.Page.EvaluateAsync("hall.current = Object.assign({}, hall.base, { calls: [{ id: 9, number: 'A009', counter: 2 }] }); hall.send(hall.current)");
        await Expect(show).ToBeHiddenAsync();
        Assert.True(await film.EvaluateAsync<bool>("film => film.paused"));
        await still.ShowsAsync("A009", 2);
        await still.Page.EvaluateAsync("hall.pass(22000)");
        await Expect(film).ToBeVisibleAsync();
        // While it is shown the call stands in the list.
        await Expect(still.Rows.First).ToContainTextAsync("A0092");
        await still.PictureAsync("board-film");
        // What cannot be drawn is left out, and the round begins anew.
        await still.Page.EvaluateAsync("document.querySelector('#show video').onended(); hall.pass(1000)");
        await still.UntilAsync("hall.pass(1000).then(() => document.querySelector('#show img').src.endsWith('1.png') && !document.querySelector('#show img').hidden)");
        still.SaidNothing();
    }

    private async Task<BoardPage> OpenAsync(LiveEdge edge)
    {
        var tv = await browser.TelevisionAsync(edge);
        await tv.Page.AddInitScriptAsync(Repository.Script("scripts", "virtual-hall.js") + Hall);
        await tv.Page.GotoAsync($"{edge.Address}/board/{BoardPage.Code}");
        await tv.UntilAsync("hall.line !== null");
        await tv.Page.EvaluateAsync("hall.pass(1000)");
        await Expect(tv.Screen).ToHaveAttributeAsync("data-state", "live");
        return tv;
    }

    private static async Task<Told> CallsAsync(BoardPage tv, int calls, int from) => JsonSerializer.Deserialize<Told>(
        await tv.Page.EvaluateAsync<string>(Repository.Script("scripts", "three-days.js"), new { calls, from, everyMs = 26_000, cutEvery = 100, cutMs = 20_000 }), JsonSerializerOptions.Web)!;

    private static async Task<(double Bytes, int Nodes, int Listeners)> WeightAsync(BoardPage tv)
    {
        var tools = await tv.Page.Context.NewCDPSessionAsync(tv.Page);
        await tools.SendAsync("HeapProfiler.collectGarbage");
        var heap = await tools.SendAsync("Runtime.getHeapUsage");
        var counts = await tools.SendAsync("Memory.getDOMCounters");
        await tools.DetachAsync();
        return (heap!.Value.GetProperty("usedSize").GetDouble(), counts!.Value.GetProperty("nodes").GetInt32(), counts.Value.GetProperty("jsEventListeners").GetInt32());
    }

    private sealed record Told(int Live, int Cuts, int Shown, int Rings, int Most, int Timers, double Hours, int Unanswered, int Doubled, int Children);
}
