using System.Net.Http.Json;
using MotCua.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>From a printer without paper in a centre to an operator of the province who takes care of it, over real programs and a real broker.</summary>
public sealed class AlertJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const string Title = "Máy in hết giấy";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_becomes_an_alert_that_an_operator_takes_speaks_about_and_sees_end()
    {
        using var broker = new LiveMosquitto();
        using var bridge = new LiveBridge(broker.Port);
        await bridge.MakeKeysAsync();
        bridge.Boot();
        await using var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n");
        while ((await bridge.EventsAsync("pt-viet-tri")).Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }

        // Rules that a test can wait for, set as an operator sets them.
        var page = await browser.OpenAsync($"{bridge.Address}/alert-rules");
        List<string> complaints = [];
        page.PageError += (_, error) => complaints.Add(error);
        await Expect(page.Locator("#verdict")).ToHaveTextAsync("Đang dùng quy tắc kèm theo chương trình.");
        await page.Locator("#hold-settleSeconds").FillAsync("10");
        await page.Locator("#hold-clearSeconds").FillAsync("10");
        await page.Locator("#try").ClickAsync();
        await Expect(page.Locator("#counts tr").First).ToContainTextAsync("Cảnh báo", new() { Timeout = 60_000 });
        await AxeCheck.FindsNothingAsync(page);
        await page.ScreenshotAsync(new() { Path = Repository.Picture("alert-rules"), FullPage = true });
        await page.Locator("#rules button[type=submit]").ClickAsync();
        await Expect(page.Locator("#problem")).ToHaveTextAsync("Cho biết ai thao tác.");
        await page.Locator("#who").FillAsync("Trực ban");
        await page.Locator("#reason").FillAsync("Cho nhanh");
        await page.Locator("#rules button[type=submit]").ClickAsync();
        await Expect(page.Locator("#verdict")).ToHaveTextAsync("Đã áp dụng bản 1.");

        await page.Locator("nav a[href='/alerts']").ClickAsync();
        await Expect(page.Locator("#verdict")).ToContainTextAsync("Không có cảnh báo nào", new() { Timeout = 30_000 });
        await BreakPrinterAsync(edge, broken: true);
        var card = page.Locator(".alert", new() { HasText = Title });
        await Expect(card).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(card).ToContainTextAsync("Phường Việt Trì, may-in");
        await Expect(card).ToContainTextAsync("Lắp cuộn giấy mới");
        await page.ScreenshotAsync(new() { Path = Repository.Picture("alerts") });
        await AxeCheck.FindsNothingAsync(page);

        // Nobody acts without a name; what was done can be taken back.
        await card.Locator("[data-act=acknowledge]").ClickAsync();
        await Expect(page.Locator("#told-text")).ToHaveTextAsync("Cho biết ai thao tác.");
        await page.Locator("#who").FillAsync("Trực ban");
        await card.Locator("[data-act=acknowledge]").ClickAsync();
        await Expect(card).ToContainTextAsync("Đã nhận: Trực ban");
        await page.Locator("#undo").ClickAsync();
        await Expect(card.Locator("[data-act=acknowledge]")).ToBeVisibleAsync();
        await card.Locator("[data-act=acknowledge]").ClickAsync();
        await card.Locator("[data-act=assign]").ClickAsync();
        await Expect(page.Locator("#ask-to")).ToHaveValueAsync("Đội hỗ trợ Phường Việt Trì");
        await page.Keyboard.PressAsync("Enter");
        await Expect(card).ToContainTextAsync("Giao cho: Đội hỗ trợ Phường Việt Trì");
        await card.Locator("[data-act=comment]").ClickAsync();
        await page.Locator("#ask-reason").FillAsync("Đã gọi trung tâm");
        await AxeCheck.FindsNothingAsync(page);
        await page.Locator("#ask-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#told-text")).ToHaveTextAsync("Đã ghi chú.");
        await card.Locator("[data-act=mute]").ClickAsync();
        await page.Locator("#ask-reason").FillAsync("Đang thay giấy");
        await page.Locator("#ask-form button[type=submit]").ClickAsync();
        await Expect(card).ToContainTextAsync("Tắt báo đến");

        await BreakPrinterAsync(edge, broken: false);
        await Expect(card).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await page.Locator("#show-over").ClickAsync();
        await card.Locator("[data-act=more]").ClickAsync();
        await Expect(page.Locator("#detail-body")).ToContainTextAsync("Trực ban: Đã gọi trung tâm");
        await Expect(page.Locator("#detail-body")).ToContainTextAsync("Đã hết");
        await page.ScreenshotAsync(new() { Path = Repository.Picture("alert-detail") });
        await AxeCheck.FindsNothingAsync(page);
        await page.Locator("#close").ClickAsync();
        await page.Locator("#language").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Alerts");
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private static async Task BreakPrinterAsync(LiveEdge edge, bool broken)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{edge.Address}/lab/faults", new { device = "may-in", fault = "paper-out", on = broken }, Stop);
        answer.EnsureSuccessStatusCode();
    }
}
