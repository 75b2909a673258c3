using MotCua.Protocols.Mqtt;
using MotCua.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The province's ledger and the messages that it refused, in a real browser over real programs.</summary>
public sealed class LedgerJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_sees_that_every_event_is_held_and_what_was_refused_with_the_keyboard_alone()
    {
        using var broker = new LiveMosquitto();
        using var bridge = new LiveBridge(broker.Port);
        await bridge.MakeKeysAsync();
        bridge.Boot();
        await using var edge = await LiveEdge.StartAsync($"mqtt: {{ host: 127.0.0.1, port: {broker.Port}, province-key: {bridge.PublicKey} }}\n");
        await SendRubbishAsync(broker);
        while ((await bridge.EventsAsync("pt-viet-tri")).Count == 0 || (await bridge.Http.GetStringAsync(new Uri($"{bridge.Address}/api/quarantine"), Stop)).Contains("[]", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }

        var page = await browser.OpenAsync($"{bridge.Address}/ledger");
        List<string> complaints = [];
        page.PageError += (_, error) => complaints.Add(error);
        await Expect(page.Locator("#verdict")).ToContainTextAsync("mọi mã băm đều khớp", new() { Timeout = 30_000 });
        await page.ScreenshotAsync(new() { Path = Repository.Picture("ledger") });
        await AxeCheck.FindsNothingAsync(page);

        await page.Locator("#centres a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#one-title")).ToHaveTextAsync("Phường Việt Trì");
        await Expect(page.Locator("#lacks")).ToHaveTextAsync("Không thiếu sự kiện nào.");
        await AxeCheck.FindsNothingAsync(page);

        await page.Locator("nav a[href='/quarantine']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#messages code")).ToHaveTextAsync("de ad be ef");
        await page.Locator("#language").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Refused messages");
        await page.ScreenshotAsync(new() { Path = Repository.Picture("quarantine") });
        await AxeCheck.FindsNothingAsync(page);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    private static async Task SendRubbishAsync(LiveMosquitto broker)
    {
        using var link = new MosquittoLink();
        using var something = new SemaphoreSlim(0);
        link.EventQueued += () => something.Release();
        link.Connect(new MqttConnection(broker.Host, broker.Port, "stranger", null, TimeSpan.FromSeconds(30)));
        while (await something.WaitAsync(TimeSpan.FromSeconds(30), Stop) && link.TryTake(out var happened))
        {
            switch (happened)
            {
                case MqttLinkEvent.Connected:
                    link.Publish(new MqttMessage("motcua/v1/pt-viet-tri/up/health", new byte[] { 0xde, 0xad, 0xbe, 0xef }, MqttQuality.AtLeastOnce));
                    break;
                case MqttLinkEvent.Published:
                    link.Disconnect();
                    return;
            }
        }
    }
}
