using Xunit;

namespace MotCua.Devices.Tests.Buttons;

public sealed class ButtonPanelTests : IDisposable
{
    private readonly PanelBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Both_buttons_are_ready_after_the_first_step()
    {
        await bench.Step();
        Assert.Equal(["Ready"], bench.Reports.Of("green"));
        Assert.Equal(["Ready"], bench.Reports.Of("red"));
    }

    [Fact]
    public async Task A_press_is_told_within_a_step_of_the_debounce_time()
    {
        bench.Port.LongestBounce = TimeSpan.Zero;
        await bench.RunMs(100);
        var at = bench.Time.GetTimestamp();
        bench.Port.Press(PanelBench.Red, TimeSpan.FromMilliseconds(200));
        await bench.RunMs(29);
        Assert.Empty(bench.Presses);
        await bench.RunMs(1);
        Assert.Equal(("red", at), (bench.Presses.Single().Button.Value, bench.Presses.Single().At));
    }

    [Fact]
    public async Task A_press_wakes_the_loop()
    {
        await bench.Step();
        bench.Port.Press(PanelBench.Red, TimeSpan.FromMilliseconds(200));
        await bench.Panel.Wake.WaitAsync(Timeout.InfiniteTimeSpan, bench.Time, TestContext.Current.CancellationToken);
        Assert.InRange(await bench.Step(), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public async Task A_loop_at_rest_wakes_only_for_its_cross_check()
    {
        await bench.RunMs(1000);
        Assert.InRange(await bench.Step(), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task A_press_whose_edges_were_lost_is_found_within_the_cross_check()
    {
        await bench.RunMs(100);
        bench.Port.LoseEdges(PanelBench.Green, true);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(600));
        await bench.RunMs(290);
        Assert.Equal(1, bench.PressesOf("green"));
        await bench.RunMs(1000);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Fact]
    public async Task A_full_queue_of_edges_loses_no_press()
    {
        await bench.RunMs(100);
        bench.Port.Disturb(PanelBench.Green, 200, TimeSpan.FromMilliseconds(100));
        bench.Time.Advance(TimeSpan.FromMilliseconds(90));
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(500));
        bench.Time.Advance(TimeSpan.FromMilliseconds(60));
        await bench.RunMs(1000);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Fact]
    public async Task The_work_of_a_step_is_bounded_and_the_rest_follows_at_once()
    {
        await bench.Step();
        bench.Port.Disturb(PanelBench.Green, 100, TimeSpan.FromMilliseconds(20));
        bench.Time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(TimeSpan.Zero, await bench.Step());
        Assert.NotEqual(TimeSpan.Zero, await bench.Step());
    }

    [Fact]
    public async Task The_lamp_lights_with_the_first_edge_and_goes_out_a_second_later()
    {
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.Step();
        Assert.True(bench.LampLit);
        Assert.Empty(bench.Presses);
        await bench.RunMs(900);
        Assert.True(bench.LampLit);
        // A release bounce is an active edge too.
        await bench.RunMs(210);
        Assert.False(bench.LampLit);
    }

    [Fact]
    public async Task A_press_right_after_the_request_counts_though_the_loop_was_kept_from_going_on()
    {
        using var starved = new PanelBench(stall: bench =>
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(1));
            bench.Port.Press(PanelBench.Green, TimeSpan.FromMilliseconds(60));
            bench.Time.Advance(TimeSpan.FromMilliseconds(300));
        });
        await starved.RunMs(100);
        Assert.Equal(1, starved.PressesOf("green"));
    }

    [Fact]
    public async Task The_lamp_of_one_button_stays_dark_for_another()
    {
        await bench.RunMs(100);
        bench.Port.Press(PanelBench.Red, TimeSpan.FromMilliseconds(100));
        await bench.Step();
        Assert.False(bench.LampLit);
    }

    [Fact]
    public async Task Disposing_gives_the_lines_back()
    {
        await bench.Step();
        Assert.Equal(3, bench.Port.Lines.Count(line => line.Consumer == "motcua"));
        bench.Panel.Dispose();
        Assert.All(bench.Port.Lines, line => Assert.Null(line.Consumer));
    }
}
