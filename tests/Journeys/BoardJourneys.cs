using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The television of the hall behind a real browser, before a whole edge.</summary>
public sealed class BoardJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    /// <summary>Counts what people would hear and see, from before the page begins.</summary>
    private const string Witness = """
        window.rings = 0;
        window.marks = 0;
        HTMLMediaElement.prototype.play = function () { window.rings += this.src.endsWith('/chime.wav') ? 1 : 0; return Promise.resolve(); };
        document.addEventListener('animationstart', event => { window.marks += event.target.id === 'stage' ? 1 : 0; });
        """;

    [Fact]
    public async Task A_call_fills_the_screen_moves_to_the_list_and_is_answered_for()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge);
        await tv.GoAsync();
        await Expect(tv.Page.Locator("#words")).ToHaveTextAsync("Mời quý vị lấy số và chờ gọi");
        await tv.IssueAsync();
        await tv.IssueAsync("dat-dai");
        await Expect(tv.Waiting).ToContainTextAsync("1Chứng thực");

        var answer = await tv.Page.RunAndWaitForResponseAsync(() => tv.NextAsync(1), response => response.Url.EndsWith("/shown", StringComparison.Ordinal) && response.Request.PostData!.Contains(":[", StringComparison.Ordinal) && !response.Request.PostData.Contains("[]", StringComparison.Ordinal));
        Assert.Equal("""{"known":1}""", await answer.TextAsync());
        await tv.ShowsAsync("A001", 1);
        await Expect(tv.Stage).ToHaveClassAsync("stage new");
        await tv.PictureAsync("board-call");
        await tv.NextAsync(2);
        // The first is still being spoken, so it stays first everywhere; then the voice comes to the second.
        await Expect(tv.Rows.First).ToContainTextAsync("L0012", new() { Timeout = 5_000 });
        await Expect(tv.Number).ToHaveTextAsync("L001", new() { Timeout = 30_000 });
        await Expect(tv.Rows.First).ToContainTextAsync("A0011");
        Assert.Equal("ready", await tv.StateOfAsync("tv-sanh"));
        await tv.PictureAsync("board-two-calls");
        tv.SaidNothing();
    }

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(1366, 768)]
    public async Task Everything_can_be_read_at_eight_metres_and_nothing_is_cut(int width, int height)
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge, width, height);
        await tv.GoAsync();
        for (var ticket = 0; ticket < 12; ticket++)
        {
            await tv.IssueAsync();
        }

        await tv.IssueAsync("dat-dai");
        await tv.IssueAsync("ho-tro-truc-tuyen");
        await tv.NextAsync(1);
        await tv.NextAsync(2);
        await tv.NextAsync(3);
        await Expect(tv.Rows).ToHaveCountAsync(2);
        await AreLegibleAsync(tv, atLeast: 12);
        await tv.PictureAsync($"board-{height}");
        await edge.PowerCut();
        await Expect(tv.Lost).ToBeVisibleAsync();
        await AreLegibleAsync(tv, atLeast: 2);
    }

    [Fact]
    public async Task A_person_who_sees_badly_can_read_it()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge);
        await tv.GoAsync();
        await AxeCheck.FindsNothingAsync(tv.Page);
        await tv.IssueAsync();
        await tv.NextAsync(1);
        await tv.ShowsAsync("A001", 1);
        await Expect(tv.Stage).ToHaveClassAsync("stage", new() { Timeout = 15_000 });
        await AxeCheck.FindsNothingAsync(tv.Page);
        tv.SaidNothing();
    }

    [Fact]
    public async Task A_TV_that_was_cut_off_says_so_and_shows_the_truth_when_it_is_back_without_ringing_for_what_is_past()
    {
        await using var edge = await LiveEdge.StartAsync(edit: yaml => yaml.Replace($"code: {BoardPage.Code}", $"code: {BoardPage.Code}, sound: calls", StringComparison.Ordinal));
        await using var tv = await browser.TelevisionAsync(edge);
        await tv.Page.AddInitScriptAsync(Witness);
        await tv.GoAsync();
        await tv.IssueAsync();
        await tv.IssueAsync();
        await tv.IssueAsync();
        await tv.NextAsync(1);
        await tv.ShowsAsync("A001", 1);
        await RangAsync(tv, 1);

        await edge.PowerCut();
        await Expect(tv.Lost).ToContainTextAsync("MẤT KẾT NỐI");
        await Expect(tv.Screen).ToBeHiddenAsync();
        await AxeCheck.FindsNothingAsync(tv.Page);
        await tv.PictureAsync("board-cut-off");

        // The edge is back before the television's network is, and calls meanwhile.
        await tv.Page.Context.SetOfflineAsync(true);
        await edge.BootAsync();
        await tv.NextAsync(3);
        await tv.Page.Context.SetOfflineAsync(false);
        await Expect(tv.Lost).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await Expect(tv.Page.Locator("#screen")).ToContainTextAsync("A002");
        await Expect(tv.Page.Locator("#screen")).ToContainTextAsync("A001");
        await tv.NextAsync(1);
        await Expect(tv.Page.Locator("#screen")).ToContainTextAsync("A003");
        await RangAsync(tv, 2);
        Assert.Equal("ready", await tv.StateOfAsync("tv-sanh"));
        tv.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task When_the_voice_stays_silent_the_TV_blinks_and_rings_in_its_place()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge);
        await tv.Page.AddInitScriptAsync(Witness);
        await tv.GoAsync();
        await tv.BreakAsync("speaker", "unplugged", on: true);
        await tv.IssueAsync();
        await tv.NextAsync(1);
        await tv.ShowsAsync("A001", 1);
        // Twice, six seconds apart, after the blinking of the call itself.
        await tv.UntilAsync("window.rings === 2 && window.marks >= 2", withinSeconds: 40);
        tv.SaidNothing();
    }

    [Fact]
    public async Task Who_bears_no_blinking_sees_a_frame_instead()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge, motion: ReducedMotion.Reduce);
        await tv.Page.AddInitScriptAsync(Witness);
        await tv.GoAsync();
        await tv.IssueAsync();
        await tv.NextAsync(1);
        await Expect(tv.Stage).ToHaveClassAsync("stage new");
        Assert.Equal("none solid", await tv.Stage.EvaluateAsync<string>("stage => `${getComputedStyle(stage).animationName} ${getComputedStyle(stage).outlineStyle}`"));
        Assert.Equal(0, await tv.Page.EvaluateAsync<int>("window.marks"));
    }

    [Fact]
    public async Task A_page_without_the_code_looks_on_and_answers_for_nothing()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var tv = await browser.TelevisionAsync(edge);
        var receipts = 0;
        tv.Page.Request += (_, request) => receipts += request.Url.EndsWith("/shown", StringComparison.Ordinal) ? 1 : 0;
        await tv.GoAsync("/board");
        await tv.IssueAsync();
        await tv.NextAsync(1);
        await tv.ShowsAsync("A001", 1);
        await tv.GoAsync("/board/nottheone");
        await Expect(tv.Page.Locator("#line")).ToContainTextAsync("Mã TV trong địa chỉ chưa đúng");
        await tv.ShowsAsync("A001", 1);
        Assert.Equal(0, receipts);
        tv.SaidNothing();
    }

    private static async Task RangAsync(BoardPage tv, int times) => Assert.Equal(times, await tv.Page.EvaluateAsync<int>("window.rings"));

    private static async Task AreLegibleAsync(BoardPage tv, int atLeast)
    {
        var seen = JsonSerializer.Deserialize<Letters[]>(await tv.Page.EvaluateAsync<string>($"() => JSON.stringify(({Repository.Script("scripts", "measure.js")})())"), JsonSerializerOptions.Web)!;
        Assert.True(seen.Length >= atLeast, $"Only {seen.Length} texts were measured.");
        Assert.Contains(seen, one => one.Key);
        Assert.All(seen, one => Assert.True(one.Inside && one.Fits, $"{one.What} is cut off."));
        // 16 minutes of arc at 8 m on 535 mm for what people act by, 10 for everything else; the page's style sheet says why.
        Assert.All(seen, one => Assert.True(one.Percent >= (one.Key ? 6.96 : 4.35), $"{one.What} is {one.Percent:F2} % of the height."));
    }

    private sealed record Letters(string What, bool Key, double Percent, bool Inside, bool Fits);
}
