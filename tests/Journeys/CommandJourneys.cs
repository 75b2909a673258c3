using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MotCua.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>Commands from the province's page to a loudspeaker, over real programs and a real broker.</summary>
public sealed class CommandJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>, IDisposable
{
    private const string Centre = "pt-viet-tri";
    private const string Text = "Trung tâm nghỉ trưa.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task A_self_test_in_the_middle_of_which_the_box_is_killed_is_told_as_interrupted_and_never_begun_again()
    {
        using var broker = new LiveMosquitto();
        using var bridge = await ProvinceAsync(broker);
        await using var edge = await EdgeAsync(broker, bridge);
        var id = await GiveAsync(bridge, """{"kind":"self-test","who":"Trực ban","reason":"Sau khi sửa loa"}""");
        await ReachesAsync(bridge, id, "running");
        await edge.PowerCut();
        await edge.BootAsync();
        var told = await ReachesAsync(bridge, id, "failed");
        Assert.Contains("khởi động lại", told.GetProperty("note").GetString(), StringComparison.Ordinal);
        var test = await http.GetFromJsonAsync<JsonElement>($"{edge.Address}/api/self-test", Stop);
        Assert.Equal(0, test.GetProperty("number").GetInt64());
        var answers = (await bridge.EventsAsync(Centre)).Where(e => e.GetProperty("type").GetString() == "command.answered").Select(e => e.GetProperty("data").GetProperty("state").GetString());
        Assert.Equal(["accepted", "running", "failed"], answers);
    }

    [Fact]
    public async Task A_text_given_while_the_box_was_off_is_spoken_once_when_it_is_back_though_bridge_and_box_are_killed()
    {
        using var broker = new LiveMosquitto();
        using var bridge = await ProvinceAsync(broker);
        await using var edge = await EdgeAsync(broker, bridge);
        await edge.PowerCut();
        var id = await GiveAsync(bridge, $$"""{"kind":"announce","body":{"text":"{{Text}}"},"who":"Trực ban","reason":"Nghỉ trưa"}""");
        bridge.Kill();
        bridge.Boot();
        await edge.BootAsync();
        var told = await ReachesAsync(bridge, id, "done");
        Assert.Equal("Loa đã đọc xong.", told.GetProperty("note").GetString());
        Assert.Equal([Text], await HeardAsync(edge));

        // Killed again: what was done stays done.
        await edge.PowerCut();
        await edge.BootAsync();
        await GiveAsync(bridge, """{"kind":"announce","body":{"text":"Mời vào."},"who":"Trực ban","reason":"Mở cửa lại"}""");
        await UntilAsync(async () => (await HeardAsync(edge)).Contains("Mời vào."), "the second text");
        Assert.DoesNotContain(Text, await HeardAsync(edge));
    }

    [Fact]
    public async Task An_operator_has_a_text_spoken_on_the_page_is_asked_first_and_sees_that_it_was()
    {
        using var broker = new LiveMosquitto();
        using var bridge = await ProvinceAsync(broker);
        await using var edge = await EdgeAsync(broker, bridge);
        var page = await browser.OpenAsync(bridge.Address);
        List<string> complaints = [];
        page.PageError += (_, error) => complaints.Add(error);
        await page.Locator($"button[data-centre={Centre}]").ClickAsync();
        await page.Locator("#command-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#command-told")).ToHaveTextAsync("Nhập lời cần đọc.");
        await page.Locator("#command-text").FillAsync(Text);
        await page.Locator("#command-reason").FillAsync("Nghỉ trưa");
        await page.Locator("#command-who").FillAsync("Trực ban");
        await page.Locator("#command-form button[type=submit]").ClickAsync();
        await Expect(page.Locator("#confirm-question")).ToHaveTextAsync("Phát loa tại Phường Việt Trì?");
        await Expect(page.Locator("#confirm-text")).ToHaveTextAsync(Text);
        await page.ScreenshotAsync(new() { Path = Repository.Picture("command-question") });
        Assert.Empty(await HeardAsync(edge));
        await page.Locator("#confirm-send").ClickAsync();
        await Expect(page.Locator("#orders .order .badge")).ToHaveTextAsync("xong", new() { Timeout = 30_000 });
        await Expect(page.Locator("#orders .order .note")).ToHaveTextAsync("Loa đã đọc xong.");
        await Expect(page.Locator("#command-text")).ToHaveValueAsync("");
        Assert.Equal([Text], await HeardAsync(edge));

        await page.Locator("#command-reason").FillAsync("Kiểm tra định kỳ");
        await page.Locator("#command-self-test").ClickAsync();
        await Expect(page.Locator("#confirm-text")).ToBeHiddenAsync();
        await page.Locator("#confirm-send").ClickAsync();
        await Expect(page.Locator("#orders .order .badge").First).ToContainTextAsync("đang chạy", new() { Timeout = 30_000 });
        await page.ScreenshotAsync(new() { Path = Repository.Picture("commands") });
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private static async Task<LiveBridge> ProvinceAsync(LiveMosquitto broker)
    {
        var bridge = new LiveBridge(broker.Port);
        await bridge.MakeKeysAsync();
        bridge.Boot();
        return bridge;
    }

    private static async Task<LiveEdge> EdgeAsync(LiveMosquitto broker, LiveBridge bridge)
    {
        var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n");
        await UntilAsync(async () => (await bridge.EventsAsync(Centre)).Count > 0, "the first event", bridge);
        return edge;
    }

    private async Task<string> GiveAsync(LiveBridge bridge, string command)
    {
        using var content = new StringContent(command, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"{bridge.Address}/api/centres/{Centre}/commands"), content, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> ReachesAsync(LiveBridge bridge, string id, string state)
    {
        JsonElement command = default;
        await UntilAsync(
            async () =>
            {
                try
                {
                    command = await http.GetFromJsonAsync<JsonElement>($"{bridge.Address}/api/centres/{Centre}/commands/{id}", Stop);
                    return command.GetProperty("state").GetString() == state;
                }
                catch (HttpRequestException)
                {
                    return false; // It is being started.
                }
            },
            $"«{state}»", bridge);
        return command;
    }

    private async Task<List<string>> HeardAsync(LiveEdge edge) =>
        [.. (await http.GetFromJsonAsync<JsonElement>($"{edge.Address}/lab/speaker", Stop)).GetProperty("heard").EnumerateArray().Select(one => one.GetProperty("text").GetString()!)];

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
