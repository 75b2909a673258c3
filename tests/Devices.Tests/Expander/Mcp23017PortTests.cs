using MotCua.Edge.Devices.Buses;
using Xunit;

namespace MotCua.Devices.Tests.Expander;

public sealed class Mcp23017PortTests : IDisposable
{
    private readonly ExpanderBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_press_with_bounce_is_one_press_and_lights_its_lamp()
    {
        await bench.RunMs(10);
        bench.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(200));
        await bench.RunMs(100);
        Assert.True(bench.LampLit);
        await bench.RunMs(400);
        Assert.Equal((1, 0), (bench.PressesOf("green"), bench.PressesOf("red")));
        Assert.Empty(bench.Chip.Violations);
    }

    [Fact]
    public async Task Buttons_on_both_ports_pressed_together_both_count()
    {
        await bench.RunMs(10);
        bench.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(120));
        bench.Chip.Press(ExpanderBench.Red, TimeSpan.FromMilliseconds(120));
        await bench.RunMs(400);
        Assert.Equal((1, 1), (bench.PressesOf("green"), bench.PressesOf("red")));
    }

    [Fact]
    public async Task An_edge_is_stamped_when_the_interrupt_came_not_when_it_was_read()
    {
        bench.Host.LongestBounce = TimeSpan.Zero;
        using var line = bench.Port.RequestInput(ExpanderBench.Wired(3));
        await bench.Step();
        bench.Time.Advance(TimeSpan.FromMilliseconds(7));
        var pressed = bench.Time.GetTimestamp();
        bench.Chip.Contact(3, isClosed: true);
        bench.Time.Advance(TimeSpan.FromMilliseconds(5));
        await bench.Step();
        Assert.True(line.TryTakeEdge(out var edge));
        Assert.Equal(new LineEdge(Active: true, pressed, 1), edge);
        Assert.False(line.TryTakeEdge(out _));
        Assert.True(line.IsActive());
    }

    [Fact]
    public async Task A_change_and_its_return_before_the_read_are_both_told()
    {
        using var line = bench.Port.RequestInput(ExpanderBench.Wired(3));
        await bench.Step();
        bench.Chip.Contact(3, isClosed: true);
        bench.Chip.Contact(3, isClosed: false);
        await bench.Step();
        Assert.True(line.TryTakeEdge(out var down));
        Assert.True(line.TryTakeEdge(out var up));
        Assert.Equal((true, 1u, false, 2u), (down.Active, down.LineSequence, up.Active, up.LineSequence));
    }

    [Fact]
    public async Task A_level_at_the_request_is_no_edge()
    {
        bench.Chip.Contact(3, isClosed: true);
        using var line = bench.Port.RequestInput(ExpanderBench.Wired(3));
        await bench.Step();
        Assert.True(line.IsActive());
        Assert.False(line.TryTakeEdge(out _));
        bench.Chip.Contact(3, isClosed: false);
        await bench.Step();
        Assert.True(line.TryTakeEdge(out var edge));
        Assert.Equal((false, 1u), (edge.Active, edge.LineSequence));
    }

    [Fact]
    public async Task A_cut_interrupt_wire_is_known_after_two_changes_and_costs_no_short_press_from_then_on()
    {
        await bench.RunMs(10);
        bench.Chip.InterruptCut = true;
        await PressShortly(2);
        Assert.Equal("Degraded expander.interrupt-lost", bench.Reports.Of("expander")[^1]);
        var before = bench.PressesOf("red");
        await PressShortly(10);
        Assert.Equal(10, bench.PressesOf("red") - before);
        bench.Chip.InterruptCut = false;
        await PressShortly(1);
        Assert.Equal(("Ready", 11), (bench.Reports.Of("expander")[^1], bench.PressesOf("red") - before));
        await PressShortly(3);
        Assert.Equal(["Ready", "Degraded expander.interrupt-lost", "Ready"], bench.Reports.Of("expander"));
    }

    [Fact]
    public async Task An_interrupt_wire_shorted_to_ground_is_known_before_a_press_is_lost()
    {
        await bench.RunMs(10);
        bench.Chip.InterruptCut = true;
        bench.Host.Stick(ExpanderBench.InterruptLine, stuck: true);
        await bench.RunMs(600);
        Assert.Equal("Degraded expander.interrupt-lost", bench.Reports.Of("expander")[^1]);
        await PressShortly(10);
        Assert.Equal(10, bench.PressesOf("red"));
        Assert.Equal(["Ready", "Degraded expander.interrupt-lost"], bench.Reports.Of("expander"));
        bench.Host.Stick(ExpanderBench.InterruptLine, stuck: false);
        bench.Chip.InterruptCut = false;
        await PressShortly(1);
        Assert.Equal(("Ready", 11), (bench.Reports.Of("expander")[^1], bench.PressesOf("red")));
    }

    [Fact]
    public async Task An_interrupt_line_that_breaks_leaves_the_buttons_of_a_chip_that_answers_alone()
    {
        await bench.RunMs(10);
        bench.Host.Unplugged = true;
        await bench.RunMs(300);
        Assert.Equal("Degraded expander.interrupt-lost", bench.Reports.Of("expander")[^1]);
        await PressShortly(5);
        Assert.Equal(5, bench.PressesOf("red"));
        bench.Host.Unplugged = false;
        await bench.RunMs(2100);
        await PressShortly(1);
        Assert.Equal(("Ready", 6), (bench.Reports.Of("expander")[^1], bench.PressesOf("red")));
        Assert.DoesNotContain(bench.Reports.Of("expander"), told => told.StartsWith("Failed", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Reports.Of("red"), told => told.StartsWith("Failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wire_that_works_is_never_accused_whatever_the_bounce_and_the_pace() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            using var storm = new ExpanderBench(seed);
            storm.RunMs(10).GetAwaiter().GetResult();
            for (var press = 1; press <= 4; press++)
            {
                storm.Chip.Press(random.Next(2) == 0 ? ExpanderBench.Green : ExpanderBench.Red, TimeSpan.FromMilliseconds(random.Next(10, 300)));
                storm.RunMs(random.Next(50, 500), strideMs: random.Next(1, 60)).GetAwaiter().GetResult();
            }

            Assert.Equal(["Ready"], storm.Reports.Of("expander"));
        });

    [Fact]
    public async Task An_interrupt_line_that_another_program_holds_is_told_and_the_chip_is_polled()
    {
        using var fresh = new ExpanderBench();
        fresh.Host.HoldByOther(ExpanderBench.InterruptLine, held: true);
        await fresh.RunMs(20);
        Assert.Equal("Degraded expander.interrupt-lost", fresh.Reports.Of("expander")[^1]);
        fresh.Chip.Press(ExpanderBench.Red, TimeSpan.FromMilliseconds(150));
        await fresh.RunMs(300);
        Assert.Equal(1, fresh.PressesOf("red"));
        fresh.Host.HoldByOther(ExpanderBench.InterruptLine, held: false);
        await fresh.RunMs(3000, strideMs: 10);
        Assert.Equal("Ready", fresh.Reports.Of("expander")[^1]);
    }

    [Fact]
    public async Task A_chip_that_lost_power_is_configured_anew_within_a_quarter_second_and_shows_a_hole()
    {
        using var line = bench.Port.RequestInput(ExpanderBench.Wired(3));
        await bench.RunMs(10);
        bench.Socket.BrownOut();
        await bench.RunMs(260);
        bench.Chip.Contact(3, isClosed: true);
        await bench.Step();
        Assert.True(line.TryTakeEdge(out var edge));
        Assert.Equal((true, 2u), (edge.Active, edge.LineSequence));
        bench.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(150));
        await bench.RunMs(400);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task An_unplugged_expander_is_told_and_its_buttons_work_within_three_seconds_of_its_return(int seconds)
    {
        await bench.RunMs(10);
        bench.Socket.Unplugged = true;
        await bench.RunMs(seconds * 1000, strideMs: 20);
        Assert.Equal("Failed device.not-answering", bench.Reports.Of("expander")[^1]);
        Assert.Equal("Failed device.not-answering", bench.Reports.Of("green")[^1]);
        bench.Socket.Unplugged = false;
        await bench.RunMs(3000, strideMs: 20);
        Assert.Equal("Ready", bench.Reports.Of("expander")[^1]);
        bench.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(150));
        await bench.RunMs(400);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(-1)]
    public void A_pin_that_cannot_be_an_input_is_refused_by_name(int offset)
    {
        var refused = Assert.Throws<IOException>(() => bench.Port.RequestInput(ExpanderBench.Wired(offset)));
        Assert.Contains($"line {offset}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_held_once_and_others_do_not_notice_the_refusal()
    {
        await bench.RunMs(10);
        Assert.Throws<IOException>(() => bench.Port.RequestInput(ExpanderBench.Wired(ExpanderBench.Green)));
        bench.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(100));
        await bench.RunMs(300);
        Assert.Equal(1, bench.PressesOf("green"));
    }

    [Fact]
    public void Each_of_many_presses_counts_once_whatever_the_bounce() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            using var storm = new ExpanderBench(seed);
            storm.RunMs(10).GetAwaiter().GetResult();
            for (var press = 1; press <= 4; press++)
            {
                storm.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(random.Next(60, 300)));
                storm.RunMs(500, strideMs: random.Next(1, 8)).GetAwaiter().GetResult();
                Assert.Equal(press, storm.PressesOf("green"));
            }
        });

    [Fact]
    public void Whatever_a_disturbance_left_in_the_registers_heals() =>
        Seeds.ForAll(seed =>
        {
            using var storm = new ExpanderBench(seed, strict: false);
            storm.RunMs(10).GetAwaiter().GetResult();
            storm.Chip.Scramble(new Random(seed));
            storm.RunMs(1500, strideMs: 5).GetAwaiter().GetResult();
            var before = storm.PressesOf("green");
            storm.Chip.Press(ExpanderBench.Green, TimeSpan.FromMilliseconds(100));
            storm.RunMs(300).GetAwaiter().GetResult();
            Assert.Equal(before + 1, storm.PressesOf("green"));
        });

    /// <summary>As a hurried finger: 80 ms, twice a second.</summary>
    private async Task PressShortly(int times)
    {
        for (var press = 0; press < times; press++)
        {
            bench.Chip.Press(ExpanderBench.Red, TimeSpan.FromMilliseconds(80));
            await bench.RunMs(500);
        }
    }
}
