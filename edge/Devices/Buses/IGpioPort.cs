namespace MotCua.Edge.Devices.Buses;

/// <summary>Pull of an input line.</summary>
public enum LineBias
{
    AsIs,
    PullUp,
    PullDown,
}

/// <summary>How to request an input line.</summary>
/// <param name="Offset">Line offset on the chip, 0 to 511.</param>
/// <param name="ActiveLow">True: a low voltage is "active" (a button to ground with a pull-up).</param>
/// <param name="Consumer">Who holds the line, shown by tools such as <c>gpioinfo</c>; at most 31 bytes.</param>
public readonly record struct InputLine(int Offset, LineBias Bias, bool ActiveLow, string Consumer);

/// <summary>How to request an output line.</summary>
public readonly record struct OutputLine(int Offset, bool ActiveLow, bool InitiallyActive, string Consumer);

/// <summary>How to request a line that two sides share: either pulls it low, neither drives it high.</summary>
/// <param name="PullUp">True: the chip's own pull-up is switched on; false: the wiring has one.</param>
public readonly record struct OpenDrainLine(int Offset, bool PullUp, string Consumer);

/// <summary>A change of an input line.</summary>
/// <param name="Active">Level after the edge, with active-low already applied.</param>
/// <param name="Timestamp">Monotonic, in <see cref="TimeProvider.GetTimestamp"/> units: the kernel's own stamp where the port has one.</param>
/// <param name="LineSequence">Counts edges of this line from 1; a hole means that edges were lost.</param>
public readonly record struct LineEdge(bool Active, long Timestamp, uint LineSequence);

/// <summary>A GPIO chip. Shaped after GPIO uAPI v2 and fit for System.Device.Gpio: lines are requested, edges are queued by the port (bounded) and taken by the owner's loop.</summary>
public interface IGpioPort
{
    /// <exception cref="IOException">No such line, or another program holds it; the message names chip, line and errno in words.</exception>
    IGpioInput RequestInput(InputLine line);

    /// <exception cref="IOException">As for inputs.</exception>
    IGpioOutput RequestOutput(OutputLine line);

    /// <summary>Requests a line that is let go at first. In uAPI v2 an output with the open-drain flag, whose level can be read back.</summary>
    /// <exception cref="IOException">As for inputs, or the chip has no such lines.</exception>
    IGpioOpenDrain RequestOpenDrain(OpenDrainLine line) => throw new IOException($"Line {line.Offset}: this GPIO chip has no open-drain lines.");
}

/// <summary>A requested input line.</summary>
public interface IGpioInput : IDisposable
{
    /// <summary>Raised after an edge was queued, from any thread; handlers only set a signal.</summary>
    event Action? EdgeQueued;

    /// <summary>The level now, active-low applied.</summary>
    /// <exception cref="IOException">The chip is gone.</exception>
    bool IsActive();

    /// <summary>Takes the oldest queued edge. The queue holds at least 64; when it is full the newest edge is lost, and the sequence shows the hole.</summary>
    bool TryTakeEdge(out LineEdge edge);
}

/// <summary>A requested output line.</summary>
public interface IGpioOutput : IDisposable
{
    /// <exception cref="IOException">The chip is gone.</exception>
    void Set(bool active);
}

/// <summary>A requested open-drain line.</summary>
public interface IGpioOpenDrain : IDisposable
{
    /// <param name="high">True: let go, so that the pull-up or the other side decides; false: pulled low.</param>
    /// <exception cref="IOException">The chip is gone.</exception>
    void Set(bool high);

    /// <summary>The level on the wire now, whoever makes it.</summary>
    /// <exception cref="IOException">The chip is gone.</exception>
    bool IsHigh();
}
