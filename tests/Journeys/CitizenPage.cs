using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A page that citizens touch: the kiosk, the look-up, the faces at a counter.</summary>
internal sealed class CitizenPage(LiveEdge edge, IPage page) : IAsyncDisposable
{
    private readonly Complaints complaints = new(page);

    public IPage Page => page;

    public ILocator Number => page.Locator("#number");

    public ILocator Slip => page.Locator("#slip");

    public ILocator Field(string name) => page.Locator($"[data-field='{name}']");

    public ILocator Service(string code) => Field($"service-{code}");

    public ILocator Found(int place) => page.Locator("#found button").Nth(place);

    public ILocator Face(string rating) => page.Locator($"[data-rating={rating}]");

    public async Task GoAsync(string path, string screen)
    {
        await page.GotoAsync(edge.Address + path);
        await IsAtAsync(screen);
    }

    public Task IsAtAsync(string screen, float withinMs = 10_000) => Expect(page.Locator($"body[data-screen={screen}]")).ToHaveCountAsync(1, new() { Timeout = withinMs });

    public async Task<JsonElement> GetAsync(string path) => (await (await page.APIRequest.GetAsync(edge.Address + path)).JsonAsync())!.Value;

    public async Task<byte[]> BytesAsync(string path) => await (await page.APIRequest.GetAsync(edge.Address + path)).BodyAsync();

    public async Task PostAsync(string path, object? body = null)
    {
        var answer = await page.APIRequest.PostAsync(edge.Address + path, body is null ? null : new APIRequestContextOptions { DataObject = body });
        Assert.True(answer.Ok, $"{path}: {answer.Status}");
    }

    public Task BreakAsync(string device, string fault, bool on) => PostAsync("/lab/faults", new { device, fault, on });

    public Task PictureAsync(string name) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Picture(name) });

    /// <summary>What an older person needs: letters and targets that are large enough, and nothing cut off or outside of the glass.</summary>
    public async Task IsLargeEnoughAsync(double letters, double targets) =>
        Assert.Empty(JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Repository.Script("scripts", "legible.js"), new { letters, targets }))!);

    /// <summary>All of it stands on the glass.</summary>
    public async Task HasNothingToScrollAsync() => Assert.Empty(await page.EvaluateAsync<string[]>(
        "[document.documentElement, document.querySelector('main')].filter(one => one.scrollHeight > one.clientHeight + 1).map(one => `${document.body.dataset.screen} ${one.tagName}: ${one.scrollHeight} of ${one.clientHeight}`)"));

    /// <inheritdoc cref="Complaints.AreNone"/>
    public void SaidNothing(bool edgeWasAway = false) => complaints.AreNone(edgeWasAway);

    /// <summary>The browser itself notes each refusal of the edge; a page cannot prevent that.</summary>
    public void SaidOnlyWhatTheEdgeRefused(bool edgeWasAway = false) => complaints.AreRefusalsOnly(edgeWasAway);

    public async ValueTask DisposeAsync() => await page.Context.DisposeAsync();
}
