using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Buses;

public sealed class VirtualI2cContractTests : I2cContract
{
    private readonly VirtualI2cBus bus = new(new ManualTime());

    protected override II2cBus Bus => bus;

    protected override VirtualI2cBus Wire => bus;
}
