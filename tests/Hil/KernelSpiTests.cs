using MotCua.Devices.Tests.Buses;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Virtual;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

public sealed class KernelSpiTests : SpiContract, IDisposable
{
    private readonly SpiWire wire = new();

    protected override VirtualSpiBus Wire => wire.Bus;

    public void Dispose() => wire.Dispose();

    [Fact]
    public void A_transfer_runs_in_mode_0_at_the_clock_that_was_asked_for()
    {
        using var device = new SpiDevice(0, 1, 250_000);
        device.Write([1, 2]);
        Assert.Equal((250_000, 0), (wire.Last!.Hertz, wire.Last.Mode));
        Assert.Equal(new byte[] { 1, 2 }, Assert.Single(wire.Last.Messages).Written);
    }

    protected override ISpiDevice Open(int chipSelect) => new SpiDevice(0, chipSelect, 1_000_000);
}
