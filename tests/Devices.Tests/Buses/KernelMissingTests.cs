using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>A machine without the hardware: every refusal names the device and says what is known.</summary>
public sealed class KernelMissingTests
{
    [Fact]
    public void A_GPIO_chip_that_is_not_there_is_told_by_name_and_nothing_is_left_behind()
    {
        using var chip = new GpioChip("no-such-chip", TimeProvider.System);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var refusal = Assert.Throws<BusException>(() => chip.RequestInput(new InputLine(5, LineBias.PullUp, ActiveLow: true, "test")));
            Assert.Equal(BusFailure.NoDevice, refusal.Failure);
            Assert.StartsWith("no-such-chip: No such file or directory; there ", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Throws<BusException>(() => chip.RequestOutput(new OutputLine(5, ActiveLow: false, InitiallyActive: false, "test")));
    }

    [Fact]
    public void A_file_that_is_no_GPIO_chip_is_told()
    {
        using var chip = new GpioChip("null", TimeProvider.System);
        var refusal = Assert.Throws<BusException>(() => chip.RequestInput(new InputLine(5, LineBias.PullUp, ActiveLow: true, "test")));
        Assert.Contains("it is no GPIO chip", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bus_that_is_not_there_is_an_error_of_the_transfer_not_of_the_program()
    {
        using var device = new I2cBus(99).Open(0x27);
        var failure = Assert.Throws<BusException>(() => device.Write([0]));
        Assert.Equal((BusFailure.NoDevice, "/dev/i2c-99"), (failure.Failure, failure.Device));
        Assert.Throws<BusException>(() => device.WriteRead([0], new byte[1]));
    }

    [Fact]
    public void A_chip_select_that_is_not_there_is_an_error_of_the_transfer_not_of_the_program()
    {
        using var device = new SpiDevice(9, 1, 1_000_000);
        var failure = Assert.Throws<BusException>(() => device.Write([0, 0]));
        Assert.Equal((BusFailure.NoDevice, "/dev/spidev9.1"), (failure.Failure, failure.Device));
    }
}
