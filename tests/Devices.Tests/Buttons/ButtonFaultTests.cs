using MotCua.Edge.Devices.Health;
using Xunit;

namespace MotCua.Devices.Tests.Buttons;

public sealed class ButtonFaultTests : IDisposable
{
    private readonly PanelBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_stuck_button_is_a_fault_after_thirty_seconds_and_clears_itself()
    {
        await bench.Step();
        bench.Port.Stick(PanelBench.Green, stuck: true);
        await bench.Run(TimeSpan.FromSeconds(29), strideMs: 50);
        Assert.Equal(["Ready"], bench.Reports.Of("green"));
        await bench.Run(TimeSpan.FromSeconds(2), strideMs: 50);
        Assert.Equal(["Ready", "Failed button.stuck"], bench.Reports.Of("green"));
        bench.Port.Stick(PanelBench.Green, stuck: false);
        await bench.RunMs(500);
        Assert.Equal(["Ready", "Failed button.stuck", "Ready"], bench.Reports.Of("green"));
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Fact]
    public async Task A_button_that_is_stuck_at_the_start_is_no_press_but_a_fault()
    {
        bench.Port.Stick(PanelBench.Green, stuck: true);
        await bench.Run(TimeSpan.FromSeconds(31), strideMs: 50);
        Assert.Empty(bench.Presses);
        Assert.Equal(["Ready", "Failed button.stuck"], bench.Reports.Of("green"));
    }

    [Fact]
    public async Task A_noisy_line_degrades_and_clears_after_quiet()
    {
        await bench.Step();
        bench.Port.Disturb(PanelBench.Green, 150, TimeSpan.FromSeconds(3));
        await bench.Run(TimeSpan.FromSeconds(4), strideMs: 5);
        Assert.Equal(["Ready", "Degraded button.noisy"], bench.Reports.Of("green"));
        await bench.Run(TimeSpan.FromSeconds(11), strideMs: 50);
        Assert.Equal(["Ready", "Degraded button.noisy", "Ready"], bench.Reports.Of("green"));
        Assert.Empty(bench.Presses);
    }

    [Fact]
    public async Task A_storm_that_never_lets_the_queue_run_empty_is_told_too()
    {
        await bench.Step();
        for (var i = 0; i < 10; i++)
        {
            bench.Port.Disturb(PanelBench.Green, 100, TimeSpan.FromMilliseconds(20));
            bench.Time.Advance(TimeSpan.FromMilliseconds(21));
            Assert.Equal(TimeSpan.Zero, await bench.Step());
        }

        Assert.Equal(["Ready", "Degraded button.noisy"], bench.Reports.Of("green"));
    }

