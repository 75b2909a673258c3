using MotCua.Devices.Tests.Buses;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Virtual;
using MotCua.Hil.Rig;
using Xunit;

namespace MotCua.Hil;

public sealed class KernelI2cTests : I2cContract, IDisposable
{
    private const string Present = "/sys/module/motcua_wire/parameters/present";

    private readonly I2cWire wire = new();

    protected override II2cBus Bus { get; } = new I2cBus(1);

    protected override VirtualI2cBus Wire => wire.Bus;

    public void Dispose() => wire.Dispose();

    [Fact]
    public void A_bus_that_nobody_lets_go_times_out_in_the_kernel_and_works_again()
    {
        var chip = new RegisterChip();
        Wire.Attach(Address, chip);
        using var device = Bus.Open(Address);
        wire.Stuck = true;
        var failure = Assert.Throws<BusException>(() => device.Write([0, 1]));
        Assert.Equal(BusFailure.TimedOut, failure.Failure);
        Assert.Contains("i2c-1, address 0x21: Connection timed out; a chip holds the bus", failure.Message, StringComparison.Ordinal);
        wire.Stuck = false;
        device.Write([0, 2]);
        Assert.Equal(new byte[] { 0, 2 }, chip.LastWritten);
    }

    [Fact]
    public void An_address_that_a_driver_of_the_kernel_holds_is_refused_with_its_name()
    {
        File.WriteAllText("/sys/bus/i2c/devices/i2c-1/new_device", "dummy 0x68");
        try
        {
            using var device = Bus.Open(0x68);
            var refusal = Assert.Throws<BusException>(() => device.Write([0]));
            Assert.Equal((BusFailure.InUse, "dummy"), (refusal.Failure, refusal.Holder));
            Assert.Contains("i2c-1, address 0x68: Device or resource busy; the kernel's driver 'dummy' holds it", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllText("/sys/bus/i2c/devices/i2c-1/delete_device", "0x68");
        }
    }

    [Fact]
    public async Task An_adapter_that_was_unplugged_is_let_go_and_opened_anew_when_it_is_back()
    {
        var chip = new RegisterChip();
        Wire.Attach(Address, chip);
        using var device = Bus.Open(Address);
        device.Write([0, 1]);
        // The kernel does not finish before everybody has closed the device, as with a USB adapter.
        var unplugging = Task.Run(() => File.WriteAllText(Present, "0"), TestContext.Current.CancellationToken);
        Machine.Until(() => Fails(device));
        await unplugging.WaitAsync(Machine.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(File.Exists("/dev/i2c-1"));
        Assert.Equal(BusFailure.NoDevice, Assert.Throws<BusException>(() => device.Write([0, 2])).Failure);
        await File.WriteAllTextAsync(Present, "1", TestContext.Current.CancellationToken);
        Wires.BindSpidev();
        device.Write([0, 3]);
        Assert.Equal(new byte[] { 0, 3 }, chip.LastWritten);
    }

    [Fact]
    public void Chips_are_found_where_they_are_and_nothing_is_written_to_memories()
    {
        var memory = new RegisterChip();
        Wire.Attach(0x27, new RegisterChip());
        Wire.Attach(0x50, memory);
        File.WriteAllText("/sys/bus/i2c/devices/i2c-1/new_device", "dummy 0x68");
        try
        {
            var found = I2cBuses.Find(1);
            Assert.Equal([(0x27, null), (0x50, null), (0x68, "dummy")], found.Select(c => (c.Address, c.Driver)));
            Assert.Empty(memory.LastWritten);
        }
        finally
        {
            File.WriteAllText("/sys/bus/i2c/devices/i2c-1/delete_device", "0x68");
        }

        Assert.Equal((1, "motcua wire"), (I2cBuses.All().Single().Number, I2cBuses.All().Single().Adapter));
    }

    private static bool Fails(II2cDevice device)
    {
        try
        {
            device.Write([0, 1]);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
