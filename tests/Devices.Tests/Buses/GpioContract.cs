using MotCua.Edge.Devices.Buses;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>What every GPIO port promises, simulated or of a kernel.</summary>
public abstract class GpioContract
{
    protected const int Offset = 5;

    /// <summary>A button to ground.</summary>
    protected static InputLine Button { get; } = new(Offset, LineBias.PullUp, ActiveLow: true, "contract");

    protected abstract IGpioPort Port { get; }

    protected abstract TimeProvider Time { get; }

    /// <summary>As errors call it.</summary>
    protected abstract string ChipName { get; }

    /// <summary>First offset that the chip does not have.</summary>
    protected abstract int LineCount { get; }

    /// <summary>Closes or opens the contact that pulls a requested line away from its bias. Without bounce.</summary>
    protected abstract void Close(InputLine line, bool closed);

    /// <summary>The voltage on an output.</summary>
    protected abstract bool IsHigh(OutputLine line);

    protected abstract void Unplug(bool unplugged);

    /// <summary>Lets edges that are on their way arrive.</summary>
    protected abstract void Settle();

    /// <summary>Waits for what another thread or the kernel must do first; a port without either has done it.</summary>
    protected abstract void Until(Func<bool> happened);

    [Theory]
    [InlineData(LineBias.PullUp, true, false)]
    [InlineData(LineBias.PullDown, false, false)]
    [InlineData(LineBias.PullUp, false, true)]
    [InlineData(LineBias.PullDown, true, true)]
    public void A_contact_pulls_the_line_away_from_its_bias(LineBias bias, bool activeLow, bool activeAtRest)
    {
        var line = new InputLine(Offset, bias, activeLow, "contract");
        using var input = Port.RequestInput(line);
        Assert.Equal(activeAtRest, input.IsActive());
        Close(line, true);
        Assert.Equal(!activeAtRest, input.IsActive());
        Assert.Equal(!activeAtRest, Next(input).Active);
        Close(line, false);
        Assert.Equal(activeAtRest, Next(input).Active);
    }

    [Fact]
    public void Edges_come_in_order_with_stamps_of_the_providers_clock_and_a_gapless_sequence()
    {
        using var input = Port.RequestInput(Button);
        var last = Time.GetTimestamp();
        for (uint edge = 1; edge <= 40; edge++)
        {
            Close(Button, edge % 2 == 1);
            var next = Next(input);
            Assert.Equal((edge, edge % 2 == 1), (next.LineSequence, next.Active));
            Assert.InRange(next.Timestamp, last, Time.GetTimestamp());
            last = next.Timestamp;
        }
    }

    [Fact]
    public void The_owner_is_woken_by_an_edge()
    {
        using var input = Port.RequestInput(Button);
        var woken = 0;
        input.EdgeQueued += () => Interlocked.Increment(ref woken);
        Close(Button, true);
        Until(() => Volatile.Read(ref woken) > 0);
    }

    [Fact]
    public void A_full_queue_loses_the_newest_and_the_sequence_shows_the_hole()
    {
        using var input = Port.RequestInput(Button);
        var woken = 0;
        input.EdgeQueued += () => Interlocked.Increment(ref woken);
        for (var change = 1; change <= 90; change++)
        {
            Close(Button, change % 2 == 1);
            Until(() => change > 64 || Volatile.Read(ref woken) >= change);
        }

        Settle();
        var kept = new List<uint>();
        while (input.TryTakeEdge(out var edge))
        {
            kept.Add(edge.LineSequence);
        }

        Assert.Equal(Enumerable.Range(1, 64).Select(i => (uint)i), kept);
        Close(Button, true);
        Assert.True(Next(input).LineSequence > 65);
    }

    [Fact]
    public void A_line_that_is_held_is_refused_by_name_and_free_when_it_is_given_back()
    {
        var held = Port.RequestInput(Button);
        var refusal = Assert.ThrowsAny<IOException>(() => Port.RequestInput(Button));
        Assert.Contains(ChipName, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("line 5", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("busy", refusal.Message, StringComparison.Ordinal);
        held.Dispose();
        Port.RequestInput(Button).Dispose();
        Port.RequestOutput(new OutputLine(Offset, ActiveLow: false, InitiallyActive: false, "contract")).Dispose();
    }

    [Fact]
    public void A_line_that_does_not_exist_is_refused_by_name()
    {
        var refusal = Assert.ThrowsAny<IOException>(() => Port.RequestInput(Button with { Offset = LineCount }));
        Assert.Contains(ChipName, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"line {LineCount}: Invalid argument", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void An_output_starts_as_asked_and_follows(bool activeLow, bool initially)
    {
        var line = new OutputLine(Offset, activeLow, initially, "contract");
        using var output = Port.RequestOutput(line);
        Assert.Equal(initially != activeLow, IsHigh(line));
        output.Set(!initially);
        Assert.Equal(initially == activeLow, IsHigh(line));
        output.Set(initially);
        Assert.Equal(initially != activeLow, IsHigh(line));
    }

    [Fact]
    public void A_given_back_line_can_be_used_no_more()
    {
        var input = Port.RequestInput(Button);
        input.Dispose();
        Assert.Throws<ObjectDisposedException>(() => input.IsActive());
        Assert.False(input.TryTakeEdge(out _));
    }

    [Fact]
    public void A_chip_that_was_unplugged_is_told_and_serves_again_when_it_is_back()
    {
        using var input = Port.RequestInput(Button);
        using var output = Port.RequestOutput(new OutputLine(Offset + 1, ActiveLow: false, InitiallyActive: false, "contract"));
        Unplug(true);
        Assert.ThrowsAny<IOException>(() => input.IsActive());
        Assert.ThrowsAny<IOException>(() => output.Set(true));
        Assert.Contains(ChipName, Assert.ThrowsAny<IOException>(() => Port.RequestInput(Button)).Message, StringComparison.Ordinal);
        Unplug(false);
        using var again = Port.RequestInput(Button);
        Close(Button, true);
        Assert.Equal(1u, Next(again).LineSequence);
        Assert.ThrowsAny<IOException>(() => input.IsActive());
    }

    protected LineEdge Next(IGpioInput input)
    {
        LineEdge edge = default;
        Until(() => input.TryTakeEdge(out edge));
        return edge;
    }
}
