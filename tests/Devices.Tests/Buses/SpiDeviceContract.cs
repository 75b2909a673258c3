using MotCua.Devices.Tests.Boards;
using MotCua.Edge.Devices.Boards.Max7219;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>What every <see cref="ISpiDevice"/> promises, tried on chip select 0 of a virtual bus. An implementation derives from this and brings its way to that bus.</summary>
public abstract class SpiDeviceContract
{
    private readonly VirtualMax7219 sign = new();
    private readonly VirtualSpiBus wires = new(new ManualTime());

    protected SpiDeviceContract() => wires.Attach(0, sign);

    protected abstract ISpiDevice Over(VirtualSpiBus wires);

    [Fact]
    public void A_write_is_one_transfer_that_latches_at_its_end()
    {
        using var device = Over(wires);
        device.Write([0x0C, 0x01]);
        device.Write([0x0A, 0x01, 0x0A, 0x05]);
        Assert.Equal((2, 6), (wires.Count.Transactions, wires.Count.Bytes));
        Assert.Equal((true, 5), (sign.Digits.On, sign.Digits.Intensity));
    }

    [Fact]
    public void A_bus_that_is_gone_is_an_io_error_with_the_devices_name_and_is_found_again()
    {
        using var device = Over(wires);
        wires.Gone = true;
        Assert.StartsWith("spidev0.0: ", Assert.Throws<IOException>(() => device.Write([0x0C, 0x01])).Message, StringComparison.Ordinal);
        wires.Gone = false;
        device.Write([0x0C, 0x01]);
        Assert.True(sign.Digits.On);
    }

    [Fact]
    public void The_same_driver_puts_the_same_words_on_the_wire()
    {
        var plain = new Sign();
        using var device = Over(wires);
        var board = new Max7219Board(new DeviceId("sign-3"), device, new ManualTime());
        foreach (var (view, fromScratch) in new[] { (Views.Of(1, "A105 3"), true), (Views.Of(2, "A106 3", "A105 3"), false) })
        {
            plain.Board.Show(view, fromScratch);
            board.Show(view, fromScratch);
            Assert.Equal(plain.Text, sign.Digits.Text);
            Assert.Equal(plain.Bus.Count, wires.Count);
        }
    }
}
