using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;
using Xunit;

namespace MotCua.Journeys;

/// <summary>The system's Chromium with a microphone that hears a word of espeak-ng, over and over. Nothing is downloaded.</summary>
public sealed class SingingBrowser : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("word-");
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The WAV that the microphone hears.</summary>
    public string Word => Path.Combine(folder.FullName, "word.wav");

    public async ValueTask InitializeAsync()
    {
        using (var espeak = Process.Start("espeak-ng", ["-v", "vi", "-a", "60", "-w", Word, "mời công dân có số thứ tự"]))
        {
            await espeak.WaitForExitAsync();
        }

        playwright = await Playwright.CreateAsync();
        browser = await SystemBrowser.LaunchAsync(playwright, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={Word}");
        Assertions.SetDefaultExpectTimeout(10_000);
    }

    internal async Task<PlainPage> OpenAsync(LiveEdge edge, string path, int width = 1366, int height = 860)
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        context.SetDefaultTimeout(10_000);
        var page = new PlainPage(await context.NewPageAsync());
        await page.Page.GotoAsync(edge.Address + path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        folder.Delete(recursive: true);
    }
}

/// <summary>A page of one task.</summary>
internal sealed class PlainPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = [];

    public PlainPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Picture(name), FullPage = true });

    /// <summary>The browser itself notes each answer that is a refusal; everything else is a defect.</summary>
    public void SaidOnlyWhatTheEdgeRefused() =>
        Assert.DoesNotContain(complaints, text => !text.Contains("the server responded with a status of 4", StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
