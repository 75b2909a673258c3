using MotCua.Devices.Tests.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>What every <see cref="II2cBus"/> promises, tried on a virtual bus. An implementation derives from this and brings its way to that bus.</summary>
public abstract class I2cBusContract
{
    private const int Address = 0x27;

    private readonly EchoChip chip = new();
    private readonly VirtualI2cBus wires = new(new ManualTime());
    private readonly I2cSocket socket;

    protected I2cBusContract() => socket = wires.Attach(Address, chip);

    protected abstract II2cBus Over(VirtualI2cBus wires);

    [Fact]
    public void A_write_is_one_transaction_of_all_its_bytes()
    {
        using var device = Over(wires).Open(Address);
        device.Write([1, 2, 3]);
        device.Write([.. Enumerable.Range(0, 400).Select(i => (byte)i)]);
        Assert.Equal((2, 403), (wires.Count.Transactions, wires.Count.Bytes));
        Assert.Equal([1, 2, 3, 0, 1], chip.Written.Take(5));
    }

    [Fact]
    public void A_write_and_read_is_one_transaction()
    {
        using var device = Over(wires).Open(Address);
        var answer = new byte[2];
        device.WriteRead([7], answer);
        Assert.Equal([7, 8], answer);
        Assert.Equal((1, 3), (wires.Count.Transactions, wires.Count.Bytes));
    }

    [Fact]
    public void With_nothing_to_write_it_is_a_plain_read_and_with_nothing_to_read_a_plain_write()
    {
        using var device = Over(wires).Open(Address);
        var answer = new byte[1];
        device.WriteRead([4], []);
        device.WriteRead([], answer);
        Assert.Equal([4], answer);
        Assert.Equal((2, 2), (wires.Count.Transactions, wires.Count.Bytes));
    }

    [Fact]
    public void A_chip_that_does_not_answer_is_an_io_error_with_bus_and_address_and_is_found_again_when_it_does()
    {
        using var device = Over(wires).Open(Address);
        device.Write([1]);
        socket.Unplugged = true;
        Assert.StartsWith("i2c-1, address 0x27: ", Assert.Throws<IOException>(() => device.Write([2])).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => device.WriteRead([2], new byte[1]));
        socket.Unplugged = false;
        device.Write([3]);
        Assert.Equal([1, 3], chip.Written);
    }

    [Fact]
    public void A_chip_that_is_not_there_yet_does_not_keep_its_handle_from_being_opened()
    {
        using var device = Over(wires).Open(0x3F);
        Assert.Throws<IOException>(() => device.Write([1]));
    }

    [Theory]
    [InlineData(0x07)]
    [InlineData(0x78)]
    public void An_address_that_no_chip_may_have_is_a_mistake_of_the_caller(int address) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Over(wires).Open(address));

    [Fact]
    public void The_same_driver_puts_the_same_bytes_on_the_wire()
    {
        var plain = new Lcd();
        var here = new Lcd();
        using var device = Over(here.Bus).Open(Lcd.Address);
        var board = new Hd44780Board(new DeviceId("hall-lcd"), device, new ManualTime());
        foreach (var (view, fromScratch) in new[] { (Views.Of(1, "A105 3"), true), (Views.Of(2, "A106 3", "A105 3"), false), (Views.Of(2, "A106 3", "A105 3"), true) })
        {
            plain.Board.Show(view, fromScratch);
            board.Show(view, fromScratch);
            Assert.Equal(plain.Lines, here.Lines);
            Assert.Equal(plain.Bus.Count, here.Bus.Count);
        }

        Assert.Equal(0, here.Chip.Glass.Violations);
    }

    private sealed class EchoChip : IVirtualI2cChip
    {
        private byte next;

        public List<byte> Written { get; } = [];

        public void Write(byte value, TimeSpan at)
        {
            Written.Add(value);
            next = value;
        }

        public byte Read(TimeSpan at) => next++;

        public void Stop()
        {
        }

        public void PowerOn(TimeSpan at) => next = 0;
    }
}
