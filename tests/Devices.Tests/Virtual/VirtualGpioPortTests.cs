using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Virtual;

public sealed class VirtualGpioPortTests
{
    private const int Offset = 17;
    private readonly ManualTime time = new();
    private readonly VirtualGpioPort port;

    public VirtualGpioPortTests() => port = new VirtualGpioPort(time, new Random(1));

    [Theory]
    [InlineData(LineBias.PullUp, true, false)]
    [InlineData(LineBias.PullDown, false, false)]
    [InlineData(LineBias.AsIs, true, false)]
    [InlineData(LineBias.AsIs, false, false)]
    [InlineData(LineBias.PullUp, false, true)]
    [InlineData(LineBias.PullDown, true, true)]
    public void A_contact_pulls_the_line_away_from_its_bias(LineBias bias, bool activeLow, bool activeAtRest)
    {
        using var input = port.RequestInput(new InputLine(Offset, bias, activeLow, "test"));
        Assert.Equal(activeAtRest, input.IsActive());
        port.Hold(Offset);
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(!activeAtRest, input.IsActive());
    }

    [Fact]
    public void A_press_bounces_on_the_way_down_and_up_and_ends_at_rest() => Seeds.ForAll(seed =>
    {
        var random = new VirtualGpioPort(time, new Random(seed));
        using var input = Request(random);
        random.Press(Offset, TimeSpan.FromMilliseconds(100));
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(input.IsActive());
        var down = Edges(input);
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.False(input.IsActive());
        var up = Edges(input);
        Assert.True(down.Count % 2 == 1 && up.Count % 2 == 1);
        Assert.InRange(down[^1].Timestamp - down[0].Timestamp, 0, TimeSpan.FromMilliseconds(5).Ticks);
        Assert.Equal(Enumerable.Range(1, down.Count + up.Count).Select(i => (uint)i), down.Concat(up).Select(edge => edge.LineSequence));
        Assert.Equal(TimeSpan.FromMilliseconds(100).Ticks, up[0].Timestamp - down[0].Timestamp);
    });

    [Fact]
    public void Without_bounce_a_press_is_two_clean_edges()
    {
        port.LongestBounce = TimeSpan.Zero;
        using var input = Request(port);
        port.Press(Offset, TimeSpan.FromMilliseconds(100));
        time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal([true, false], Edges(input).Select(edge => edge.Active));
    }

    [Fact]
    public void A_tap_shorter_than_its_bounce_ends_at_rest_too() => Seeds.ForAll(seed =>
    {
        var random = new VirtualGpioPort(time, new Random(seed));
        using var input = Request(random);
        random.Press(Offset, TimeSpan.FromMilliseconds(2));
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.False(input.IsActive());
    });

    [Fact]
    public void The_same_seed_gives_the_same_bounces()
    {
        var trains = Enumerable.Range(0, 2).Select(_ =>
        {
            var seeded = new VirtualGpioPort(time, new Random(42));
            using var input = Request(seeded);
            var start = time.GetTimestamp();
            seeded.Press(Offset, TimeSpan.FromMilliseconds(50));
            time.Advance(TimeSpan.FromMilliseconds(100));
            return Edges(input).Select(edge => edge.Timestamp - start).ToList();
        }).ToList();
        Assert.Equal(trains[0], trains[1]);
    }

    [Fact]
    public void A_full_queue_loses_the_newest_edge_and_the_sequence_shows_the_hole()
    {
        using var input = Request(port);
        port.Disturb(Offset, 40, TimeSpan.FromMilliseconds(40));
        time.Advance(TimeSpan.FromMilliseconds(41));
        Assert.Equal(64, Edges(input).Count);
        port.LongestBounce = TimeSpan.Zero;
        port.Hold(Offset);
        Assert.Equal(81u, Edges(input).Single().LineSequence);
    }

    [Fact]
    public void A_spike_is_short_and_leaves_the_level_as_it_was()
    {
        using var input = Request(port);
        port.Disturb(Offset, 5, TimeSpan.FromMilliseconds(100));
        time.Advance(TimeSpan.FromMilliseconds(101));
        var edges = Edges(input);
        Assert.Equal(10, edges.Count);
        Assert.False(input.IsActive());
        Assert.All(edges.Chunk(2), spike => Assert.InRange(spike[1].Timestamp - spike[0].Timestamp, 1, TimeSpan.FromMicroseconds(200).Ticks));
    }

    [Fact]
    public void A_stuck_contact_does_not_open_when_the_finger_leaves()
    {
        using var input = Request(port);
        port.Hold(Offset);
        port.Stick(Offset, stuck: true);
        port.Release(Offset);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True(input.IsActive());
        port.Stick(Offset, stuck: false);
        Assert.False(input.IsActive());
    }

    [Fact]
    public void Lost_edges_leave_no_hole_and_the_level_tells()
    {
        using var input = Request(port);
        port.LoseEdges(Offset, lost: true);
        port.Hold(Offset);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Empty(Edges(input));
        Assert.True(input.IsActive());
    }

    [Fact]
    public void An_unplugged_chip_fails_requests_and_reads_and_old_lines_stay_dead()
    {
        var input = Request(port);
        var output = port.RequestOutput(new OutputLine(5, ActiveLow: false, InitiallyActive: false, "test"));
        port.Unplugged = true;
        Assert.Equal("gpiochip0, line 17: No such device.", Assert.Throws<IOException>(() => input.IsActive()).Message);
        Assert.Throws<IOException>(() => output.Set(true));
        Assert.Throws<IOException>(() => Request(port));
        port.Unplugged = false;
        Assert.Throws<IOException>(() => input.IsActive());
        using var again = Request(port);
        input.Dispose();
        Assert.False(again.IsActive());
        Assert.NotNull(port.Lines[Offset].Consumer);
    }

    [Fact]
    public void A_line_is_requested_once_and_free_after_dispose()
    {
        using (Request(port))
        {
            Assert.Throws<IOException>(() => Request(port));
        }

        Request(port).Dispose();
        Assert.Throws<IOException>(() => port.RequestInput(new InputLine(54, LineBias.AsIs, ActiveLow: false, "test")));
    }

    [Fact]
    public void The_lab_page_sees_lamps_and_who_holds_a_line()
    {
        var told = 0;
        port.Changed += () => told++;
        using var lamp = port.RequestOutput(new OutputLine(5, ActiveLow: false, InitiallyActive: false, "lamp of green"));
        lamp.Set(true);
        Assert.Equal(new VirtualLineState(5, IsOutput: true, Active: true, "lamp of green"), port.Lines[5]);
        Assert.Equal(2, told);
    }

    private static IGpioInput Request(VirtualGpioPort port) => port.RequestInput(new InputLine(Offset, LineBias.PullUp, ActiveLow: true, "test"));

    private static List<LineEdge> Edges(IGpioInput input)
    {
        var edges = new List<LineEdge>();
        while (input.TryTakeEdge(out var edge))
        {
            edges.Add(edge);
        }

        return edges;
    }
}
