using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The lab page as a person uses it.</summary>
internal sealed class LabPage : IAsyncDisposable
{
    private readonly Complaints complaints;

    public LabPage(IPage page) => (Page, complaints) = (page, new Complaints(page));

    public IPage Page { get; }

    public ILocator Glass => Page.Locator("canvas.lcd");

    public ILocator Sign => Page.Locator("svg.led");

    /// <summary>A board as the edge draws it.</summary>
    public ILocator Photo(string id) => Page.Locator($"[data-board={id}] img.photo");

    /// <summary>The television, small.</summary>
    public IFrameLocator Tv => Page.FrameLocator(".tube iframe");

    public ILocator SlipNumber => Page.Locator("#slip .number");

    public ILocator Away => Page.Locator("#away");

    public ILocator Button(string id) => Page.Locator($"[data-button={id}]");

    public ILocator Waiting(string button) => Button(button).Locator(".count");

    public ILocator Counter(int number) => Page.Locator($"[data-counter='{number}'] .serving");

    public ILocator Device(string id) => Page.Locator($"[data-device={id}]");

    public ILocator Knob(string device, string fault) => Device(device).Locator($"[data-fault={fault}]");

    public ILocator Heard => Page.Locator("#heard li");

    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await Expect(Sign).ToBeVisibleAsync();
        await Expect(Page.Locator("#figures")).ToContainTextAsync("Đang chờ");
    }

    public Task GlassShowsAsync(string text, float withinMs = 10_000) =>
        Expect(Glass).ToHaveAttributeAsync("data-text", new Regex(Regex.Escape(text), RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = withinMs });

    /// <summary>Whether the level on the wire holds the button down.</summary>
    public Task IsDownAsync(string button, bool down)
    {
        var held = Page.Locator($"[data-button={button}].down");
        return Expect(held).ToHaveCountAsync(down ? 1 : 0);
    }

    public Task SignShowsAsync(string text) => Expect(Sign).ToHaveAttributeAsync("data-text", text);

    /// <summary>Takes a ticket at an empty counter and calls it there.</summary>
    public async Task CallFirstAsync()
    {
        await Button("nut-chung-thuc").ClickAsync();
        await Expect(SlipNumber).ToHaveTextAsync("A001");
        await Button("quay-1-tiep").ClickAsync();
        await Expect(Counter(1)).ToHaveTextAsync("A001");
    }

    public Task PictureAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.Picture(name), FullPage = true });

    /// <inheritdoc cref="Complaints.AreNone"/>
    public void SaidNothing(bool edgeWasAway = false) => complaints.AreNone(edgeWasAway);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
