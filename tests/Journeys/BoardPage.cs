using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The page of a television, and hands at the counters.</summary>
internal sealed class BoardPage(LiveEdge edge, IPage page) : IAsyncDisposable
{
    /// <summary>The demo's code.</summary>
    public const string Code = "viettri1";

    private readonly Complaints complaints = new(page);

    public IPage Page => page;

    public ILocator Number => page.Locator("#number");

    public ILocator Counter => page.Locator("#counter");

    public ILocator Stage => page.Locator("#stage");

    public ILocator Rows => page.Locator("#rows tr:not([hidden])");

    public ILocator Waiting => page.Locator("#waiting");

    public ILocator Lost => page.Locator("#lost");

    public ILocator Screen => page.Locator("#screen");

    public async Task GoAsync(string path = $"/board/{Code}")
    {
        await page.GotoAsync(edge.Address + path);
        await Expect(Screen).ToHaveAttributeAsync("data-state", "live");
    }

    public Task IssueAsync(string service = "chung-thuc") => PostAsync("/api/tickets", new { service });

    public Task NextAsync(int counter) => PostAsync($"/api/counters/{counter}/next");

    public Task BreakAsync(string device, string fault, bool on) => PostAsync("/lab/faults", new { device, fault, on });

    public async Task ShowsAsync(string number, int counter)
    {
        await Expect(Number).ToHaveTextAsync(number);
        await Expect(Counter).ToHaveTextAsync($"QUẦY {counter}");
    }

    /// <summary>What the edge knows of a device.</summary>
    public async Task<string> StateOfAsync(string device)
    {
        var health = await (await page.APIRequest.GetAsync($"{edge.Address}/api/health")).JsonAsync();
        return health!.Value.GetProperty("devices").EnumerateArray().FirstOrDefault(one => one.GetProperty("device").GetString() == device) is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("state").GetString()! : "unknown";
    }

    /// <summary>Waits outside of the page, whose own clock a script may have in its hands.</summary>
    public async Task UntilAsync(string holds, int withinSeconds = 20)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await page.EvaluateAsync<bool>(holds))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(withinSeconds), $"It never became true: {holds}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task PictureAsync(string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Picture(name) });

    /// <inheritdoc cref="Complaints.AreNone"/>
    public void SaidNothing(bool edgeWasAway = false) => complaints.AreNone(edgeWasAway);

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();

    private async Task PostAsync(string path, object? body = null)
    {
        var answer = await page.APIRequest.PostAsync(edge.Address + path, body is null ? null : new APIRequestContextOptions { DataObject = body });
        Assert.True(answer.Ok, $"{path}: {answer.Status}");
    }
}
