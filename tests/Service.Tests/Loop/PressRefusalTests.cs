using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Health;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class PressRefusalTests
{
    private static readonly DeviceId Next = new("goi-tiep");

    [Fact]
    public async Task A_press_that_does_nothing_says_why_for_ten_seconds()
    {
        using var centre = new TestCentre();
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        Assert.Null(centre.Centre.Presses.RefusalOf(Next));
        await centre.PressAsync(TestCentre.NextButton);
        Assert.Equal("Vừa gọi số A001; lần bấm này không tính.", centre.Centre.Presses.RefusalOf(Next));
        Assert.Null(centre.Centre.Presses.RefusalOf(new DeviceId("xong")));
        await centre.RunAsync(9.5, strideMs: 100);
        Assert.NotNull(centre.Centre.Presses.RefusalOf(Next));
        await centre.RunAsync(0.5, strideMs: 100);
        Assert.Null(centre.Centre.Presses.RefusalOf(Next));
    }

    [Fact]
    public async Task A_press_that_works_takes_the_refusal_back_at_once()
    {
        using var centre = new TestCentre();
        await centre.PressAsync(TestCentre.NextButton);
        Assert.Equal("Không còn công dân nào đang chờ.", centre.Centre.Presses.RefusalOf(Next));
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        Assert.Null(centre.Centre.Presses.RefusalOf(Next));
    }

    [Fact]
    public async Task A_card_that_refuses_is_told_at_the_button()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(3);
        centre.Disk.Dead = true;
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.StartsWith("Không ghi được vào thẻ nhớ.", centre.Centre.Presses.RefusalOf(new DeviceId("lay-so")), StringComparison.Ordinal);
        centre.Disk.Dead = false;
    }
}
