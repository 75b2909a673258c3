using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Virtual;

/// <content>Lines that the port shares with a chip.</content>
public sealed partial class VirtualGpioPort
{
    private readonly Dictionary<int, SharedWire> wires = [];

    /// <summary>Wires a TM1637 to two lines; it gets power now.</summary>
    public void Attach(int clockLine, int dataLine, VirtualTm1637 chip)
    {
        ArgumentNullException.ThrowIfNull(chip);
        lock (gate)
        {
            chip.Wire(WireAt(clockLine), WireAt(dataLine));
        }
    }

    /// <summary>The wire of a line, for its fault knobs.</summary>
    public SharedWire WireAt(int offset)
    {
        lock (gate)
        {
            if (!wires.TryGetValue(offset, out var wire))
            {
                wires.Add(offset, wire = new SharedWire());
            }

            return wire;
        }
    }

    /// <inheritdoc/>
    public IGpioOpenDrain RequestOpenDrain(OpenDrainLine line)
    {
        var held = Request(line.Offset, wanted => wanted.RequestOpenDrain(line));
        lock (gate)
        {
            var wire = WireAt(line.Offset);
            wire.PortSets(letGo: true);
            return new OpenDrainHandle(this, held, wire);
        }
    }

    private sealed class OpenDrainHandle(VirtualGpioPort port, Handle held, SharedWire wire) : IGpioOpenDrain
    {
        public void Set(bool high)
        {
            held.Set(high);
            lock (port.gate)
            {
                wire.PortSets(high);
            }
        }

        public bool IsHigh()
        {
            // Throws when the chip is gone.
            _ = held.IsActive();
            lock (port.gate)
            {
                return wire.PortReads();
            }
        }

        public void Dispose()
        {
            held.Dispose();
            lock (port.gate)
            {
                wire.PortSets(letGo: true);
            }
        }
    }
}
