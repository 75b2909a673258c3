using Xunit;

namespace MotCua.Devices.Tests.Buttons;

/// <summary>Random bounce trains, stalls and disturbances; a failure names the seed.</summary>
public sealed class ButtonStormTests
{
    [Fact]
    public void Every_true_press_counts_exactly_once_however_it_bounces_and_however_late_the_loop_is() => Seeds.ForAll(seed =>
    {
        var random = new Random(seed);
        using var bench = new PanelBench(seed);
        bench.Port.LongestBounce = TimeSpan.FromMilliseconds(random.Next(0, 12));
        Run(bench, random, 100);
        var presses = random.Next(1, 12);
        for (var i = 0; i < presses; i++)
        {
            // Down for the debounce time and its bounce at least; then up as long.
            var hold = random.Next(45, 400);
            bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(hold));
            Run(bench, random, hold + random.Next(45, 300));
        }

        Run(bench, random, 200);
        Assert.Equal(presses, bench.PressesOf("green"));
        Assert.Equal(0, bench.PressesOf("red"));
    });

    [Fact]
    public void Spikes_on_a_line_at_rest_never_count() => Seeds.ForAll(SpikesNeverCount);

    /// <summary>Found by the storm: the queue overflowed just after an active edge, and the next look at the level fell into a spike.</summary>
    [Theory]
    [InlineData(1_094_835_264)]
    public void Spikes_that_once_counted_never_count_again(int seed) => SpikesNeverCount(seed);

    [Fact]
    public void A_few_spikes_during_presses_change_nothing() => Seeds.ForAll(seed =>
    {
        var random = new Random(seed);
        using var bench = new PanelBench(seed);
        Run(bench, random, 100);
        for (var i = 0; i < 3; i++)
        {
            bench.Port.Disturb(PanelBench.Green, 4, TimeSpan.FromMilliseconds(800));
            bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(400));
            Run(bench, random, 900);
        }

        Assert.Equal(3, bench.PressesOf("green"));
    });

    private static void SpikesNeverCount(int seed)
    {
        var random = new Random(seed);
        using var bench = new PanelBench(seed);
        Run(bench, random, 10);
        bench.Port.Disturb(PanelBench.Green, random.Next(1, 300), TimeSpan.FromMilliseconds(random.Next(50, 1000)));
        Run(bench, random, 1500);
        Assert.Empty(bench.Presses);
    }

    /// <summary>Steps at random moments, up to 50 ms late.</summary>
    private static void Run(PanelBench bench, Random random, double ms)
    {
        for (var left = ms; left > 0;)
        {
            var stride = Math.Min(left, random.Next(3) == 0 ? random.Next(1, 50) : random.NextDouble() * 3);
            bench.Time.Advance(TimeSpan.FromMilliseconds(stride));
            left -= stride;
            // The panel steps without waiting, so its task is done.
            while (bench.Step().GetAwaiter().GetResult() == TimeSpan.Zero)
            {
            }
        }
    }
}
