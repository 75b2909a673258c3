using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>The support team's phone, before a whole edge.</summary>
public sealed class HelpJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Fact]
    public async Task Two_phones_see_who_asks_one_takes_it_and_when_it_is_done_it_is_gone_from_both()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var one = await browser.StaffAsync(edge, 390, 844);
        await using var other = await browser.StaffAsync(edge, 390, 844);
        await one.OpenAsync("/help");
        await other.OpenAsync("/help");
        await Expect(one.Page.Locator("#asks")).ToContainTextAsync("Không ai đang chờ");
        await one.Page.Locator("#bell").ClickAsync();
        await one.Page.Locator("#member").SelectOptionAsync("7");
        await other.Page.Locator("#member").SelectOptionAsync("8");
        // One by one: what comes at once is one picture and rings once.
        await one.PostAsync("/api/help/quay-3", new { kind = "technical" });
        await Expect(one.Page.Locator("#asks [data-place]")).ToHaveCountAsync(1);
        await one.PostAsync("/api/help/sanh");
        await Expect(one.Page.Locator("#asks [data-place]")).ToHaveCountAsync(2);
        await one.PostAsync("/api/help-desk/home", new { area = "Khu 5" });
        await Expect(one.Page.Locator("#asks li")).ToHaveCountAsync(3);
        await Expect(one.Page.Locator("[data-place=quay-3]")).ToContainTextAsync("Quầy 3");
        await Expect(one.Page.Locator("html")).ToHaveAttributeAsync("data-rings", "3");
        await one.PictureAsync("help-phone", whole: true);
        await AxeCheck.FindsNothingAsync(one.Page);

        await one.Page.Locator("[data-place=quay-3]").GetByText("Tôi nhận").ClickAsync();
        await Expect(one.Page.Locator("[data-place=quay-3]")).ToContainTextAsync("Đã nhận: số 7, là tôi");
        await Expect(other.Page.Locator("[data-place=quay-3]")).ToContainTextAsync("Đã nhận: số 7");
        await Expect(other.Page.Locator("[data-place=quay-3]")).ToContainTextAsync("Tôi nhận thay");
        await one.PictureAsync("help-phone-taken", whole: true);
        await one.Page.Locator("[data-place=quay-3]").GetByText("Xong").ClickAsync();
        await Expect(other.Page.Locator("[data-place=quay-3]")).ToHaveCountAsync(0);
        await Expect(one.Told).ToHaveTextAsync("Đã xong: Quầy 3.");
        one.SaidNothing();
        other.SaidNothing();
    }

    [Fact]
    public async Task A_fault_reaches_the_team_with_what_to_do_and_somebody_takes_it()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var phone = await browser.StaffAsync(edge, 390, 844);
        await phone.OpenAsync("/help");
        await phone.PostAsync("/lab/faults", new { device = "hall-lcd", fault = "unplugged", on = true });
        await phone.IssueAsync();
        await phone.PostAsync("/api/counters/1/next");
        var fault = phone.Page.Locator("#faults [data-device=hall-lcd]");
        await Expect(fault).ToContainTextAsync("Bảng LCD hall-lcd", new() { Timeout = 20_000 });
        await phone.PictureAsync("help-phone-fault", whole: true);
        await fault.GetByText("Tôi nhận").ClickAsync();
        await Expect(phone.Page.Locator("#asks [data-place=hall-lcd]")).ToContainTextAsync("là tôi");
        await Expect(fault).ToHaveCountAsync(0);
        phone.SaidNothing();
    }

    [Fact]
    public async Task What_was_asked_while_the_line_was_down_is_there_and_heard_once_when_it_is_back()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var phone = await browser.StaffAsync(edge, 390, 844);
        await phone.OpenAsync("/help");
        await phone.PostAsync("/api/help/sanh");
        await Expect(phone.Page.Locator("html")).ToHaveAttributeAsync("data-rings", "1");
        await edge.PowerCut();
        await Expect(phone.Cut).ToContainTextAsync("Mất kết nối");
        await Expect(phone.Page.Locator("[data-place=sanh] button").First).ToBeDisabledAsync();
        await phone.PictureAsync("help-phone-cut-off", whole: true);
        await edge.BootAsync();
        await phone.PostAsync("/api/help/quay-1");
        await phone.IsLiveAsync(withinMs: 20_000);
        await Expect(phone.Page.Locator("#asks li")).ToHaveCountAsync(2);
        await Expect(phone.Page.Locator("html")).ToHaveAttributeAsync("data-rings", "2");
        phone.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task A_clerk_notes_a_request_for_service_at_home_and_the_team_sees_only_where_and_a_code()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var desk = await browser.StaffAsync(edge);
        await desk.OpenAsync("/counter/2");
        await desk.Key(8).ClickAsync();
        await desk.PictureAsync("counter-help");
        await desk.Dialog.GetByText("Ghi yêu cầu phục vụ tại nhà").ClickAsync();
        await desk.Page.Locator("#own-words").FillAsync("Khu 5");
        await desk.Dialog.GetByText("Ghi", new() { Exact = true }).ClickAsync();
        await Expect(desk.Dialog).ToContainTextAsync("Viết mã này vào sổ");
        var code = await desk.Page.Locator(".code").TextContentAsync();
        await desk.PictureAsync("counter-home-code");
        var phone = await browser.StaffAsync(edge, beside: desk);
        await phone.OpenAsync("/help");
        await Expect(phone.Page.Locator("#asks li")).ToContainTextAsync($"Mã {code}");
        await Expect(phone.Page.Locator("#asks li")).ToContainTextAsync("Khu 5");
        desk.SaidNothing();
    }

    [Fact]
    public async Task It_is_clear_to_everyone()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var phone = await browser.StaffAsync(edge, 390, 844);
        await phone.OpenAsync("/help");
        await AxeCheck.FindsNothingAsync(phone.Page);
        Assert.True(await phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"));
        phone.SaidNothing();
    }
}
