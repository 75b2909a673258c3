using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.DotNetIot;
using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Buses.DotNetIot;

/// <summary>The contract over System.Device.Gpio, whose driver ends on the virtual chip. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
public sealed class DotNetIotGpioContractTests : GpioPortContract
{
    [Fact]
    public void A_handler_that_throws_does_not_make_the_button_deaf()
    {
        using var input = Port.RequestInput(new InputLine(17, LineBias.PullUp, ActiveLow: true, "test"));
        input.EdgeQueued += () => throw new InvalidOperationException("A handler should only set a signal.");
        Wires.Press(17, TimeSpan.FromMilliseconds(100));
        Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.True(input.TryTakeEdge(out _) && input.TryTakeEdge(out _));
    }

    [Fact]
    public void A_machine_without_gpio_is_told_at_the_request_and_looked_for_again()
    {
        var there = false;
        using var port = new DotNetIotGpioPort(
            () => there ? new GpioController(new VirtualDriver(Wires)) : throw new PlatformNotSupportedException("No unix driver appears to be runnable"), Time);
        InputLine line = new(17, LineBias.PullUp, ActiveLow: true, "test");
        Assert.Equal("gpiochip0, line 17: No unix driver appears to be runnable.", Assert.Throws<IOException>(() => port.RequestInput(line)).Message);
        there = true;
        using var input = port.RequestInput(line);
        Assert.False(input.IsActive());
    }

    protected override IGpioPort Over(VirtualGpioPort wires, TimeProvider time) => new DotNetIotGpioPort(() => new GpioController(new VirtualDriver(wires)), time);

    protected override bool High(int offset) => Wires.Lines[offset].Active;
}

/// <summary>The contract over System.Device.I2c, whose device ends on the virtual bus.</summary>
public sealed class DotNetIotI2cContractTests : I2cBusContract
{
    [Fact]
    public void A_bus_that_this_machine_does_not_have_is_an_io_error_of_the_transfer()
    {
        using var device = DotNetIotI2cBus.OfKernel(250).Open(0x27);
        Assert.StartsWith("i2c-250, address 0x27: ", Assert.Throws<IOException>(() => device.Write([1])).Message, StringComparison.Ordinal);
    }

    protected override II2cBus Over(VirtualI2cBus wires) =>
        new DotNetIotI2cBus(address => new PortI2cDevice(wires.Open(address), new I2cConnectionSettings(1, address)), "i2c-1");
}

/// <summary>The contract over System.Device.Spi, whose device ends on the virtual bus.</summary>
public sealed class DotNetIotSpiContractTests : SpiDeviceContract
{
    [Fact]
    public void A_bus_that_this_machine_does_not_have_is_an_io_error_of_the_transfer()
    {
        using var device = DotNetIotSpiDevice.OfKernel(250, 1);
        Assert.StartsWith("spidev250.1: ", Assert.Throws<IOException>(() => device.Write([1])).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => device.Write([1]));
    }

    protected override ISpiDevice Over(VirtualSpiBus wires) => new DotNetIotSpiDevice(() => new OnWires(wires.Open(0)), "spidev0.0");

    private sealed class OnWires(ISpiDevice wires) : SpiDevice
    {
        public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 0);

        public override void Read(Span<byte> buffer) => throw new NotSupportedException();

        public override void Write(ReadOnlySpan<byte> buffer) => wires.Write(buffer);

        public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();
    }
}
