using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A whole edge behind a real browser: what a trainer does on the lab page, and what the glass then shows.</summary>
public sealed class LabJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Fact]
    public async Task A_pressed_button_gives_a_slip_and_the_glass_counts_who_waits()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);

        // The lamp is lit for a second only, so it is awaited from before the press.
        var lamp = lab.Page.WaitForSelectorAsync("[data-button=nut-chung-thuc].lit");
        await lab.Button("nut-chung-thuc").ClickAsync();
        await lamp;
        await Expect(lab.SlipNumber).ToHaveTextAsync("A001");
        await lab.GlassShowsAsync("CHO 1");

        // The keyboard presses as well as the mouse.
        await lab.Button("nut-chung-thuc").FocusAsync();
        await lab.Page.Keyboard.PressAsync("Enter");
        await Expect(lab.SlipNumber).ToHaveTextAsync("A002");
        await Expect(lab.Page.Locator("#slip")).ToContainTextAsync("Số người chờ trước1");
        await lab.GlassShowsAsync("CHO 2");
        await Expect(lab.Waiting("nut-chung-thuc")).ToHaveTextAsync("2");
        await lab.PictureAsync("tickets");
        lab.SaidNothing();
    }

    [Fact]
    public async Task A_ticket_falls_out_on_paper_and_without_paper_its_number_is_heard()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.Button("nut-chung-thuc").ClickAsync();
        var paper = lab.Page.Locator("#papers img");
        await Expect(paper).ToHaveCountAsync(1);
        Assert.Equal(576, await paper.First.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));
        await lab.PictureAsync("paper");

        await lab.Knob("may-in", "paper-out").ClickAsync();
        await Expect(lab.Device("may-in").Locator(".fault")).ToContainTextAsync("Lắp cuộn giấy mới");
        await lab.Button("nut-chung-thuc").ClickAsync();
        await Expect(lab.Heard.First).ToContainTextAsync("Máy hết giấy. Số của quý vị là A, hai. Vui lòng ghi nhớ.");
        await lab.GlassShowsAsync("SO MOI A002");
        await Expect(lab.Page.Locator("#feed")).ToContainTextAsync("Không in được phiếu A002, đã hiện số và đọc thay · Máy in hết giấy");
        await Expect(lab.Page.Locator("#slip .number")).ToHaveCountAsync(0);
        await lab.PictureAsync("no-paper");

        await lab.Knob("may-in", "paper-out").ClickAsync();
        await Expect(lab.Device("may-in")).ToHaveAttributeAsync("data-state", "ready");
        await Expect(paper).ToHaveCountAsync(1);
        await lab.Button("nut-chung-thuc").ClickAsync();
        await Expect(paper).ToHaveCountAsync(2);
        lab.SaidNothing();
    }

    [Fact]
    public async Task An_unplugged_glass_is_told_with_what_to_do_while_the_sign_goes_on_and_is_redrawn_when_plugged_in()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);

        await lab.Knob("hall-lcd", "unplugged").ClickAsync();
        await Expect(lab.Knob("hall-lcd", "unplugged")).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(lab.Glass).ToHaveAttributeAsync("aria-label", "Bảng LCD: mất điện, không hiện gì");
        await lab.CallFirstAsync();
        await lab.SignShowsAsync("A001   1");
        await Expect(lab.Device("hall-lcd")).ToHaveAttributeAsync("data-state", "failed");
        await Expect(lab.Device("hall-lcd").Locator(".fault")).ToContainTextAsync("Kiểm tra nguồn và dây nối của thiết bị");
        await lab.PictureAsync("unplugged");

        await lab.Knob("hall-lcd", "unplugged").ClickAsync();
        await lab.GlassShowsAsync("SO A001  QUAY 1", withinMs: 3_000);
        await Expect(lab.Device("hall-lcd")).ToHaveAttributeAsync("data-state", "ready");
        await Expect(lab.Device("hall-lcd").Locator(".fault")).ToBeHiddenAsync();
        lab.SaidNothing();
    }

    [Fact]
    public async Task After_a_power_cut_the_page_says_so_comes_back_and_the_numbers_go_on()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.CallFirstAsync();

        await edge.PowerCut();
        await Expect(lab.Away).ToContainTextAsync("Mất kết nối với máy");
        await lab.PictureAsync("away");

        await edge.BootAsync();
        await Expect(lab.Away).ToBeHiddenAsync();
        await Expect(lab.Counter(1)).ToHaveTextAsync("A001");
        await lab.GlassShowsAsync("SO A001  QUAY 1");
        await lab.Button("nut-chung-thuc").ClickAsync();
        await Expect(lab.SlipNumber).ToHaveTextAsync("A002");
        lab.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task The_page_fits_a_desk_and_a_phone_in_light_and_dark()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.OpenAsync(edge, colours: ColorScheme.Dark);
        await desk.CallFirstAsync();
        Assert.True(await desk.Page.EvaluateAsync<bool>("document.querySelector('main').scrollHeight <= document.querySelector('main').clientHeight"));
        await desk.PictureAsync("desk-dark");

        await using var phone = await browser.OpenAsync(edge, 390, 844);
        await Expect(phone.Counter(1)).ToHaveTextAsync("A001");
        // A page that is opened later shows what happened before.
        await Expect(phone.SlipNumber).ToHaveTextAsync("A001");
        Assert.Equal(390, await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await phone.PictureAsync("phone");
        desk.SaidNothing();
        phone.SaidNothing();
    }

    [Fact]
    public async Task Signs_over_counters_show_their_own_call_and_keys_on_the_expander_call()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.Button("nut-dat-dai").ClickAsync();
        await Expect(lab.SlipNumber).ToHaveTextAsync("L001");
        await lab.Button("quay-2-tiep").ClickAsync();
        await Expect(lab.Photo("quay-2-so")).ToHaveAttributeAsync("data-text", "L001");
        await Expect(lab.Photo("quay-1-so")).ToHaveAttributeAsync("data-text", "----");
        await Expect(lab.Photo("hall-matrix")).ToHaveAttributeAsync("data-text", new System.Text.RegularExpressions.Regex("^L001", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var picture = await lab.Page.APIRequest.GetAsync(edge.Address + await lab.Photo("quay-3-oled").GetAttributeAsync("src"));
        Assert.Equal("image/png", picture.Headers["content-type"]);

        await lab.Knob("mo-rong-1", "unplugged").ClickAsync();
        await Expect(lab.Device("mo-rong-1")).ToHaveAttributeAsync("data-state", "failed");
        await Expect(lab.Device("mo-rong-1").Locator(".fault")).ToContainTextAsync("Thiết bị không phản hồi");
        await lab.Knob("mo-rong-1", "unplugged").ClickAsync();
        await Expect(lab.Device("mo-rong-1")).ToHaveAttributeAsync("data-state", "ready");
        lab.SaidNothing();
    }

    [Fact]
    public async Task The_television_hangs_in_the_lab_and_can_be_switched_off()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);
        await lab.CallFirstAsync();
        await Expect(lab.Tv.Locator("#number")).ToHaveTextAsync("A001");
        await Expect(lab.Device("tv-sanh")).ToHaveAttributeAsync("data-state", "ready");
        await Expect(lab.Page.Locator("#feed")).ToContainTextAsync("Màn hình TV · lượt gọi A001: đã thực hiện");
        await lab.PictureAsync("lab-tv");
        await lab.Knob("tv-sanh", "unplugged").ClickAsync();
        await Expect(lab.Page.Locator(".tube iframe")).ToHaveCountAsync(0);
        await lab.Knob("tv-sanh", "unplugged").ClickAsync();
        await Expect(lab.Tv.Locator("#number")).ToHaveTextAsync("A001");
        lab.SaidNothing();
    }

    [Fact]
    public async Task A_stuck_button_stays_down_until_it_is_mended()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lab = await browser.OpenAsync(edge);

        await lab.Page.Locator("details.buttons summary").ClickAsync();
        await lab.Knob("nut-ho-tich", "stuck").ClickAsync();
        await lab.IsDownAsync("nut-ho-tich", down: true);
        await lab.Knob("nut-ho-tich", "stuck").ClickAsync();
        await lab.IsDownAsync("nut-ho-tich", down: false);
        lab.SaidNothing();
    }
}
