using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Virtual;

public sealed class VirtualI2cBusTests
{
    private readonly ManualTime time = new();
    private readonly RecordingChip chip = new();
    private readonly VirtualI2cBus bus;
    private readonly I2cSocket socket;

    public VirtualI2cBusTests()
    {
        bus = new VirtualI2cBus(time);
        socket = bus.Attach(0x20, chip);
    }

    [Fact]
    public void A_byte_takes_nine_bit_times_with_start_address_and_stop()
    {
        bus.Open(0x20).Write([1, 2, 3]);
        Assert.Equal(new WireCount(1, 3, TimeSpan.FromMicroseconds((4 * 9 + 2) * 10)), bus.Count);
        Assert.Equal([1, 2, 3], chip.Written);
        Assert.Equal(TimeSpan.FromMicroseconds(90), chip.At[2] - chip.At[1]);
    }

    [Fact]
    public void A_faster_bus_takes_less_time()
    {
        var fast = new VirtualI2cBus(time, hertz: 400_000);
        fast.Attach(0x20, chip);
        fast.Open(0x20).Write([1, 2, 3]);
        Assert.Equal(TimeSpan.FromMicroseconds(95), fast.Count.Wire);
    }

    [Fact]
    public void A_combined_transfer_reads_after_a_repeated_start()
    {
        var answer = new byte[2];
        bus.Open(0x20).WriteRead([7], answer);
        Assert.Equal([0xA5, 0xA5], answer);
        Assert.Equal(new WireCount(1, 3, TimeSpan.FromMicroseconds((5 * 9 + 3) * 10)), bus.Count);
    }

    [Fact]
    public void An_address_without_a_chip_is_a_remote_io_error()
    {
        var error = Assert.Throws<IOException>(() => bus.Open(0x3F).Write([1]));
        Assert.Equal("i2c-1, address 0x3F: Remote I/O error.", error.Message);
    }

    [Fact]
    public void A_chip_that_does_not_acknowledge_its_address_takes_nothing()
    {
        socket.NackAfter = 0;
        Assert.Throws<IOException>(() => bus.Open(0x20).Write([1]));
        Assert.Empty(chip.Written);
        socket.NackAfter = null;
        bus.Open(0x20).Write([1]);
    }

    [Fact]
    public void A_chip_may_stop_acknowledging_in_the_middle()
    {
        socket.NackAfter = 2;
        Assert.Throws<IOException>(() => bus.Open(0x20).Write([1, 2, 3]));
        Assert.Equal([1, 2], chip.Written);
    }

    [Fact]
    public void A_chip_that_is_plugged_in_again_starts_from_power_on()
    {
        socket.Unplugged = true;
        Assert.Throws<IOException>(() => bus.Open(0x20).Write([1]));
        Assert.Equal(1, chip.Starts);
        socket.Unplugged = false;
        Assert.Equal(2, chip.Starts);
        bus.Open(0x20).Write([1]);
    }

    [Fact]
    public void A_brown_out_restarts_the_chip_while_the_bus_works_on()
    {
        socket.BrownOut();
        Assert.Equal(2, chip.Starts);
        bus.Open(0x20).Write([1]);
    }

    [Fact]
    public void A_slow_chip_stretches_the_wire_and_times_out_past_a_second()
    {
        socket.Slow = 10;
        bus.Open(0x20).Write([1, 2, 3]);
        Assert.Equal(TimeSpan.FromMicroseconds(3800), bus.Count.Wire);
        socket.Slow = 10_000;
        var error = Assert.Throws<IOException>(() => bus.Open(0x20).Write([1, 2, 3]));
        Assert.Equal("i2c-1, address 0x20: Connection timed out.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => socket.Slow = 0);
    }

    [Fact]
    public void Transactions_follow_each_other_on_bus_time_though_no_clock_moves()
    {
        bus.Open(0x20).Write([1]);
        bus.Open(0x20).Write([2]);
        Assert.Equal(TimeSpan.FromMicroseconds(200), chip.At[1] - chip.At[0]);
        time.Advance(TimeSpan.FromMilliseconds(5));
        bus.Open(0x20).Write([3]);
        Assert.Equal(TimeSpan.FromMicroseconds(5000 + 200), chip.At[2] - chip.At[1]);
    }

    [Fact]
    public void Addresses_outside_the_range_and_taken_ones_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => bus.Open(0x78));
        Assert.Throws<ArgumentOutOfRangeException>(() => bus.Open(0x07));
        Assert.Throws<ArgumentException>(() => bus.Attach(0x20, chip));
    }

    private sealed class RecordingChip : IVirtualI2cChip
    {
        public List<byte> Written { get; } = [];

        public List<TimeSpan> At { get; } = [];

        public int Starts { get; private set; }

        public void Write(byte value, TimeSpan at)
        {
            Written.Add(value);
            At.Add(at);
        }

        public byte Read(TimeSpan at) => 0xA5;

        public void Stop()
        {
        }

        public void PowerOn(TimeSpan at) => Starts++;
    }
}
