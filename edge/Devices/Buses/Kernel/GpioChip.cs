using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A GPIO chip of the kernel, <c>/dev/gpiochipN</c>, through GPIO uAPI v2.</summary>
/// <remarks>
/// The chip is looked up and opened for each request, so one that was unplugged works again as soon as it is back. Edges carry the kernel's stamps;
/// one thread a chip carries them to bounded queues, however many lines are held. Thread-safe. Source: include/uapi/linux/gpio.h.
/// </remarks>
public sealed class GpioChip : IGpioPort, IDisposable
{
    /// <summary>The longest filter: longer would swallow short presses.</summary>
    public static readonly TimeSpan LongestFilter = TimeSpan.FromMilliseconds(10);

    // What the kernel keeps for a line until our thread has run; it forgets the oldest when that is full, and the sequence shows the hole.
    private const uint KernelQueue = 128;

    private readonly string name;
    private readonly uint filterMicroseconds;
    private readonly KernelStamps stamps;
    private readonly EdgeCarrier carrier = new();

    /// <param name="name">Of the device (<c>gpiochip0</c>), or the chip's label (<c>pinctrl-bcm2711</c>), which stays when numbers move.</param>
    /// <param name="filter">The kernel tells no level that lasted shorter: for lines beside strong disturbance. Zero (usual): every edge is told and counted.</param>
    public GpioChip(string name, TimeProvider time, TimeSpan filter = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter, LongestFilter);
        this.name = name;
        filterMicroseconds = (uint)(filter.Ticks / TimeSpan.TicksPerMicrosecond);
        stamps = new KernelStamps(time);
    }

    /// <inheritdoc/>
    public IGpioInput RequestInput(InputLine line)
    {
        var flags = GpioAbi.Input | GpioAbi.EdgeRising | GpioAbi.EdgeFalling | Level(line.ActiveLow) | line.Bias switch
        {
            LineBias.PullUp => GpioAbi.PullUp,
            LineBias.PullDown => GpioAbi.PullDown,
            _ => 0,
        };
        var config = new GpioAbi.LineConfig { Flags = flags };
        if (filterMicroseconds > 0)
        {
            SetAttribute(ref config, GpioAbi.Debounce, filterMicroseconds);
        }

        var input = new KernelInput(Request(line.Offset, line.Consumer, config, KernelQueue), carrier, stamps, name, line.Offset);
        carrier.Carry(input);
        return input;
    }

    /// <inheritdoc/>
    public IGpioOutput RequestOutput(OutputLine line)
    {
        var config = new GpioAbi.LineConfig { Flags = GpioAbi.Output | Level(line.ActiveLow) };
        SetAttribute(ref config, GpioAbi.OutputValues, line.InitiallyActive ? 1UL : 0);
        return new KernelOutput(Request(line.Offset, line.Consumer, config, eventBuffer: 0), name, line.Offset);
    }

    /// <inheritdoc/>
    public IGpioOpenDrain RequestOpenDrain(OpenDrainLine line)
    {
        var config = new GpioAbi.LineConfig { Flags = GpioAbi.Output | GpioAbi.OpenDrain | (line.PullUp ? GpioAbi.PullUp : 0) };
        SetAttribute(ref config, GpioAbi.OutputValues, 1);
        return new KernelOpenDrain(Request(line.Offset, line.Consumer, config, eventBuffer: 0), name, line.Offset);
    }

    /// <summary>Ends the thread. Lines that are still held tell no edges any more.</summary>
    public void Dispose() => carrier.Dispose();

    private static ulong Level(bool activeLow) => activeLow ? GpioAbi.ActiveLow : 0;

    private static void SetAttribute(ref GpioAbi.LineConfig config, uint id, ulong value)
    {
        config.Attributes[0] = new GpioAbi.ConfigAttribute { Attribute = new GpioAbi.LineAttribute { Id = id, Value = value }, Mask = 1 };
        config.AttributeCount = 1;
    }

    private SafeFileHandle Request(int offset, string consumer, in GpioAbi.LineConfig config, uint eventBuffer)
    {
        using var chip = GpioChips.Open(name);
        var info = GpioChips.Describe(chip);
        if (offset < 0 || offset >= info.Lines)
        {
            throw new BusException(BusFailure.NoSuchLine, name, Place(offset), ErrorNumber.InvalidArgument, $"the chip has lines 0 to {info.Lines - 1}");
        }

        var request = new GpioAbi.LineRequest { Consumer = GpioAbi.Name.Of(consumer), Config = config, LineCount = 1, EventBufferSize = eventBuffer };
        request.Offsets[0] = (uint)offset;
        var errno = chip.Control(GpioAbi.GetLine, ref request);
        if (errno == 0)
        {
            return new SafeFileHandle(request.Descriptor, ownsHandle: true);
        }

        var holder = errno == ErrorNumber.Busy ? GpioChips.Line(chip, offset)?.Consumer : null;
        throw new BusException(BusException.Meaning(errno), name, Place(offset), errno, holder is null ? null : $"another program holds it: '{holder}'") { Holder = holder };
    }

    private static string Place(int offset) => $"line {offset}";
}
