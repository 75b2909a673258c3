using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Health.Tests;

public sealed class ButtonLedgerTests : IButtonSink
{
    private static readonly DeviceId Land = new("dat-dai");
    private static readonly DeviceId Papers = new("chung-thuc");

    private readonly ManualTime time = new();
    private readonly List<ButtonPress> passed = [];
    private readonly List<ButtonsCounted> told = [];

    void IButtonSink.Pressed(ButtonPress press) => passed.Add(press);

    [Fact]
    public void Every_press_is_counted_by_its_kind_and_passed_on()
    {
        var ledger = Ledger();
        ledger.Pressed(new ButtonPress(Land, 1));
        ledger.Pressed(new ButtonPress(Land, 2, PressKind.Hold));
        ledger.Pressed(new ButtonPress(Papers, 3));
        Assert.Equal([1, 2, 3], passed.Select(press => press.At));
        Assert.Equal(
            [new ButtonCount("chung-thuc", 1, 0, 7, time.GetUtcNow(), 0), new ButtonCount("dat-dai", 1, 1, 0, time.GetUtcNow(), 1)], ledger.Now);
    }

    [Fact]
    public async Task Nothing_is_told_while_nobody_presses()
    {
        var ledger = Ledger();
        for (var hour = 0; hour < 24; hour++)
        {
            await ledger.StepAsync(TestContext.Current.CancellationToken);
            time.Advance(ButtonLedger.Every);
        }

        ledger.Tell();
        Assert.Empty(told);
    }

    [Fact]
    public void A_button_that_is_left_alone_far_longer_than_usual_is_worth_a_hint_and_no_sooner()
    {
        var ledger = Ledger();
        for (var i = 0; i < 50; i++)
        {
            Press(ledger, Papers, 1);
            Press(ledger, Land, 1);
        }

        // Half of all presses were its own: 20 of them are missing after 40 of the others.
        Press(ledger, Papers, 39);
        Assert.Empty(Quiet(ledger));
        Press(ledger, Papers, 1);
        Assert.Equal(["dat-dai"], Quiet(ledger));
        Press(ledger, Land, 1);
        Assert.Empty(Quiet(ledger));
    }

    [Fact]
    public void A_button_that_was_never_pressed_is_hinted_at_only_after_many_presses_of_the_others()
    {
        var ledger = Ledger();
        Press(ledger, Papers, 499);
        Assert.Empty(Quiet(ledger));
        Press(ledger, Papers, 1);
        Assert.Equal(["dat-dai"], Quiet(ledger));
    }

    private static IEnumerable<string> Quiet(ButtonLedger ledger) => ledger.Now.Where(one => ButtonLedger.IsQuiet(one, ledger.Now)).Select(one => one.Device);

    private static void Press(ButtonLedger ledger, DeviceId button, int times)
    {
        for (var i = 0; i < times; i++)
        {
            ledger.Pressed(new ButtonPress(button, 0));
        }
    }

    private ButtonLedger Ledger() => new([Land, Papers], new Dictionary<string, ButtonCount>(StringComparer.Ordinal), this, () => [(Papers, 7)], time, told.Add);
}
