using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A whole edge behind a real browser: what a trainer hears, and what is told when nothing is heard.</summary>
public sealed class LabVoiceJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Fact]
    public async Task A_button_that_is_held_gives_a_ticket_that_is_called_in_english_too()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await Expect(lab.Button("nut-truc-tuyen")).ToContainTextAsync("Giữ lâu: gọi cả bằng tiếng Anh");
        await lab.Button("nut-truc-tuyen").HoverAsync();
        await lab.Page.Mouse.DownAsync();
        await Expect(lab.SlipNumber).ToHaveTextAsync("S001"); // While the finger is still there.
        await lab.IsDownAsync("nut-truc-tuyen", true);
        await lab.Page.Mouse.UpAsync();
        await lab.IsDownAsync("nut-truc-tuyen", false);
        await lab.Button("nut-truc-tuyen").ClickAsync();
        await Expect(lab.SlipNumber).ToHaveTextAsync("S002");
        await lab.Button("quay-3-tiep").ClickAsync();
        await Expect(lab.Counter(3)).ToHaveTextAsync("S001");
        await Expect(lab.Heard.First).ToContainTextAsync("please go to counter", new() { Timeout = 30_000 });
        await lab.PictureAsync("held");
        lab.SaidNothing();
    }

    [Fact]
    public async Task A_call_is_spelled_by_the_segments_shown_on_the_glass_and_heard()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.Page.Locator("#sound").ClickAsync();

        var played = lab.Page.WaitForResponseAsync("**/lab/speaker/1.wav");
        await lab.CallFirstAsync();
        await lab.SignShowsAsync("A001   1");
        // An A has every bar but D, the fourth clockwise.
        await Expect(lab.Sign.Locator("g").First.Locator("polygon.lit")).ToHaveCountAsync(6);
        await Expect(lab.Sign.Locator("g").First.Locator("polygon").Nth(3)).Not.ToHaveClassAsync("segment lit");
        await lab.GlassShowsAsync("SO A001  QUAY 1");
        await Expect(lab.Heard.First).ToContainTextAsync("Mời công dân có số thứ tự A, một, đến quầy số một.");

        var sound = await played;
        Assert.Equal("audio/wav", sound.Headers["content-type"]);
        var bytes = await (await lab.Page.APIRequest.GetAsync($"{edge.Address}/lab/speaker/1.wav")).BodyAsync();
        Assert.Equal("RIFF"u8, bytes.AsSpan(0, 4));
        await lab.PictureAsync("call");
        lab.SaidNothing();
    }

    [Fact]
    public async Task The_self_test_says_what_it_tries_and_what_to_do_about_what_failed()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.Knob("hall-lcd", "unplugged").ClickAsync();
        await lab.Page.Locator("#self-test").ClickAsync();
        await Expect(lab.Page.Locator("#tested .now")).ToContainTextAsync("Hãy nhìn bảng", new() { Timeout = 40_000 });
        await Expect(lab.Page.Locator("#self-test")).ToBeDisabledAsync();
        await Expect(lab.Page.Locator("#tested [data-tested=hall-lcd].failed")).ToContainTextAsync("Kiểm tra nguồn và dây nối của thiết bị", new() { Timeout = 20_000 });
        await lab.SignShowsAsync("8888  88");
        await lab.PictureAsync("self-test");
        lab.SaidNothing();
    }

    [Fact]
    public async Task A_dumb_speaker_is_told_by_the_microphone_after_three_calls()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.Knob("speaker", "silent").ClickAsync();
        await Expect(lab.Page.Locator("#sound-state")).ToContainTextAsync("loa câm");
        await lab.CallFirstAsync();
        for (var call = 1; call <= 3; call++)
        {
            if (call > 1)
            {
                await lab.Button("quay-1-lai").ClickAsync();
            }

            await Expect(lab.Page.Locator("#feed").GetByText("đã phát nhưng không nghe thấy tiếng")).ToHaveCountAsync(call, new() { Timeout = 30_000 });
        }

        await Expect(lab.Device("speaker").Locator(".fault")).ToBeVisibleAsync();
        await Expect(lab.Device("microphone")).ToHaveAttributeAsync("data-state", "ready");
        await lab.PictureAsync("silent");
        lab.SaidNothing();
    }

    [Fact]
    public async Task A_dead_speaker_is_told_and_the_boards_still_call()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);

        await lab.Knob("speaker", "unplugged").ClickAsync();
        await lab.CallFirstAsync();
        await lab.SignShowsAsync("A001   1");
        await Expect(lab.Device("speaker").Locator(".fault")).ToContainTextAsync("Kiểm tra loa đã bật và dây âm thanh");
        await Expect(lab.Page.Locator("#feed")).ToContainTextAsync("Loa: có lỗi · Loa không hoạt động");
        lab.SaidNothing();
    }
}
