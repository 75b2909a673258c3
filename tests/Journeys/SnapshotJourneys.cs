using System.Text.Json;
using Microsoft.Playwright;
using MotCua.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A picture from a camera of the hall to the province's page, over real programs, a real broker and a real stream.</summary>
public sealed class SnapshotJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const string Centre = "pt-viet-tri";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clerk_holds_the_emergency_button_and_the_province_looks_at_the_hall_with_a_reason()
    {
        using var broker = new LiveMosquitto();
        using var bridge = await ProvinceAsync(broker);
        await using var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n", cameras: true);
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        var alarm = desk.Page.Locator("#alarm");
        await alarm.ClickAsync();
        await Expect(desk.Page.Locator("#alarm-told")).ToHaveTextAsync("Giữ nút đủ 2 giây mới báo khẩn cấp.");
        Assert.DoesNotContain(await bridge.EventsAsync(Centre), one => Is("help.requested")(one));
        await HoldAsync(alarm, desk.Page);
        await Expect(desk.Page.Locator("#alarm-told")).ToContainTextAsync("Đã báo đội hỗ trợ. Đang chụp ảnh Camera sảnh, Camera quầy");
        await Expect(desk.Page.Locator("#alarm-pictures li[data-phase=sent]")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await desk.PictureAsync("counter-emergency");
        desk.SaidNothing();

        await UntilAsync(async () => (await bridge.EventsAsync(Centre)).Count(Is("camera.snapshot")) == 4, "asked and sent of two cameras", bridge);
        await using var team = await browser.StaffAsync(edge);
        await team.OpenAsync("/help");
        await Expect(team.Page.Locator("#asks li").First).ToContainTextAsync("KHẨN CẤP");
        await Expect(team.Page.Locator("#snapshots li")).ToHaveCountAsync(2);
        await team.PictureAsync("help-snapshots");
        team.SaidNothing();

        var page = await browser.OpenAsync(bridge.Address);
        List<string> complaints = [];
        page.PageError += (_, error) => complaints.Add(error);
        await page.Locator($"button[data-centre={Centre}]").ClickAsync();
        var stored = page.Locator("#snapshots .order[data-state=stored]");
        await Expect(stored).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Expect(stored.First).ToContainTextAsync("Nút khẩn cấp, quầy 1");
        await Expect(stored.First).ToContainTextAsync("Chưa ai xem.");
        await stored.First.Locator("button").ClickAsync();
        await page.Locator("#look-form button").ClickAsync();
        await Expect(page.Locator("#look-told")).ToHaveTextAsync("Cho biết ai xem.");
        await Expect(page.Locator("#look-picture")).ToBeHiddenAsync();
        await page.Locator("#look-who").FillAsync("Trực ban");
        await page.Locator("#look-why").FillAsync("Có báo khẩn cấp");
        await page.Locator("#look-form button").ClickAsync();
        await Expect(page.Locator("#look-picture")).ToBeVisibleAsync();
        await UntilAsync(async () => await page.EvaluateAsync<int>("document.getElementById('look-picture').naturalWidth") == 320, "the picture");
        await page.ScreenshotAsync(new() { Path = Repository.Picture("snapshot-look") });
        await page.Locator("#look-close").ClickAsync();
        await Expect(stored.First).ToContainTextAsync("Đã xem: Trực ban");
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_operator_asks_for_a_blurred_picture_and_finds_the_way_to_the_video_of_the_province()
    {
        using var broker = new LiveMosquitto();
        using var bridge = await ProvinceAsync(broker, "--video-link", "https://video.phutho.example/{centre}/{camera}?t={time}");
        await using var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n", cameras: true);
        await UntilAsync(async () => (await bridge.EventsAsync(Centre)).Count > 0, "the first event", bridge);
        var page = await browser.OpenAsync(bridge.Address);
        await page.Locator($"button[data-centre={Centre}]").ClickAsync();
        await Expect(page.Locator("#snapshot-camera option")).ToHaveCountAsync(2, new() { Timeout = 30_000 });
        await Expect(page.Locator("#snapshot-blur")).ToBeCheckedAsync();
        await page.Locator("#snapshot-camera").SelectOptionAsync("camera-sanh");
        await page.Locator("#snapshot-reason").SelectOptionAsync("complaint");
        await page.Locator("#snapshot-ask").ClickAsync();
        await Expect(page.Locator("#snapshot-told")).ToHaveTextAsync("Cho biết ai ra lệnh.");
        await page.Locator("#snapshot-who").FillAsync("Trực ban");
        await page.Locator("#snapshot-why").FillAsync("Công dân phản ánh chờ lâu");
        await page.Locator("#snapshot-ask").ClickAsync();
        var row = page.Locator("#snapshots .order");
        await Expect(row).ToHaveAttributeAsync("data-state", "stored", new() { Timeout = 60_000 });
        await Expect(row).ToContainTextAsync("Xác minh phản ánh · Trực ban · Công dân phản ánh chờ lâu · đã làm mờ");
        await Expect(page.Locator("#orders .order").First).ToContainTextAsync("Chụp ảnh camera");
        var link = row.Locator("a.video");
        var address = new Uri((await link.GetAttributeAsync("href"))!);
        Assert.Equal(("video.phutho.example", "/pt-viet-tri/camera-sanh"), (address.Host, address.AbsolutePath));
        Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(Uri.UnescapeDataString(address.Query)["?t=".Length..], System.Globalization.CultureInfo.InvariantCulture).Offset);
        await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await page.ScreenshotAsync(new() { Path = Repository.Picture("snapshots") });
        var told = (await bridge.EventsAsync(Centre)).First(Is("camera.snapshot")).GetProperty("data");
        Assert.Equal(("complaint", "operator", true), (told.GetProperty("reason").GetString(), told.GetProperty("role").GetString(), told.GetProperty("blur").GetBoolean()));
        Assert.DoesNotContain(await bridge.EventsAsync(Centre), e => e.GetRawText().Contains("phản ánh chờ lâu", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    private static Func<JsonElement, bool> Is(string type) => one => one.GetProperty("type").GetString() == type;

    private static async Task HoldAsync(ILocator button, IPage page)
    {
        await button.HoverAsync();
        await page.Mouse.DownAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(2300), TimeProvider.System, Stop);
        await page.Mouse.UpAsync();
    }

    private static async Task<LiveBridge> ProvinceAsync(LiveMosquitto broker, params string[] more)
    {
        var bridge = new LiveBridge(broker.Port) { More = more };
        await bridge.MakeKeysAsync();
        bridge.Boot();
        return bridge;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string what, LiveBridge? bridge = null)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{what} never came.\n{bridge?.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }
    }
}
