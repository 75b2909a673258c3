using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace MotCua.Journeys;

/// <summary>Looking up a procedure, on the kiosk and on a phone, and taking a number for it.</summary>
public sealed class LookupJourneys(SystemBrowser browser) : IClassFixture<SystemBrowser>
{
    [Fact]
    public async Task Some_letters_without_marks_find_a_procedure_and_its_papers_are_printed_on_the_ticket()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lookup = await browser.VisitAsync(edge, 1080, 1920);
        await lookup.GoAsync("/kiosk", "home");
        await lookup.Field("priority").ClickAsync();
        await lookup.Page.Locator("[data-group=phu-nu-mang-thai]").ClickAsync();
        await lookup.Field("lookup").ClickAsync();
        await lookup.IsAtAsync("search");
        await Expect(lookup.Page.Locator("#count")).ToContainTextAsync("Có 30 thủ tục");
        foreach (var letter in "saoy")
        {
            await lookup.Page.Locator("#keyboard button", new() { HasText = letter.ToString() }).First.ClickAsync();
            if (letter == 'o')
            {
                await lookup.Page.GetByRole(AriaRole.Button, new() { Name = "Dấu cách" }).ClickAsync();
            }
        }

        await Expect(lookup.Page.Locator("#ask")).ToHaveValueAsync("sao y");
        await Expect(lookup.Found(0)).ToContainTextAsync("Chứng thực bản sao từ bản chính");
        await lookup.PictureAsync("lookup-found");
        await lookup.Found(0).ClickAsync();
        await lookup.IsAtAsync("sheet");
        await Expect(lookup.Page.Locator(".papers li").First).ToHaveTextAsync("Bản chính giấy tờ cần chứng thực");
        await Expect(lookup.Page.Locator(".sheet dl")).ToContainTextAsync("2.000 đồng/trang");
        await lookup.PictureAsync("lookup-sheet");
        await lookup.Field("take").ClickAsync();
        await Expect(lookup.Number).ToHaveTextAsync("A001");
        await Expect(lookup.Slip).ToContainTextAsync("Xin lấy phiếu", new() { Timeout = 15_000 });
        await lookup.PictureAsync("lookup-ticket");
        await Expect(lookup.Page.Locator("body")).Not.ToContainTextAsync("mang thai");

        var paper = (await lookup.GetAsync("/lab/centre")).GetProperty("printer").GetProperty("papers")[0];
        await File.WriteAllBytesAsync(Repository.Picture("lookup-paper"), await lookup.BytesAsync(paper.GetProperty("url").GetString()!), TestContext.Current.CancellationToken);
        Assert.True(paper.GetProperty("height").GetInt32() > 900, "The ticket carries no list of papers.");
        lookup.SaidNothing();
    }

    [Theory]
    [InlineData(1080, 1920, "?kiosk=1", 24, 64)]
    [InlineData(1366, 768, "?kiosk=1", 24, 64)]
    [InlineData(390, 844, "", 16, 55)]
    public async Task Everything_is_large_enough_and_nothing_is_cut(int width, int height, string how, double letters, double targets)
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lookup = await browser.VisitAsync(edge, width, height);
        await lookup.GoAsync("/lookup" + how, "search");
        await Expect(lookup.Found(9)).ToBeAttachedAsync();
        await lookup.IsLargeEnoughAsync(letters, targets);
        await AxeCheck.FindsNothingAsync(lookup.Page);
        await lookup.PictureAsync($"lookup-list-{width}");
        await lookup.Page.Locator("#ask").FillAsync("khai sinh");
        await lookup.Page.Locator("[data-code=dang-ky-khai-sinh]").ClickAsync();
        await lookup.IsAtAsync("sheet");
        await lookup.IsLargeEnoughAsync(letters, targets);
        await AxeCheck.FindsNothingAsync(lookup.Page);
        await lookup.PictureAsync($"lookup-sheet-{width}");

        // «Back» of a phone goes to the list, with what was typed.
        await lookup.Page.GoBackAsync();
        await lookup.IsAtAsync("search");
        await Expect(lookup.Page.Locator("#ask")).ToHaveValueAsync("khai sinh");
        lookup.SaidNothing();
    }

    [Fact]
    public async Task On_a_phone_a_number_is_taken_and_nothing_found_is_said_with_what_to_do()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var phone = await browser.VisitAsync(edge, 390, 844, touch: true);
        await phone.GoAsync("/lookup", "search");
        await phone.Page.Locator("#ask").FillAsync("xyzzy");
        await Expect(phone.Page.Locator("#count")).ToHaveTextAsync("Không thấy thủ tục nào. Xin thử chữ khác, ngắn hơn, hoặc hỏi bàn hướng dẫn.");
        await phone.Page.Locator("#ask").FillAsync("doc than");
        await phone.Found(0).TapAsync();
        await phone.Field("take").TapAsync();
        await Expect(phone.Number).ToHaveTextAsync("H001");
        await phone.PictureAsync("lookup-phone-ticket");
        await phone.Field("done").TapAsync();
        await phone.IsAtAsync("search");
        phone.SaidNothing();
    }

    [Fact]
    public async Task It_says_when_the_edge_is_away_and_goes_on()
    {
        await using var edge = await LiveEdge.StartAsync();
        await using var lookup = await browser.VisitAsync(edge, 1080, 1920);
        await lookup.GoAsync("/lookup?kiosk=1", "search");
        await edge.PowerCut();
        await lookup.Page.Locator("#ask").FillAsync("khai");
        await Expect(lookup.Page.Locator("#count")).ToContainTextAsync("Máy đang kết nối lại");
        await edge.BootAsync();
        await Expect(lookup.Page.Locator("#count")).ToContainTextAsync("phù hợp", new() { Timeout = 20_000 });
        lookup.SaidNothing(edgeWasAway: true);
    }
}
