using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>What every I2C bus promises, simulated or of a kernel. Behind both hang the same virtual chips.</summary>
public abstract class I2cContract
{
    protected const int Address = 0x21;

    protected abstract II2cBus Bus { get; }

    /// <summary>Where the chips hang.</summary>
    protected abstract VirtualI2cBus Wire { get; }

    [Fact]
    public void Bytes_arrive_in_order_and_in_one_transaction()
    {
        var chip = Attach(out _);
        using var device = Bus.Open(Address);
        var before = Wire.Count.Transactions;
        byte[] sent = [0x10, .. Enumerable.Range(0, 200).Select(i => (byte)(i * 7))];
        device.Write(sent);
        Assert.Equal(sent, chip.LastWritten);
        Assert.Equal(1, Wire.Count.Transactions - before);
    }

    [Fact]
    public void A_long_transaction_stays_one()
    {
        var chip = Attach(out _);
        using var device = Bus.Open(Address);
        var sent = Enumerable.Range(0, 4000).Select(i => (byte)(i * 13)).ToArray();
        device.Write(sent);
        Assert.Equal(sent, chip.LastWritten);
    }

    [Fact]
    public void A_combined_transaction_reads_what_was_asked_for_without_a_stop_between()
    {
        var chip = Attach(out _);
        using var device = Bus.Open(Address);
        device.Write([0x40, 1, 2, 3, 4]);
        var (before, stops) = (Wire.Count.Transactions, chip.Stops);
        var answer = new byte[3];
        device.WriteRead([0x41], answer);
        Assert.Equal(new byte[] { 2, 3, 4 }, answer);
        Assert.Equal((1, 1), (Wire.Count.Transactions - before, chip.Stops - stops));
    }

    [Fact]
    public void Two_chips_do_not_hear_each_other()
    {
        var (chip, other) = (Attach(out _), Attach(out _, Address + 1));
        using var device = Bus.Open(Address);
        using var otherDevice = Bus.Open(Address + 1);
        device.Write([0, 1]);
        otherDevice.Write([0, 2]);
        Assert.Equal(new byte[] { 0, 1 }, chip.LastWritten);
        Assert.Equal(new byte[] { 0, 2 }, other.LastWritten);
    }

    [Fact]
    public void A_chip_that_is_not_there_is_told_with_bus_and_address()
    {
        using var device = Bus.Open(0x77);
        Told(Assert.ThrowsAny<IOException>(() => device.Write([1])), "address 0x77", "Remote I/O error");
        Told(Assert.ThrowsAny<IOException>(() => device.WriteRead([1], new byte[1])), "address 0x77", "Remote I/O error");
    }

    [Fact]
    public void A_chip_that_stops_acknowledging_is_told_and_works_again_when_it_does()
    {
        var chip = Attach(out var socket);
        using var device = Bus.Open(Address);
        socket.NackAfter = 1;
        Told(Assert.ThrowsAny<IOException>(() => device.Write([1, 2, 3])), "address 0x21", "Remote I/O error");
        socket.NackAfter = null;
        device.Write([1, 2, 3]);
        Assert.Equal(new byte[] { 1, 2, 3 }, chip.LastWritten);
    }

    [Fact]
    public void A_chip_that_was_unplugged_works_again_when_it_is_back()
    {
        var chip = Attach(out var socket);
        using var device = Bus.Open(Address);
        device.Write([0, 1]);
        socket.Unplugged = true;
        Told(Assert.ThrowsAny<IOException>(() => device.Write([0, 2])), "address 0x21", "Remote I/O error");
        socket.Unplugged = false;
        device.Write([0, 3]);
        Assert.Equal(new byte[] { 0, 3 }, chip.LastWritten);
    }

    [Fact]
    public void A_stuck_bus_is_told_and_works_again_when_it_is_free()
    {
        var chip = Attach(out var socket);
        using var device = Bus.Open(Address);
        socket.Slow = 1_000_000;
        Told(Assert.ThrowsAny<IOException>(() => device.Write([0, 1])), "address 0x21", "Connection timed out");
        socket.Slow = 1;
        device.Write([0, 2]);
        Assert.Equal(new byte[] { 0, 2 }, chip.LastWritten);
    }

    [Theory]
    [InlineData(0x07)]
    [InlineData(0x78)]
    [InlineData(-1)]
    public void An_address_that_the_bus_keeps_for_itself_is_refused(int address) => Assert.Throws<ArgumentOutOfRangeException>(() => Bus.Open(address));

    private static void Told(IOException e, params string[] words) => Assert.All([.. words, "i2c-1"], word => Assert.Contains(word, e.Message, StringComparison.Ordinal));

    private RegisterChip Attach(out I2cSocket socket, int address = Address)
    {
        var chip = new RegisterChip();
        socket = Wire.Attach(address, chip);
        return chip;
    }
}
