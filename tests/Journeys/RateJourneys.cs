using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>Three faces at a counter, which open when a ticket is done there.</summary>
public sealed class RateJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Theory]
    [InlineData(1024, 600, 24)]
    [InlineData(1366, 768, 24)]
    [InlineData(390, 844, 16)]
    public async Task The_faces_open_when_a_ticket_is_done_and_close_with_one_word(int width, int height, double letters)
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var rate = await browser.VisitAsync(edge, width, height);
        await rate.GoAsync("/rate/1", "idle");
        await rate.IsLargeEnoughAsync(letters, 64);
        await AxeCheck.FindsNothingAsync(rate.Page);
        await rate.PictureAsync($"rate-idle-{width}");
        await ServeAsync(rate);
        await rate.IsAtAsync("open");
        await Expect(rate.Page.Locator("#ticket")).ToHaveTextAsync("Số thứ tự A001");
        await rate.IsLargeEnoughAsync(letters, 64);
        await rate.HasNothingToScrollAsync();
        await AxeCheck.FindsNothingAsync(rate.Page);
        await rate.PictureAsync($"rate-open-{width}");
        await rate.Face("very-satisfied").ClickAsync();
        await rate.IsAtAsync("thanks");
        await Expect(rate.Page.Locator("#thanks-text")).ToHaveTextAsync("Đánh giá của quý vị đã được ghi nhận.");
        await AxeCheck.FindsNothingAsync(rate.Page);
        await rate.PictureAsync($"rate-thanks-{width}");
        await rate.IsAtAsync("idle");
        Assert.Equal(1, (await rate.GetAsync("/api/statistics")).GetProperty("ratings").GetProperty("very-satisfied").GetInt32());
        rate.SaidNothing();
    }

    [Fact]
    public async Task Who_is_not_satisfied_may_say_why_from_a_list_and_only_once()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var rate = await browser.VisitAsync(edge, 1024, 600);
        await rate.GoAsync("/rate/1", "idle");
        await ServeAsync(rate);
        await rate.Face("not-satisfied").ClickAsync();
        await rate.IsAtAsync("why");
        await rate.Page.Locator("[data-reason=long-wait]").ClickAsync();
        await rate.Page.Locator("[data-reason=unclear-guidance]").ClickAsync();
        await rate.IsLargeEnoughAsync(24, 64);
        await rate.HasNothingToScrollAsync();
        await AxeCheck.FindsNothingAsync(rate.Page);
        await rate.PictureAsync("rate-why");
        var sent = await rate.Page.RunAndWaitForRequestAsync(() => rate.Page.Locator("#send").ClickAsync(), request => request.Method == "POST");
        Assert.Equal("""{"ticket":"A001","rating":"not-satisfied","reasons":["long-wait","unclear-guidance"]}""", sent.PostData);
        await rate.IsAtAsync("thanks");
        await rate.IsAtAsync("idle");
        rate.SaidNothing();
    }

    [Fact]
    public async Task It_says_when_the_edge_is_away_and_goes_on()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var rate = await browser.VisitAsync(edge, 1024, 600);
        await rate.GoAsync("/rate/1", "idle");
        await edge.PowerCut();
        await rate.IsAtAsync("cut", 20_000);
        await AxeCheck.FindsNothingAsync(rate.Page);
        await rate.PictureAsync("rate-cut");
        await edge.BootAsync();
        await rate.IsAtAsync("idle", 20_000);
        rate.SaidNothing(edgeWasAway: true);
    }

    [Fact]
    public async Task A_counter_that_is_none_is_said_in_words()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var rate = await browser.VisitAsync(edge, 1024, 600);
        await rate.GoAsync("/rate/77", "wrong");
        await Expect(rate.Page.Locator("#wrong-text")).ToContainTextAsync("Trung tâm không có quầy 77.");
        rate.SaidOnlyWhatTheEdgeRefused();
    }

    private static async Task ServeAsync(CitizenPage rate)
    {
        await rate.PostAsync("/api/tickets", new { service = "chung-thuc" });
        await rate.PostAsync("/api/counters/1/next");
        await rate.PostAsync("/api/counters/1/done");
    }
}
