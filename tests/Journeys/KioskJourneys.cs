using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The ticket kiosk behind a real browser, before a whole edge: touch, keyboard, scanner and a single switch, and whatever goes wrong.</summary>
public sealed class KioskJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const int Wide = 1080;
    private const int High = 1920;

    [Fact]
    public async Task One_touch_gives_a_number_with_people_ahead_and_paper_and_the_screen_is_the_next_ones()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High, touch: true);
        await kiosk.GoAsync("/kiosk?ticket-seconds=6", "home");
        await Expect(kiosk.Service("chung-thuc")).ToContainTextAsync("Không phải chờ");
        await kiosk.PictureAsync("kiosk-home");
        await kiosk.Service("chung-thuc").TapAsync();
        await Expect(kiosk.Number).ToHaveTextAsync("A001");
        await Expect(kiosk.Page.Locator("#ahead")).ToHaveTextAsync("0");
        await Expect(kiosk.Slip).ToContainTextAsync("Xin lấy phiếu");
        await kiosk.PictureAsync("kiosk-ticket");
        await Expect(kiosk.Page.Locator(".leaves")).ToContainTextAsync("Tự về màn hình đầu sau");
        await kiosk.IsAtAsync("home");
        await Expect(kiosk.Service("chung-thuc")).ToContainTextAsync("1 người đang chờ");
        kiosk.SaidNothing();
    }

    [Theory]
    [InlineData(1080, 1920, 24, 64)]
    [InlineData(1366, 768, 24, 64)]
    [InlineData(390, 844, 16, 55)]
    public async Task Everything_is_large_enough_and_nothing_is_cut_on_every_screen(int width, int height, double letters, double targets)
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, width, height);
        await kiosk.GoAsync("/kiosk?ticket-seconds=60", "home");
        foreach (var (field, screen) in new[] { ("", "home"), ("priority", "priority"), ("code", "code"), ("reprint", "again"), ("help", "told"), ("service-dat-dai", "ticket") })
        {
            if (field.Length > 0)
            {
                await kiosk.Field(field).ClickAsync();
                await kiosk.IsAtAsync(screen);
            }

            await kiosk.IsLargeEnoughAsync(letters, targets);
            if (width > 700)
            {
                await kiosk.HasNothingToScrollAsync();
            }

            await AxeCheck.FindsNothingAsync(kiosk.Page);
            await kiosk.PictureAsync($"kiosk-{screen}-{width}");
            if (screen is "priority" or "code" or "again" or "told")
            {
                await kiosk.Page.Locator("#main [data-field=back], #main [data-field=no-priority], #main [data-field=home]").First.ClickAsync();
                await kiosk.IsAtAsync("home");
            }
        }

        kiosk.SaidNothing();
    }

    [Fact]
    public async Task Priority_is_asked_in_plain_words_counts_and_is_shown_to_nobody()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        await kiosk.PostAsync("/api/tickets", new { service = "chung-thuc" });
        await kiosk.Field("priority").ClickAsync();
        await kiosk.Page.Locator("[data-group=nguoi-cao-tuoi]").ClickAsync();
        await Expect(kiosk.Field("priority")).ToContainTextAsync("Đang lấy số ưu tiên");
        await Expect(kiosk.Page.Locator("body")).Not.ToContainTextAsync("cao tuổi");
        await kiosk.PictureAsync("kiosk-priority-on");
        await kiosk.Service("chung-thuc").ClickAsync();
        await Expect(kiosk.Number).ToHaveTextAsync("A002");
        await Expect(kiosk.Page.Locator("#ahead")).ToHaveTextAsync("0");
        await Expect(kiosk.Page.Locator("body")).Not.ToContainTextAsync("cao tuổi");
        await kiosk.Field("done").ClickAsync();
        await Expect(kiosk.Field("priority")).ToContainTextAsync("Tôi thuộc diện ưu tiên");
        kiosk.SaidNothing();
    }

    [Fact]
    public async Task A_scanner_that_types_a_code_checks_a_booking_in_wherever_the_focus_is()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        await kiosk.PostAsync("/api/appointments", new { id = "HEN-0042", service = "ho-tich", slot = TimeProvider.System.GetUtcNow().AddMinutes(2) });
        await kiosk.Service("dat-dai").FocusAsync();
        await kiosk.Page.Keyboard.TypeAsync("HEN-0042");
        await kiosk.Page.Keyboard.PressAsync("Enter");
        await Expect(kiosk.Number).ToHaveTextAsync("H001");
        await kiosk.Field("done").ClickAsync();

        await kiosk.Page.Keyboard.TypeAsync("HEN-0042");
        await kiosk.Page.Keyboard.PressAsync("Enter");
        await kiosk.IsAtAsync("code");
        await Expect(kiosk.Page.Locator(".trouble")).ToContainTextAsync("Không tìm thấy lịch hẹn này, hoặc lịch hẹn đã được nhận.");
        await kiosk.PictureAsync("kiosk-code-wrong");
        Assert.Equal(0, (await kiosk.GetAsync("/api/queue")).GetProperty("services").EnumerateArray().Single(service => service.GetProperty("code").GetString() == "dat-dai").GetProperty("waiting").GetInt32());
        kiosk.SaidOnlyWhatTheEdgeRefused();
    }

    [Fact]
    public async Task The_keyboard_reaches_everything_and_one_switch_does_too()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        var reached = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            await kiosk.Page.Keyboard.PressAsync("Tab");
            reached.Add(await kiosk.Page.EvaluateAsync<string>("document.activeElement.dataset.field ?? ''"));
        }

        Assert.Superset(new HashSet<string> { "priority", "service-chung-thuc", "service-ho-tich", "service-dat-dai", "service-ho-tro-truc-tuyen", "code", "lookup", "help", "read", "language", "reprint", "scan" }, reached);
        await kiosk.Service("ho-tich").FocusAsync();
        await kiosk.Page.Keyboard.PressAsync("Enter");
        await Expect(kiosk.Number).ToHaveTextAsync("H001");

        // One switch: the frame moves by itself, space chooses.
        await kiosk.GoAsync("/kiosk?switch=auto&step-ms=3000", "home");
        await Expect(kiosk.Service("chung-thuc")).ToBeFocusedAsync();
        await kiosk.Page.Keyboard.PressAsync(" ");
        await Expect(kiosk.Number).ToHaveTextAsync("A001");

        // Two switches: space steps, Enter chooses.
        await kiosk.GoAsync("/kiosk?switch=step", "home");
        for (var i = 0; i < 20 && await kiosk.Page.EvaluateAsync<string>("document.activeElement.dataset.field ?? ''") != "service-chung-thuc"; i++)
        {
            await kiosk.Page.Keyboard.PressAsync(" ");
        }

        await kiosk.PictureAsync("kiosk-switch");
        await kiosk.Page.Keyboard.PressAsync("Enter");
        await Expect(kiosk.Number).ToHaveTextAsync("A002");
        kiosk.SaidNothing();
    }

    [Fact]
    public async Task Without_paper_the_number_is_told_to_be_remembered()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        await kiosk.BreakAsync("may-in", "paper-out", true);
        await kiosk.Service("chung-thuc").ClickAsync();
        await Expect(kiosk.Slip).ToHaveTextAsync("Máy hết giấy. Số của quý vị là A001. Vui lòng ghi nhớ.", new() { Timeout = 15_000 });
        await AxeCheck.FindsNothingAsync(kiosk.Page);
        await kiosk.PictureAsync("kiosk-no-paper");
        await kiosk.Field("done").ClickAsync();
        await Expect(kiosk.Page.Locator(".paper")).ToContainTextAsync("Máy hết giấy", new() { Timeout = 15_000 });
        kiosk.SaidNothing();
    }

    [Fact]
    public async Task A_touch_while_the_edge_is_away_is_kept_and_never_doubled()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");

        // The ticket is given, and its answer is lost on the way.
        var lost = 0;
        await kiosk.Page.RouteAsync("**/api/tickets", async route =>
        {
            if (lost++ == 0)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await kiosk.Service("chung-thuc").ClickAsync();
        await Expect(kiosk.Number).ToHaveTextAsync("A001");
        Assert.Equal(1, (await kiosk.GetAsync("/api/queue")).GetProperty("issued").GetInt32());
        Assert.True(lost >= 2);
        await kiosk.Field("done").ClickAsync();

        await edge.PowerCut();
        await Expect(kiosk.Page.Locator("#away")).ToContainTextAsync("Máy lấy số đang kết nối lại");
        await AxeCheck.FindsNothingAsync(kiosk.Page);
        await kiosk.PictureAsync("kiosk-away");
        await edge.BootAsync();
        await Expect(kiosk.Page.Locator("#away")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await kiosk.Service("chung-thuc").ClickAsync();
        await Expect(kiosk.Number).ToHaveTextAsync("A002");
        kiosk.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_a_sentence_and_help_comes_and_is_taken_back()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        await kiosk.PostAsync("/api/services/dat-dai/pause", new { reason = "Hệ thống đất đai bảo trì" });
        await Expect(kiosk.Service("dat-dai")).ToContainTextAsync("Hiện chưa nhận");
        await kiosk.Service("dat-dai").ClickAsync();
        await Expect(kiosk.Page.Locator(".told .text")).ToContainTextAsync("bảo trì");
        await kiosk.PictureAsync("kiosk-paused");
        await kiosk.Field("home").ClickAsync();

        await kiosk.Field("help").ClickAsync();
        await Expect(kiosk.Page.Locator(".told h1")).ToHaveTextAsync("Đã báo Đội hỗ trợ");
        Assert.Equal("may-lay-so", (await kiosk.GetAsync("/api/queue")).GetProperty("help")[0].GetProperty("place").GetString());
        await kiosk.Page.GetByRole(AriaRole.Button, new() { Name = "Không cần nữa" }).ClickAsync();
        await Expect(kiosk.Page.Locator(".told h1")).ToHaveTextAsync("Đã báo không cần hỗ trợ nữa");
        Assert.Equal(0, (await kiosk.GetAsync("/api/queue")).GetProperty("help").GetArrayLength());
        await kiosk.Field("home").ClickAsync();

        await kiosk.PostAsync("/api/centre/pause", new { reason = "Mất điện" });
        await Expect(kiosk.Page.Locator(".shut")).ToContainTextAsync("Mất điện");
        await AxeCheck.FindsNothingAsync(kiosk.Page);
        await kiosk.PictureAsync("kiosk-closed");
        kiosk.SaidNothing();
    }

    [Fact]
    public async Task Who_reads_no_vietnamese_has_it_in_english_and_who_cannot_read_hears_it()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        await kiosk.Field("language").ClickAsync();
        await Expect(kiosk.Page.Locator("h1")).ToHaveTextAsync("What have you come for?");
        await kiosk.PictureAsync("kiosk-english");
        var sound = await kiosk.Page.RunAndWaitForResponseAsync(() => kiosk.Field("read").ClickAsync(), response => response.Url.Contains("/api/kiosk/speech/home", StringComparison.Ordinal));
        Assert.True(sound.Ok && sound.Url.Contains("language=en", StringComparison.Ordinal), sound.Url);
        await Expect(kiosk.Field("read")).ToContainTextAsync("Stop reading");
        await kiosk.Service("chung-thuc").ClickAsync();
        await Expect(kiosk.Page.Locator("h1")).ToHaveTextAsync("Your number");
        await kiosk.PostAsync("/api/counters/1/next");
        await Expect(kiosk.Slip).ToHaveTextAsync("Please go to counter 1 now");
        kiosk.SaidNothing();
    }
}
