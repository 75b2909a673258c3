using System.Globalization;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>Every page weighs less than 150 KB and shows something within half a second. Alone on the machine, since it is timed.</summary>
[Collection(nameof(FirstPaintJourneys))]
[CollectionDefinition(nameof(FirstPaintJourneys), DisableParallelization = true)]
public sealed class FirstPaintJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const int Visits = 3;

    [Fact]
    public async Task Each_page_is_light_and_there_at_once()
    {
        await using var edge = await LiveEdge.StartAsync();
        (string Path, string Ready)[] pages =
        [
            ("/kiosk", "body[data-screen=home]"), ("/lookup?kiosk=1", "body[data-screen=search]"), ("/rate/1", "body[data-screen=idle]"), ("/counter/1", "#main[data-state=live]"), ("/help", "#main[data-state=live]"),
            ("/today", "#main[data-state=live]"), ($"/board/{BoardPage.Code}", "#screen[data-state=live]"), ("/lab", "#main:not([inert])"),
        ];
        List<string> tooMuch = [];
        foreach (var (path, ready) in pages)
        {
            var (bytes, soonest) = (0L, double.MaxValue);
            for (var visit = 0; visit < Visits; visit++)
            {
                // A window of its own has nothing in its cache. Of what has no end, the stream, nothing counts; of what stands in a frame, the television of the lab, nothing either.
                var page = await browser.OpenAsync("about:blank");
                var complaints = new Complaints(page);
                var weight = 0L;
                page.Response += (_, response) => weight += response.Frame == page.MainFrame && response.Headers.TryGetValue("content-length", out var length) ? long.Parse(length, CultureInfo.InvariantCulture) : 0;
                await page.GotoAsync(edge.Address + path);
                await Expect(page.Locator(ready)).ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 20_000 });
                soonest = Math.Min(soonest, await page.EvaluateAsync<double>("new Promise(seen => new PerformanceObserver(list => seen(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))"));
                bytes = Math.Max(bytes, weight);
                complaints.AreNone();
                await page.Context.CloseAsync();
            }

            if (bytes is < 10_000 or > 150_000 || soonest is < 1 or > 500)
            {
                tooMuch.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {bytes:N0} bytes, {soonest:F0} ms"));
            }
        }

        Assert.Empty(tooMuch);
    }
}
