using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A commune records its own voice in a real browser, whose microphone plays a file that holds a word said over and over.</summary>
public sealed class RecorderJourneys(SingingBrowser browser) : IClassFixture<SingingBrowser>
{
    [Fact]
    public async Task A_word_is_recorded_with_the_space_bar_kept_with_enter_and_the_next_one_waits()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var recorder = await browser.OpenAsync(edge, "/recorder");
        var page = recorder.Page;

        await page.Locator("#new-name").FillAsync("");
        await page.Locator("#new-name").PressSequentiallyAsync("Giọng Mường Đà");
        await Expect(page.Locator("#new-name")).ToHaveValueAsync("giong-muong-da");
        await page.Locator("#create button").ClickAsync();
        await Expect(page.Locator("#ask")).ToHaveTextAsync("Nói bằng tiếng Mường:");
        await Expect(page.Locator("#word")).ToHaveTextAsync("Mời công dân có số thứ tự");
        var count = await page.Locator("#count").TextContentAsync();
        Assert.StartsWith("Đã có 0 trên ", count, StringComparison.Ordinal);

        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator("#record")).ToContainTextAsync("Dừng");
        await Expect(page.Locator("#level-text")).ToHaveTextAsync(Like(@"^vừa"));
        await Expect(page.Locator("#level-text")).ToHaveTextAsync(Like(@"· [2-9],\d giây$"));
        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator("#wave")).ToHaveAttributeAsync("aria-label", Like("^Bản ghi dài"));
        await Expect(page.Locator("#keep")).ToBeEnabledAsync();
        await recorder.PictureAsync("recorder-taken");
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator("#trouble")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#word")).ToHaveTextAsync("Xin nhắc lại, mời công dân có số thứ tự");
        await Expect(page.Locator("#count")).ToContainTextAsync("Đã có 1 trên");
        await Expect(page.Locator("[data-word=call]")).ToHaveClassAsync("recorded");
        await Expect(page.Locator("#status")).ToContainTextAsync("Đã lưu «Mời công dân có số thứ tự»");
        await recorder.PictureAsync("recorder");

        var sound = await page.APIRequest.GetAsync($"{edge.Address}/api/voices/giong-muong-da/clips/call/sound");
        Assert.Equal("audio/wav", sound.Headers["content-type"]);
        await page.Locator("#try button").ClickAsync();
        await Expect(page.Locator("#trouble")).ToContainTextAsync("còn thiếu: «A»");
        recorder.SaidOnlyWhatTheEdgeRefused();
    }

    [Fact]
    public async Task A_file_is_sent_and_a_bad_one_is_refused_in_words_and_a_take_is_undone()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var recorder = await browser.OpenAsync(edge, "/recorder");
        var page = recorder.Page;
        await page.Locator("#new-name").FillAsync("lien");
        await page.Locator("#new-language").SelectOptionAsync("vi");
        await page.Locator("#create button").ClickAsync();
        await Expect(page.Locator("#ask")).ToHaveTextAsync("Đọc to:");

        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "a.wav", MimeType = "audio/wav", Buffer = "no sound at all"u8.ToArray() });
        await Expect(page.Locator("#trouble")).ToContainTextAsync("Không đọc được tệp này");
        await page.Locator("#file").SetInputFilesAsync(browser.Word);
        await Expect(page.Locator("#status")).ToContainTextAsync("từ tệp");
        await Expect(page.Locator("#remove")).ToBeEnabledAsync();
        await page.Locator("#remove").ClickAsync();
        await Expect(page.Locator("#count")).ToContainTextAsync("Đã có 0 trên");
        await page.Locator("#undo").ClickAsync();
        await Expect(page.Locator("#count")).ToContainTextAsync("Đã có 1 trên");

        await page.Locator("#use").ClickAsync();
        await Expect(page.Locator("#use-note")).ToHaveTextAsync("Loa đang đọc bằng gói này.");
        await page.Locator("#try button").ClickAsync();
        await Expect(page.Locator("#status")).ToContainTextAsync("Đang đọc: A105 đến quầy 3");
        // Opened again, the page stands where it was.
        await page.ReloadAsync();
        await Expect(page.Locator("#count")).ToContainTextAsync("Đã có 1 trên");
        await Expect(page.Locator("#word")).ToHaveTextAsync("Xin nhắc lại, mời công dân có số thứ tự");
        recorder.SaidOnlyWhatTheEdgeRefused();
    }

    [Fact]
    public async Task A_clerk_has_something_said_sees_it_and_takes_back_what_waits()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.OpenAsync(edge, "/announce");
        var page = desk.Page;
        await page.Locator("#text").FillAsync("Trung tâm nghỉ trưa lúc 11 giờ 30.");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("#told")).ToHaveTextAsync("Đã gửi ra loa.");
        await Expect(page.Locator("#over")).ToContainTextAsync("đã đọc", new() { Timeout = 30_000 });

        await page.Locator("#text").FillAsync("Trung tâm đóng cửa.");
        await page.Locator("[name=when][value=later]").CheckAsync();
        await page.Locator("#at").FillAsync(await page.Locator("#at").GetAttributeAsync("max") ?? "");
        await page.Locator(".send").ClickAsync();
        await Expect(page.Locator("#open li.scheduled")).ToContainTextAsync("Trung tâm đóng cửa.");
        await desk.PictureAsync("announce");
        await page.Locator("#open li.scheduled button").ClickAsync();
        await Expect(page.Locator("#over")).ToContainTextAsync("đã hủy");
        desk.SaidOnlyWhatTheEdgeRefused();
    }

    [Fact]
    public async Task The_pages_fit_a_phone()
    {
        await using var edge = await LiveEdge.StartAsync();
        foreach (var path in (string[])["/recorder", "/announce"])
        {
            await using var phone = await browser.OpenAsync(edge, path, 390, 844);
            await Expect(phone.Page.Locator("#name")).ToHaveTextAsync("Phường Việt Trì");
            Assert.Equal(390, await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            phone.SaidOnlyWhatTheEdgeRefused();
        }
    }

    private static Regex Like(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
}