    [Fact]
    public async Task A_noisy_line_still_takes_presses_between_its_spikes()
    {
        await bench.Step();
        bench.Port.Disturb(PanelBench.Green, 150, TimeSpan.FromSeconds(3));
        await bench.Run(TimeSpan.FromSeconds(4), strideMs: 5);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(200));
        await bench.RunMs(400);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Fact]
    public async Task Children_who_hammer_a_button_are_not_noise()
    {
        await bench.Step();
        for (var i = 0; i < 60; i++)
        {
            bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(60));
            await bench.RunMs(150);
        }

        Assert.Equal(60, bench.PressesOf("green"));
        Assert.Equal(["Ready"], bench.Reports.Of("green"));
    }

    [Fact]
    public async Task A_line_held_by_another_program_fails_alone_and_is_asked_for_again()
    {
        bench.Port.HoldByOther(PanelBench.Red, held: true);
        await bench.Run(TimeSpan.FromSeconds(10), strideMs: 20);
        Assert.Equal(["Failed device.not-answering"], bench.Reports.Of("red"));
        Assert.Equal("gpiochip0, line 27: Device or resource busy.", bench.Reports.All.Single(report => report.Device.Value == "red").Detail);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(300);
        Assert.Equal(1, bench.PressesOf("green"));
        bench.Port.HoldByOther(PanelBench.Red, held: false);
        await bench.RunMs(2100, strideMs: 20);
        Assert.Equal(["Failed device.not-answering", "Ready"], bench.Reports.Of("red"));
    }

    [Fact]
    public async Task A_chip_that_was_unplugged_comes_back_by_itself()
    {
        await bench.Step();
        bench.Port.Unplugged = true;
        await bench.Run(TimeSpan.FromSeconds(5), strideMs: 20);
        Assert.Equal(["Ready", "Failed device.not-answering"], bench.Reports.Of("green"));
        bench.Port.Unplugged = false;
        await bench.RunMs(2100, strideMs: 20);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(300);
        Assert.Equal(DeviceState.Ready, bench.Reports.All.Last(report => report.Device.Value == "green").State);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Fact]
    public async Task A_lamp_lights_at_the_first_press_after_its_chip_was_away_and_goes_out_again()
    {
        await bench.RunMs(100);
        bench.Port.Unplugged = true;
        await bench.RunMs(5000, strideMs: 20);
        bench.Port.Unplugged = false;
        await bench.RunMs(2500, strideMs: 20);
        Assert.False(bench.LampLit);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(50);
        Assert.True(bench.LampLit);
        await bench.RunMs(1300);
        Assert.False(bench.LampLit);
        Assert.Equal("Ready", bench.Reports.Of("green")[^1]);
    }

    [Fact]
    public async Task A_lamp_whose_chip_is_away_while_it_is_lit_is_dark_afterwards_and_lights_again()
    {
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(200);
        Assert.True(bench.LampLit);
        bench.Port.Unplugged = true;
        await bench.RunMs(200);
        bench.Port.Unplugged = false;
        await bench.RunMs(4000, strideMs: 20);
        Assert.False(bench.LampLit);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(50);
        Assert.True(bench.LampLit);
    }

    [Fact]
    public async Task A_lamp_that_cannot_be_had_degrades_its_button_only()
    {
        bench.Port.HoldByOther(PanelBench.Lamp, held: true);
        await bench.Step();
        Assert.Equal(["Degraded device.not-answering"], bench.Reports.Of("green"));
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(300);
        Assert.Equal(1, bench.PressesOf("green"));
        bench.Port.HoldByOther(PanelBench.Lamp, held: false);
        await bench.RunMs(2500, strideMs: 20);
        Assert.Equal(["Degraded device.not-answering", "Ready"], bench.Reports.Of("green"));
    }

    [Fact]
    public async Task A_line_that_tells_no_edges_any_more_degrades_and_its_presses_count_all_the_same()
    {
        await bench.RunMs(100);
        bench.Port.LoseEdges(PanelBench.Green, lost: true);
        for (var i = 0; i < 2; i++)
        {
            bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(600));
            await bench.RunMs(1200);
        }

        Assert.Equal(["Ready", "Degraded button.edges-lost"], bench.Reports.Of("green"));
        Assert.Equal(2, bench.PressesOf("green"));
        bench.Port.LoseEdges(PanelBench.Green, lost: false);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(200));
        await bench.RunMs(400);
        Assert.Equal(["Ready", "Degraded button.edges-lost", "Ready"], bench.Reports.Of("green"));
        Assert.Equal(3, bench.PressesOf("green"));
    }

    [Fact]
    public async Task The_edges_that_made_a_line_noisy_are_kept_with_the_kernels_stamps()
    {
        await bench.Step();
        bench.Port.Disturb(PanelBench.Green, 150, TimeSpan.FromSeconds(3));
        await bench.Run(TimeSpan.FromSeconds(4), strideMs: 5);
        var (now, kept) = bench.Panel.EdgesOf(new DeviceId("green"))!.Value;
        Assert.Equal(FaultCode.ButtonNoisy, kept!.Fault);
        Assert.Equal(64, kept.Edges.Length);
        Assert.Equal(64, now.Edges.Length);
        // Each active level is a spike of at most 200 µs; ticks are 100 ns here.
        for (var i = 1; i < kept.Edges.Length; i++)
        {
            Assert.Equal(kept.Edges[i - 1].LineSequence + 1, kept.Edges[i].LineSequence);
            Assert.True(kept.Edges[i].Active || kept.Edges[i].Timestamp - kept.Edges[i - 1].Timestamp is > 0 and <= 2000);
        }

        var detail = bench.Reports.All.Last(report => report.Fault == FaultCode.ButtonNoisy).Detail;
        Assert.Matches(@"had 2\d\d edges in 10 s; the last levels lasted, in µs:( \d+){12}$", detail);
        Assert.Null(bench.Panel.EdgesOf(new DeviceId("red"))!.Value.AtFault);
        Assert.Null(bench.Panel.EdgesOf(new DeviceId("blue")));
    }

    [Fact]
    public async Task Bounces_are_counted_and_the_edges_of_a_clean_press_are_none()
    {
        bench.Port.LongestBounce = TimeSpan.Zero;
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Red, TimeSpan.FromMilliseconds(200));
        await bench.RunMs(400);
        Assert.Equal(0, BouncesOf("red"));
        bench.Port.Disturb(PanelBench.Red, 5, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(400);
        Assert.Equal(10, BouncesOf("red"));
        Assert.Equal(1, bench.PressesOf("red"));
    }

    private long BouncesOf(string button) => bench.Panel.Bounces().Single(one => one.Button.Value == button).Bounces;
}
