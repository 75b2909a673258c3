using Microsoft.Playwright;
using Xunit;

namespace MotCua.Journeys;

/// <summary>The system's Chromium, started once for a class of journeys. Nothing is downloaded.</summary>
public sealed class SystemBrowser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await LaunchAsync(playwright);
        Assertions.SetDefaultExpectTimeout(10_000);
    }

    /// <param name="more">Further switches of Chromium.</param>
    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] more) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Chromium,
        Args =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", .. more,
        ],
    });

    /// <summary>A window of its own: nothing is shared with other journeys.</summary>
    internal async Task<LabPage> OpenAsync(LiveEdge edge, int width = 1366, int height = 768, ColorScheme colours = ColorScheme.Light)
    {
        var page = new LabPage(await NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = colours }));
        await page.GoAsync(edge.Address);
        return page;
    }

    /// <summary>A window on any page of ours.</summary>
    internal async Task<IPage> OpenAsync(string address)
    {
        var page = await NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1366, Height = 900 } });
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>A page of the staff that is not opened yet; a window of the same browser where one is given.</summary>
    internal async Task<StaffPage> StaffAsync(LiveEdge edge, int width = 1366, int height = 768, StaffPage? beside = null) => new(
        edge, beside is null
            ? await NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } })
            : await beside.Page.Context.NewPageAsync());
    /// <summary>A window of any size on a page that citizens use.</summary>
    internal async Task<CitizenPage> VisitAsync(LiveEdge edge, int width, int height, bool touch = false) =>
        new(edge, await NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, HasTouch = touch }));

    /// <summary>A television that is not switched on yet.</summary>
    internal async Task<BoardPage> TelevisionAsync(LiveEdge edge, int width = 1920, int height = 1080, ReducedMotion motion = ReducedMotion.NoPreference) =>
        new(edge, await NewPageAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = motion }));

    private async Task<IPage> NewPageAsync(BrowserNewContextOptions options)
    {
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(10_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
