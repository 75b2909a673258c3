using System.Net.Http.Json;
using MotCua.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A centre's file, from the province's door to the table in the centre's window, over real programs and a real broker.</summary>
public sealed class ConfigurationJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const string Centre = "pt-viet-tri";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_sees_which_file_was_refused_and_why_and_which_one_a_centre_runs_by()
    {
        using var broker = new LiveMosquitto();
        using var bridge = new LiveBridge(broker.Port);
        await bridge.MakeKeysAsync();
        bridge.Boot();
        await using var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n");
        var page = await browser.OpenAsync(bridge.Address);
        List<string> complaints = [];
        page.PageError += (_, error) => complaints.Add(error);
        await page.Locator($"button[data-centre={Centre}]").ClickAsync();
        var running = page.Locator("#configuration .facts");
        await Expect(running).ToContainTextAsync("Đang dùng tệp tại trung tâm", new() { Timeout = 30_000 });

        var text = edge.ConfigurationText;
        await GiveAsync(bridge, text.Replace("name: Phường Việt Trì", "name:", StringComparison.Ordinal), "Đổi tên phường");
        var newest = page.Locator("#configuration tr[data-revision]").First;
        await Expect(newest.Locator(".badge")).ToHaveTextAsync("có lỗi, không dùng", new() { Timeout = 30_000 });
        await Expect(newest.Locator(".note").First).ToContainTextAsync("dòng");
        await Expect(running).ToContainTextAsync("Đang dùng tệp tại trung tâm");

        await GiveAsync(bridge, text.Replace("name: Phường Việt Trì", "name: Phường Việt Trì <b>mới</b>", StringComparison.Ordinal), "Đổi tên phường, sửa lại");
        await Expect(newest.Locator(".badge")).ToHaveTextAsync("đã giữ", new() { Timeout = 60_000 });
        await Expect(newest).ToContainTextAsync("sửa lại");
        await Expect(running).ToContainTextAsync("Đang dùng bản tỉnh gửi lúc");
        await Expect(page.Locator("#detail")).ToContainTextAsync("Phường Việt Trì <b>mới</b>"); // What a file says is text and never a page.
        await Expect(page.Locator("#configuration tr[data-revision]")).ToHaveCountAsync(2);
        await page.Locator("#configuration").ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Repository.Picture("configurations") });
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private static async Task GiveAsync(LiveBridge bridge, string text, string reason)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri($"{bridge.Address}/api/centres/{Centre}/configurations"), new { text, who = "Trực ban", reason }, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
