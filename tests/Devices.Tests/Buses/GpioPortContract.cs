using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>What every <see cref="IGpioPort"/> promises, tried on wires of a virtual chip. An implementation derives from this and brings its way to those wires.</summary>
public abstract class GpioPortContract
{
    private const int Line = 17;
    private const int Other = 5;

    protected GpioPortContract()
    {
        Wires = new VirtualGpioPort(Time, new Random(1)) { LongestBounce = TimeSpan.Zero };
    }

    protected ManualTime Time { get; } = new();

    protected VirtualGpioPort Wires { get; }

    protected IGpioPort Port => field ??= Over(Wires, Time);

    protected abstract IGpioPort Over(VirtualGpioPort wires, TimeProvider time);

    [Theory]
    [InlineData(LineBias.PullUp, true, false)]
    [InlineData(LineBias.PullDown, false, false)]
    [InlineData(LineBias.PullUp, false, true)]
    [InlineData(LineBias.PullDown, true, true)]
    public void A_level_and_its_edges_have_active_low_applied(LineBias bias, bool activeLow, bool activeAtRest)
    {
        using var input = Port.RequestInput(new InputLine(Line, bias, activeLow, "test"));
        Assert.Equal(activeAtRest, input.IsActive());
        Wires.Press(Line, TimeSpan.FromMilliseconds(100));
        Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(!activeAtRest, input.IsActive());
        Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([!activeAtRest, activeAtRest], Edges(input).Select(edge => edge.Active));
    }

    [Fact]
    public void Edges_come_in_order_counted_from_one_and_stamped_on_the_monotonic_clock()
    {
        using var input = Request();
        var start = Time.GetTimestamp();
        Wires.Press(Line, TimeSpan.FromMilliseconds(100));
        Time.StepWallClock(TimeSpan.FromDays(-400));
        Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(
            [new LineEdge(true, start, 1), new LineEdge(false, start + TimeSpan.FromMilliseconds(100).Ticks, 2)], Edges(input));
    }

    [Fact]
    public void An_edge_is_signalled_after_it_was_queued()
    {
        using var input = Request();
        var found = new List<bool>();
        input.EdgeQueued += () => found.Add(input.TryTakeEdge(out _));
        Wires.Press(Line, TimeSpan.FromMilliseconds(100));
        Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal([true, true], found);
    }

    [Fact]
    public void A_full_queue_loses_the_newest_edge_and_the_sequence_shows_the_hole()
    {
        using var input = Request();
        Wires.Disturb(Line, 100, TimeSpan.FromMilliseconds(100));
        Time.Advance(TimeSpan.FromMilliseconds(101));
        var kept = Edges(input);
        Assert.InRange(kept.Count, 64, 199);
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(i => (uint)i), kept.Select(edge => edge.LineSequence));
        Wires.Hold(Line);
        Assert.Equal(201u, Assert.Single(Edges(input)).LineSequence);
    }

    [Fact]
    public void A_line_is_given_once_and_the_refusal_names_chip_and_line()
    {
        using var input = Request();
        Assert.Matches(@"^gpiochip0, line 17: .*busy", Assert.Throws<IOException>(Request).Message);
        Assert.Throws<IOException>(() => Port.RequestOutput(new OutputLine(Line, ActiveLow: false, InitiallyActive: false, "test")));
        Wires.HoldByOther(Other, held: true);
        Assert.StartsWith("gpiochip0, line 5: ", Assert.Throws<IOException>(() => Port.RequestInput(new InputLine(Other, LineBias.PullUp, true, "test"))).Message, StringComparison.Ordinal);
        Wires.HoldByOther(Other, held: false);
        Port.RequestInput(new InputLine(Other, LineBias.PullUp, true, "test")).Dispose();
    }

    [Fact]
    public void A_line_that_does_not_exist_is_an_io_error() =>
        Assert.StartsWith("gpiochip0, line 99: ", Assert.Throws<IOException>(() => Port.RequestInput(new InputLine(99, LineBias.PullUp, true, "test"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_line_given_back_is_free_and_tells_no_more_edges()
    {
        var input = Request();
        Wires.Hold(Line);
        input.Dispose();
        Assert.False(input.TryTakeEdge(out _));
        Assert.Throws<ObjectDisposedException>(() => input.IsActive());
        input.Dispose();
        Wires.Release(Line);
        using var again = Request();
        Wires.Hold(Line);
        Assert.Equal(1u, Assert.Single(Edges(again)).LineSequence);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_output_begins_as_asked_and_follows(bool activeLow)
    {
        using var output = Port.RequestOutput(new OutputLine(Other, activeLow, InitiallyActive: true, "test"));
        Assert.True(High(Other) != activeLow);
        output.Set(false);
        Assert.True(High(Other) == activeLow);
        output.Set(true);
        Assert.True(High(Other) != activeLow);
        output.Dispose();
        Assert.Throws<ObjectDisposedException>(() => output.Set(true));
    }

    [Fact]
    public void A_chip_that_is_gone_is_an_io_error_and_its_lines_can_be_given_back()
    {
        var (input, output) = (Request(), Port.RequestOutput(new OutputLine(Other, ActiveLow: false, InitiallyActive: false, "test")));
        Wires.Unplugged = true;
        Assert.StartsWith("gpiochip0, line 17: ", Assert.Throws<IOException>(() => input.IsActive()).Message, StringComparison.Ordinal);
        Assert.StartsWith("gpiochip0, line 5: ", Assert.Throws<IOException>(() => output.Set(true)).Message, StringComparison.Ordinal);
        input.Dispose();
        output.Dispose();
        Assert.Throws<IOException>(Request);
        Wires.Unplugged = false;
        using var again = Request();
        Assert.False(again.IsActive());
    }

    [Fact]
    public async Task A_panel_of_buttons_hears_one_press_for_each_touch_with_bounce()
    {
        Wires.LongestBounce = TimeSpan.FromMilliseconds(5);
        var presses = new Presses();
        using var panel = new ButtonPanel(
            "buttons", Port, [new ButtonWiring(new DeviceId("green"), new InputLine(Line, LineBias.PullUp, ActiveLow: true, "test"))], Time, presses, new RecordedReports());
        for (var ms = 0; ms < 2000; ms++)
        {
            if (ms % 400 == 200)
            {
                Wires.Press(Line, TimeSpan.FromMilliseconds(120));
            }

            Time.Advance(TimeSpan.FromMilliseconds(1));
            await panel.StepAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(5, presses.Count);
    }

    /// <summary>Is the wire high?</summary>
    protected abstract bool High(int offset);

    private IGpioInput Request() => Port.RequestInput(new InputLine(Line, LineBias.PullUp, ActiveLow: true, "test"));

    private static List<LineEdge> Edges(IGpioInput input)
    {
        var edges = new List<LineEdge>();
        while (input.TryTakeEdge(out var edge))
        {
            edges.Add(edge);
        }

        return edges;
    }

    private sealed class Presses : IButtonSink
    {
        public int Count { get; private set; }

        public void Pressed(ButtonPress press) => Count++;
    }
}
