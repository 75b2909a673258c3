using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>A clerk's counter behind a real browser, before a whole edge.</summary>
public sealed class CounterJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Fact]
    public async Task A_clerk_serves_with_one_button_and_is_told_who_is_next_and_why()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        await Expect(desk.BigLabel).ToHaveTextAsync("Chưa có ai chờ");
        await Expect(desk.Big).ToBeDisabledAsync();
        await Expect(desk.Page.Locator("#no-pins")).ToContainTextAsync("Chưa đặt mã PIN");
        await desk.PictureAsync("counter-empty");
        await desk.IssueAsync();
        await desk.IssueAsync("ho-tich");
        await desk.IssueAsync(priority: "nguoi-cao-tuoi");
        await Expect(desk.Next).ToHaveCountAsync(3);
        await Expect(desk.Next.First).ToContainTextAsync("A002");
        await Expect(desk.Next.First).ToContainTextAsync("Ưu tiên: người cao tuổi, vượt 2 lượt.");
        await Expect(desk.Page.Locator("#waiting")).ToHaveTextAsync("3");

        await desk.PressBigAsync("Gọi số tiếp theo");
        await desk.ShowsAsync("A002", "Bắt đầu phục vụ");
        await Expect(desk.Told).ToHaveTextAsync("Đã gọi số A002.");
        await Expect(desk.Page.Locator("#why")).ToContainTextAsync("Ưu tiên: người cao tuổi");
        await Expect(desk.Page.Locator("#elapsed")).ToContainTextAsync("Từ lúc gọi: 0:0");
        await desk.PictureAsync("counter-called");
        await desk.PressBigAsync("Bắt đầu phục vụ");
        await desk.ShowsAsync("A002", "Xong & gọi tiếp");
        await desk.PictureAsync("counter-serving");
        await desk.PressBigAsync("Xong & gọi tiếp");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        desk.SaidNothing();
    }

    [Fact]
    public async Task Of_a_double_click_one_half_counts()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        await desk.IssueAsync();
        await desk.IssueAsync();
        await Expect(desk.BigLabel).ToHaveTextAsync("Gọi số tiếp theo");
        await desk.Big.DblClickAsync();
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await StaffPage.RestAsync();
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await Expect(desk.Page.Locator("#waiting")).ToHaveTextAsync("1");
        desk.SaidNothing();
    }

    [Fact]
    public async Task Keys_a_numeric_pad_and_a_presenter_do_what_the_buttons_do()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        await desk.IssueAsync();
        await desk.IssueAsync();
        await Expect(desk.Next).ToHaveCountAsync(2);
        await desk.Page.Keyboard.PressAsync("PageDown");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await StaffPage.RestAsync();
        await desk.Page.Keyboard.PressAsync("PageUp");
        await Expect(desk.Stage).ToHaveTextAsync("ĐANG GỌI · lượt gọi thứ 2");
        await StaffPage.RestAsync();
        await desk.Page.Keyboard.PressAsync("NumpadEnter");
        await desk.ShowsAsync("A001", "Xong & gọi tiếp");
        await StaffPage.RestAsync();

        // Parked for a reason that a figure chooses, and taken back.
        await desk.Page.Keyboard.PressAsync("5");
        await Expect(desk.Dialog).ToContainTextAsync("Tạm gác số A001 vì sao?");
        await desk.PictureAsync("counter-park");
        await AxeCheck.FindsNothingAsync(desk.Page);
        await desk.Page.Keyboard.PressAsync("Digit1");
        await Expect(desk.Aside).ToContainTextAsync("Tạm gác: Thiếu bản sao");
        await Expect(desk.Key(9)).ToContainTextAsync("tạm gác A001");
        await desk.PictureAsync("counter-undo");
        await StaffPage.RestAsync();
        await desk.Page.Keyboard.PressAsync("9");
        await desk.ShowsAsync("A001", "Xong & gọi tiếp");
        await Expect(desk.Told).ToHaveTextAsync("Đã hoàn tác: tạm gác A001.");
        await StaffPage.RestAsync();

        await desk.Page.Keyboard.PressAsync("Shift+?");
        await Expect(desk.Dialog).ToContainTextAsync("Bút trình chiếu");
        await desk.PictureAsync("counter-keys");
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Dialog).ToHaveCountAsync(0);
        await StaffPage.RestAsync();
        await desk.Page.Keyboard.PressAsync("F5");
        await Expect(desk.Dialog).ToContainTextAsync("Tạm ngừng quầy vì sao?");
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Dialog).ToHaveCountAsync(0);
        await desk.ShowsAsync("A001", "Xong & gọi tiếp");
        desk.SaidNothing();
    }

    [Fact]
    public async Task A_ticket_is_sent_on_a_counter_pauses_and_help_is_called()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge, 1920, 1080);
        await desk.OpenAsync("/counter/1");
        await desk.IssueAsync();
        await desk.PressBigAsync("Gọi số tiếp theo");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await StaffPage.RestAsync();
        await desk.Key(6).ClickAsync();
        await Expect(desk.Dialog).ToContainTextAsync("Đất đai");
        await desk.PictureAsync("counter-transfer-1080");
        await desk.Dialog.GetByText("Quầy 3").ClickAsync();
        await Expect(desk.Told).ToHaveTextAsync("Đã chuyển.");
        await Expect(desk.Number).ToHaveTextAsync("");
        await StaffPage.RestAsync();
        await desk.Key(7).ClickAsync();
        await desk.Dialog.GetByText("Nghỉ giữa giờ").ClickAsync();
        await Expect(desk.Stage).ToHaveTextAsync("TẠM NGỪNG PHỤC VỤ: Nghỉ giữa giờ");
        await desk.PictureAsync("counter-paused-1080");
        await desk.PressBigAsync("Mở lại quầy");
        await Expect(desk.Stage).ToHaveTextAsync("QUẦY TRỐNG");
        desk.SaidNothing();
    }

    [Fact]
    public async Task Two_windows_of_one_counter_never_skip_a_number()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var one = await browser.StaffAsync(edge);
        await one.OpenAsync("/counter/1");
        for (var i = 0; i < 3; i++)
        {
            await one.IssueAsync();
        }

        var other = await browser.StaffAsync(edge, beside: one);
        await other.OpenAsync("/counter/1");
        await Expect(other.BigLabel).ToHaveTextAsync("Gọi số tiếp theo");
        // The press of the second window is on its way while the first one calls.
        var go = new TaskCompletionSource();
        await other.Page.RouteAsync("**/next", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });
        await other.Big.ClickAsync();
        await one.Page.BringToFrontAsync();
        await one.PressBigAsync("Gọi số tiếp theo");
        await one.ShowsAsync("A001", "Bắt đầu phục vụ");
        go.SetResult();
        await Expect(other.Told).ToHaveTextAsync("Số A001 vừa được gọi ở cửa sổ khác; lần bấm này không tính.");
        await other.ShowsAsync("A001", "Bắt đầu phục vụ");
        await other.PictureAsync("counter-two-windows");
        await Expect(one.Page.Locator("#waiting")).ToHaveTextAsync("2");
        one.SaidNothing();
        other.SaidNothing(refused: true);
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_asked_for_again_and_nobody_is_called_twice()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        await desk.IssueAsync();
        await desk.IssueAsync();
        var sent = 0;
        await desk.Page.RouteAsync("**/next", async route =>
        {
            if (++sent == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync("connectionreset");
                return;
            }

            await route.ContinueAsync();
        });
        await desk.PressBigAsync("Gọi số tiếp theo");
        await Expect(desk.Told).ToHaveTextAsync("Đã gọi số A001.");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await Expect(desk.Page.Locator("#waiting")).ToHaveTextAsync("1");
        Assert.Equal(2, sent);
        desk.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task When_the_edge_is_gone_the_page_says_so_locks_its_buttons_and_comes_back_with_the_truth()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        await desk.IssueAsync();
        await desk.IssueAsync();
        await desk.PressBigAsync("Gọi số tiếp theo");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await edge.PowerCut();
        await Expect(desk.Cut).ToContainTextAsync("Mất kết nối với máy");
        await Expect(desk.Big).ToBeDisabledAsync();
        await Expect(desk.Key(2)).ToBeDisabledAsync();
        await desk.PictureAsync("counter-cut-off");
        await edge.BootAsync();
        await desk.IsLiveAsync(withinMs: 20_000);
        await Expect(desk.Cut).ToBeHiddenAsync();
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await Expect(desk.Page.Locator("#why")).ToContainTextAsync("Theo thứ tự lấy số.");
        await desk.PressBigAsync("Bắt đầu phục vụ");
        await desk.ShowsAsync("A001", "Xong & gọi tiếp");
        desk.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task With_pins_a_clerk_logs_in_is_told_of_a_wrong_one_and_after_a_restart_logs_in_again()
    {
        await using var edge = await LiveEdge.StartAsync();
        await edge.GivePinAsync("Quầy 1", "739154");
        await using var desk = await browser.StaffAsync(edge);
        await desk.IssueAsync();
        await desk.GoAsync("/counter/1");
        await Expect(desk.Dialog).ToContainTextAsync("Đăng nhập bằng mã PIN");
        await AxeCheck.FindsNothingAsync(desk.Page);
        await desk.LogInAsync("Quầy 1", "111222");
        await Expect(desk.Dialog).ToContainTextAsync("Sai mã PIN. Còn 4 lần thử trước khi bị khóa.");
        await desk.PictureAsync("counter-log-in");
        await StaffPage.RestAsync();
        await StaffPage.RestAsync();
        await desk.LogInAsync("Quầy 1", "739154");
        await desk.IsLiveAsync();
        await Expect(desk.Page.Locator("#who-name")).ToHaveTextAsync("Quầy 1");
        await Expect(desk.Page.Locator("#no-pins")).ToBeHiddenAsync();
        await desk.PressBigAsync("Gọi số tiếp theo");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await desk.Page.ReloadAsync();
        await desk.IsLiveAsync();

        await edge.PowerCut();
        await edge.BootAsync();
        await Expect(desk.Dialog).ToContainTextAsync("Đăng nhập bằng mã PIN", new() { Timeout = 20_000 });
        await desk.LogInAsync("Quầy 1", "739154");
        await desk.IsLiveAsync();
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await desk.Page.Locator("#leave").ClickAsync();
        await Expect(desk.Dialog).ToContainTextAsync("Đăng nhập bằng mã PIN");
        desk.SaidNothing(edgeWasAway: true, refused: true);
    }

    [Fact]
    public async Task It_is_clear_to_everyone_and_never_blank()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/1");
        await AxeCheck.FindsNothingAsync(desk.Page);
        await desk.IssueAsync();
        await desk.PressBigAsync("Gọi số tiếp theo");
        await desk.ShowsAsync("A001", "Bắt đầu phục vụ");
        await AxeCheck.FindsNothingAsync(desk.Page);
        var low = await desk.Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        Assert.True(low <= 768, $"The page is {low} high.");
        desk.SaidNothing();

        await desk.GoAsync("/counter/9");
        await Expect(desk.Stage).ToContainTextAsync("Trung tâm không có quầy 9");
        await desk.Page.GetByText("Quầy 2").ClickAsync();
        await desk.IsLiveAsync();
        await Expect(desk.Page.Locator("#title")).ToHaveTextAsync("Quầy 2");
    }
}
