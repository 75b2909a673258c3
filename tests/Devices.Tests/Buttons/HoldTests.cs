using MotCua.Edge.Devices.Buttons;
using Xunit;

namespace MotCua.Devices.Tests.Buttons;

/// <summary>The green button has a hold of 1.2 s, the red one none.</summary>
public sealed class HoldTests : IDisposable
{
    private readonly PanelBench bench = new(hold: TimeSpan.FromMilliseconds(1200));

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_short_press_counts_when_the_finger_goes()
    {
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(400));
        await bench.RunMs(399);
        Assert.Empty(bench.Presses);
        await bench.RunMs(60);
        Assert.Equal([PressKind.Press], Kinds());
    }

    [Fact]
    public async Task A_button_without_a_hold_counts_at_once()
    {
        await bench.RunMs(100);
        bench.Port.Hold(PanelBench.Red);
        await bench.RunMs(40);
        Assert.Equal([PressKind.Press], Kinds());
        await bench.RunMs(3000);
        bench.Port.Release(PanelBench.Red);
        await bench.RunMs(300);
        Assert.Equal([PressKind.Press], Kinds());
    }

    [Fact]
    public async Task A_hold_counts_while_the_finger_is_still_there_and_its_release_is_no_press()
    {
        bench.Port.LongestBounce = TimeSpan.Zero;
        await bench.RunMs(100);
        bench.Port.Hold(PanelBench.Green);
        await bench.RunMs(1199);
        Assert.Empty(bench.Presses);
        await bench.RunMs(1);
        Assert.Equal([PressKind.Hold], Kinds());
        await bench.RunMs(2000);
        bench.Port.Release(PanelBench.Green);
        await bench.RunMs(500);
        Assert.Equal([PressKind.Hold], Kinds());
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(200));
        await bench.RunMs(500);
        Assert.Equal([PressKind.Hold, PressKind.Press], Kinds());
    }

    [Fact]
    public async Task The_lamp_flashes_three_times_when_the_hold_counts_and_then_is_dark()
    {
        await bench.RunMs(100);
        bench.Port.Hold(PanelBench.Green);
        await bench.RunMs(1190);
        Assert.False(bench.LampLit);
        var (flashes, lit) = (0, false);
        for (var i = 0; i < 1500; i++)
        {
            await bench.RunMs(1);
            flashes += bench.LampLit && !lit ? 1 : 0;
            lit = bench.LampLit;
        }

        Assert.Equal((3, false), (flashes, lit));
    }

    [Theory]
    [InlineData(1150, PressKind.Press)]
    [InlineData(1250, PressKind.Hold)]
    public async Task A_loop_that_was_kept_away_tells_them_apart_by_the_kernels_stamps(int held, PressKind expected)
    {
        bench.Port.LongestBounce = TimeSpan.Zero;
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(held));
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        await bench.RunMs(100);
        Assert.Equal([expected], Kinds());
    }

    [Fact]
    public async Task A_release_that_begins_just_before_the_time_is_full_makes_a_short_press()
    {
        bench.Port.LongestBounce = TimeSpan.Zero;
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(1195));
        await bench.RunMs(1400);
        Assert.Equal([PressKind.Press], Kinds());
    }

    [Fact]
    public async Task A_button_that_is_held_when_the_box_starts_holds_nothing_open_and_is_stuck_in_the_end()
    {
        bench.Port.Stick(PanelBench.Green, stuck: true);
        await bench.Run(TimeSpan.FromSeconds(31), strideMs: 20);
        bench.Port.Stick(PanelBench.Green, stuck: false);
        await bench.RunMs(500);
        Assert.Empty(bench.Presses);
        Assert.Equal(["Ready", "Failed button.stuck", "Ready"], bench.Reports.Of("green"));
    }

    [Fact]
    public void However_it_bounces_and_however_late_the_loop_is_every_press_is_one_short_or_one_hold() => Seeds.ForAll(seed =>
    {
        var random = new Random(seed);
        using var one = new PanelBench(seed, TimeSpan.FromMilliseconds(1200));
        one.Port.LongestBounce = TimeSpan.FromMilliseconds(random.Next(0, 12));
        Run(one, random, 100);
        List<PressKind> expected = [];
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var isHold = random.Next(2) == 0;
            var down = isHold ? random.Next(1250, 2500) : random.Next(45, 1150);
            expected.Add(isHold ? PressKind.Hold : PressKind.Press);
            one.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(down));
            Run(one, random, down + random.Next(60, 300));
        }

        Run(one, random, 400);
        Assert.Equal(expected, one.Presses.Select(press => press.Kind));
    });

    private PressKind[] Kinds() => [.. bench.Presses.Select(press => press.Kind)];

    private static void Run(PanelBench bench, Random random, double ms)
    {
        for (var left = ms; left > 0;)
        {
            var stride = Math.Min(left, random.Next(1, 60));
            bench.Time.Advance(TimeSpan.FromMilliseconds(stride));
            left -= stride;
            // The panel steps without waiting, so its task is done.
            while (bench.Step().GetAwaiter().GetResult() == TimeSpan.Zero)
            {
            }
        }
    }
}
