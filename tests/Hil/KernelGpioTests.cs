using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

/// <summary>What only a real kernel does: stamps, filters, holders, threads.</summary>
public sealed class KernelGpioTests : IDisposable
{
    private readonly SimChip sim = new("gpio");

    public void Dispose() => sim.Dispose();

    [Fact]
    public void The_kernel_filters_levels_that_are_too_short_and_keeps_those_that_last()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System, TimeSpan.FromMilliseconds(10));
        using var input = chip.RequestInput(Button(3));
        sim.Bounce(3, closed: true);
        Machine.Until(input.IsActive);
        LineEdge edge = default;
        Machine.Until(() => input.TryTakeEdge(out edge));
        Assert.Equal((true, 1u), (edge.Active, edge.LineSequence));
        sim.Bounce(3, closed: false, changes: 2); // Opens for a moment only.
        Machine.Rest(TimeSpan.FromMilliseconds(100));
        Assert.False(input.TryTakeEdge(out _));
        Assert.True(input.IsActive());
    }

    [Fact]
    public void Raw_edges_of_a_bounce_are_told_in_the_order_of_their_stamps_and_end_at_the_level()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System);
        using var input = chip.RequestInput(Button(3));
        // Faster than the kernel's thread takes them: it may tell fewer edges than there were changes, and never a wrong end.
        for (var change = 0; change < 31; change++)
        {
            sim.Pull(3, up: change % 2 == 1);
        }

        var edges = new List<LineEdge>();
        Machine.Until(() =>
        {
            while (input.TryTakeEdge(out var edge))
            {
                edges.Add(edge);
            }

            return edges is [.., { Active: true }] && input.IsActive();
        });
        Assert.InRange(edges.Count, 1, 31);
        Assert.Equal(Enumerable.Range(1, edges.Count).Select(i => (uint)i), edges.Select(e => e.LineSequence));
        Assert.Equal(edges.Select(e => e.Timestamp).Order(), edges.Select(e => e.Timestamp));
    }

    // The simulator takes a line that the kernel lets go for one that is still driven, so what the other side does to it cannot be tried here.
    [Fact]
    public void An_open_drain_line_begins_let_go_with_its_pull_up_and_can_be_pulled_low()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System);
        using var line = chip.RequestOpenDrain(new OpenDrainLine(9, PullUp: true, "test"));
        Assert.True(line.IsHigh());
        line.Set(high: false);
        Assert.False(line.IsHigh());
        Assert.False(sim.IsHigh(9));
        Assert.Equal("test", GpioChips.Lines(sim.Name)[9].Consumer);
    }

    [Fact]
    public void A_held_line_is_refused_with_the_name_of_who_holds_it()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System);
        using var other = chip.RequestOutput(new OutputLine(7, ActiveLow: false, InitiallyActive: false, "another-program"));
        var refusal = Assert.Throws<BusException>(() => chip.RequestInput(Button(7)));
        Assert.Equal((BusFailure.InUse, "another-program"), (refusal.Failure, refusal.Holder));
        Assert.Contains("line 7: Device or resource busy; another program holds it: 'another-program'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chip_is_found_by_its_label_too()
    {
        using var chip = new GpioChip("label-gpio", TimeProvider.System);
        using var input = chip.RequestInput(Button(1));
        Assert.False(input.IsActive());
        Assert.Equal("test", GpioChips.Lines(sim.Name)[1].Consumer);
        Assert.Null(GpioChips.Lines(sim.Name)[2].Consumer);
    }

    [Fact]
    public void Twenty_buttons_cost_one_thread_and_closing_leaves_no_descriptor()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System);
        chip.RequestInput(Button(0)).Dispose();
        var (threads, files) = (Threads(), Descriptors());
        var inputs = Enumerable.Range(0, 20).Select(offset => chip.RequestInput(Button(offset))).ToList();
        Assert.Equal(threads, Threads());
        foreach (var (input, offset) in inputs.Select((input, offset) => (input, offset)))
        {
            sim.Pull(offset, up: false);
            Machine.Until(() => input.TryTakeEdge(out _));
        }

        inputs.ForEach(input => input.Dispose());
        Assert.Equal(files, Descriptors());

        static int Threads() => Directory.GetDirectories("/proc/self/task").Count(task => File.ReadAllText($"{task}/comm").Trim() == "gpio-edges");
        static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
    }

    [Fact]
    public void An_owner_that_fails_when_it_is_woken_harms_no_neighbour()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System);
        using var bad = chip.RequestInput(Button(1));
        using var good = chip.RequestInput(Button(2));
        bad.EdgeQueued += () => throw new InvalidOperationException("no time");
        sim.Pull(1, up: false);
        Machine.Until(() => bad.TryTakeEdge(out _));
        Machine.Until(() =>
        {
            try
            {
                bad.IsActive();
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        });
        sim.Pull(2, up: false);
        Machine.Until(() => good.TryTakeEdge(out _));
        Assert.True(good.IsActive());
    }

    [Fact]
    public void Stamps_are_moments_of_the_systems_clock()
    {
        using var chip = new GpioChip(sim.Name, TimeProvider.System);
        using var input = chip.RequestInput(Button(4));
        var before = TimeProvider.System.GetTimestamp();
        sim.Pull(4, up: false);
        LineEdge edge = default;
        Machine.Until(() => input.TryTakeEdge(out edge));
        Assert.InRange(edge.Timestamp, before, TimeProvider.System.GetTimestamp());
    }

    private static InputLine Button(int offset) => new(offset, LineBias.PullUp, ActiveLow: true, "test");
}
