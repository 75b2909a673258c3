using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Devices.Tests.Buses;

/// <summary>The contract over the virtual chip itself.</summary>
public sealed class VirtualGpioPortContractTests : GpioPortContract
{
    private readonly Dictionary<int, bool> activeLow = [];

    protected override IGpioPort Over(VirtualGpioPort wires, TimeProvider time) => new Noting(wires, activeLow);

    // The lab shows a lamp as its driver means it; the wire is the other way round when it is active low.
    protected override bool High(int offset) => Wires.Lines[offset].Active != activeLow[offset];

    private sealed class Noting(VirtualGpioPort port, Dictionary<int, bool> activeLow) : IGpioPort
    {
        public IGpioInput RequestInput(InputLine line) => port.RequestInput(line);

        public IGpioOutput RequestOutput(OutputLine line)
        {
            activeLow[line.Offset] = line.ActiveLow;
            return port.RequestOutput(line);
        }
    }
}

/// <inheritdoc cref="VirtualGpioPortContractTests"/>
public sealed class VirtualI2cBusContractTests : I2cBusContract
{
    protected override II2cBus Over(VirtualI2cBus wires) => wires;
}

/// <inheritdoc cref="VirtualGpioPortContractTests"/>
public sealed class VirtualSpiDeviceContractTests : SpiDeviceContract
{
    protected override ISpiDevice Over(VirtualSpiBus wires) => wires.Open(0);
}
