using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A page of the staff as they use it: a counter, the help desk, the day.</summary>
internal sealed class StaffPage(LiveEdge edge, IPage page) : IAsyncDisposable
{
    private readonly Complaints complaints = new(page);

    public IPage Page => page;

    public ILocator Big => page.Locator("#big");

    public ILocator BigLabel => page.Locator("#big-label");

    public ILocator Number => page.Locator("#number");

    public ILocator Told => page.Locator("#told");

    public ILocator Cut => page.Locator("#cut");

    public ILocator Stage => page.Locator("#stage");

    public ILocator Dialog => page.Locator("dialog[open]");

    public ILocator Key(int number) => page.Locator($"#keys [data-key='{number}']");

    public ILocator Next => page.Locator("#next li");

    public ILocator Aside => page.Locator("#aside li");

    public Task GoAsync(string path) => page.GotoAsync(edge.Address + path);

    /// <summary>Opens it and waits until it is live.</summary>
    public async Task OpenAsync(string path)
    {
        await GoAsync(path);
        await IsLiveAsync();
    }

    public Task IsLiveAsync(float withinMs = 10_000) => Expect(page.Locator("#main")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = withinMs });

    public Task IsCutAsync() => Expect(page.Locator("#main")).ToHaveAttributeAsync("data-state", "cut");

    /// <summary>Waits for the rest after an action, then presses the big button.</summary>
    public async Task PressBigAsync(string label)
    {
        await Expect(BigLabel).ToHaveTextAsync(label);
        await RestAsync();
        await Big.ClickAsync();
    }

    /// <summary>Outlasts the time in which the second half of a double click counts for nothing.</summary>
    public static Task RestAsync() => Task.Delay(TimeSpan.FromMilliseconds(900), TimeProvider.System, TestContext.Current.CancellationToken);

    public async Task ShowsAsync(string number, string big)
    {
        await Expect(Number).ToHaveTextAsync(number);
        await Expect(BigLabel).ToHaveTextAsync(big);
    }

    public async Task LogInAsync(string name, string pin)
    {
        await page.Locator("#log-in-name").SelectOptionAsync(name);
        await page.Locator("#log-in-pin").FillAsync(pin);
        await page.Locator("#log-in button").ClickAsync();
    }

    public Task IssueAsync(string service = "chung-thuc", string? priority = null) => PostAsync("/api/tickets", new { service, priority });

    public async Task PostAsync(string path, object? body = null)
    {
        var answer = await page.APIRequest.PostAsync(edge.Address + path, body is null ? null : new APIRequestContextOptions { DataObject = body });
        Assert.True(answer.Ok, $"{path}: {answer.Status}");
    }

    public Task PictureAsync(string name, bool whole = false) => page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Picture(name), FullPage = whole });

    /// <inheritdoc cref="Complaints.AreNone"/>
    /// <param name="refused">The browser notes each answer that is a refusal; a page cannot prevent that.</param>
    public void SaidNothing(bool edgeWasAway = false, bool refused = false) => complaints.AreNone(edgeWasAway, refused);

    public ValueTask DisposeAsync() => page.Context.DisposeAsync();
}
