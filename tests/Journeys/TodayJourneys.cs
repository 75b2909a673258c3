using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The director's day, before a whole edge.</summary>
public sealed class TodayJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Fact]
    public async Task The_director_sees_the_day_grow_prints_it_and_takes_it_away_as_a_table()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var day = await browser.StaffAsync(edge, 1366, 900);
        await day.OpenAsync("/today");
        await Expect(day.Page.Locator("#chart")).ToContainTextAsync("Hôm nay chưa có ai lấy số");
        await Expect(day.Page.Locator("#ratings")).ToContainTextAsync("Chưa có đánh giá");
        await AxeCheck.FindsNothingAsync(day.Page);
        for (var i = 0; i < 6; i++)
        {
            await day.IssueAsync();
        }

        await day.IssueAsync("dat-dai");
        await day.PostAsync("/api/counters/1/next");
        await day.PostAsync("/api/counters/1/serve");
        await day.PostAsync("/api/counters/1/done");
        await day.PostAsync("/api/rate/1", new { ticket = "A001", rating = "very-satisfied" });
        await day.PostAsync("/api/counters/2/next");
        await day.PostAsync("/api/help/quay-3", new { kind = "technical" });
        await Expect(day.Page.Locator("#figures div").Nth(2)).ToContainTextAsync("7");
        await Expect(day.Page.Locator("#ratings")).ToContainTextAsync("1 (100 %)");
        await Expect(day.Page.Locator("#chart svg")).ToBeVisibleAsync();
        await Expect(day.Page.Locator("#counters")).ToContainTextAsync("L001");
        await Expect(day.Page.Locator("#help")).ToContainTextAsync("Quầy 3");
        await AxeCheck.FindsNothingAsync(day.Page);
        await day.PictureAsync("today", whole: true);
        var csv = await (await day.Page.APIRequest.GetAsync($"{edge.Address}/api/today/table.csv")).TextAsync();
        Assert.Contains("\"Lĩnh vực: Đất đai\",\"1\"", csv, StringComparison.Ordinal);
        await day.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        var paper = await day.Page.PdfAsync(new PagePdfOptions { Format = "A4", PreferCSSPageSize = true });
        Assert.True(System.Text.Encoding.Latin1.GetString(paper).Split("/Type /Page\n").Length - 1 <= 2, "The day takes more than two sheets.");
        await day.PictureAsync("today-print", whole: true);
        day.SaidNothing();
    }

    [Fact]
    public async Task It_says_when_it_is_cut_off_and_goes_on_when_the_edge_is_back()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var day = await browser.StaffAsync(edge, 1920, 1080);
        await day.OpenAsync("/today");
        await day.IssueAsync();
        await edge.PowerCut();
        await day.IsCutAsync();
        await Expect(day.Cut).ToContainTextAsync("Mất kết nối");
        await edge.BootAsync();
        await day.IsLiveAsync(withinMs: 20_000);
        await Expect(day.Page.Locator("#figures div").Nth(2)).ToContainTextAsync("1");
        await day.PictureAsync("today-1080", whole: true);
        day.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task Only_the_director_sees_it()
    {
        await using var edge = await LiveEdge.StartAsync();
        await edge.GivePinAsync("Quầy 1", "739154");
        await edge.GivePinAsync("Giám đốc", "482913", "director");
        await using var day = await browser.StaffAsync(edge);
        await day.GoAsync("/today");
        await day.LogInAsync("Quầy 1", "739154");
        await Expect(day.Cut).ToContainTextAsync("dành cho giám đốc");
        await day.Page.Locator("#leave").ClickAsync();
        await Expect(day.Dialog).ToBeVisibleAsync();
        await day.LogInAsync("Giám đốc", "482913");
        await day.IsLiveAsync();
        day.SaidNothing(refused: true);
    }
}
