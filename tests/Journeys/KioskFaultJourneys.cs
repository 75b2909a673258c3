using System.Text.Json;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>What a kiosk does with an answer that does not come, and with whoever comes next.</summary>
public sealed class KioskFaultJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    private const int Wide = 1080;
    private const int High = 1920;

    [Fact]
    public async Task A_wish_without_an_answer_is_asked_again_by_its_name_until_the_next_citizen_comes()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");

        // The page's own module, before an edge that takes the wish and whose answer never arrives; a clock of ours lets it give up after one round.
        var names = JsonSerializer.Deserialize<string[]>(await kiosk.Page.EvaluateAsync<string>("""
            async () => {
              const { createWishes } = await import('/kiosk/wish.js');
              let now = 0;
              const asked = [];
              const real = window.fetch;
              window.fetch = async (path, { body }) => {
                asked.push(JSON.parse(body).request);
                now += 30000;
                throw new TypeError('lost');
              };
              const wishes = createWishes(() => now);
              const ask = service => wishes.ask('/api/tickets', { service }).catch(() => {});
              await ask('chung-thuc');
              await ask('chung-thuc');
              await ask('dat-dai');
              wishes.forget();
              await ask('chung-thuc');
              window.fetch = real;
              return JSON.stringify(asked);
            }
            """))!;
        Assert.Equal(4, names.Length);
        Assert.Equal(names[0], names[1]);
        Assert.Equal(3, names.Distinct().Count());
        kiosk.SaidNothing();
    }

    [Fact]
    public async Task While_a_number_is_on_its_way_nothing_can_take_its_screen_away()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        var arrives = new TaskCompletionSource();
        await kiosk.Page.RouteAsync("**/api/tickets", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        await kiosk.Service("chung-thuc").ClickAsync();
        await kiosk.IsAtAsync("taking");
        await Expect(kiosk.Page.Locator("#foot[inert]")).ToHaveCountAsync(1);
        arrives.SetResult();
        await Expect(kiosk.Number).ToHaveTextAsync("A001");
        await Expect(kiosk.Page.Locator("#foot[inert]")).ToHaveCountAsync(0);
        kiosk.SaidNothing();
    }

    [Fact]
    public async Task A_field_that_leads_to_another_page_leads_nowhere_while_the_edge_is_away()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var kiosk = await browser.VisitAsync(edge, Wide, High);
        await kiosk.GoAsync("/kiosk", "home");
        await edge.PowerCut();
        await kiosk.Page.EvaluateAsync("document.querySelector('[data-field=lookup]').click()"); // Before the page itself knows.
        await Expect(kiosk.Page.Locator("#away")).ToContainTextAsync("Máy lấy số đang kết nối lại", new() { Timeout = 20_000 });
        Assert.EndsWith("/kiosk", kiosk.Page.Url, StringComparison.Ordinal);
        await edge.BootAsync();
        await Expect(kiosk.Page.Locator("#away")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        kiosk.SaidNothing(edgeWasAway: true);
    }
}
