using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Buses;

public sealed class VirtualSpiContractTests : SpiContract
{
    protected override VirtualSpiBus Wire { get; } = new(new ManualTime());

    protected override ISpiDevice Open(int chipSelect) => Wire.Open(chipSelect);
}
