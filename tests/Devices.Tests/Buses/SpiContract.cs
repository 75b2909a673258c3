using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>What every SPI bus promises, simulated or of a kernel. Behind both hang the same virtual chips.</summary>
public abstract class SpiContract
{
    /// <summary>Where the chips hang.</summary>
    protected abstract VirtualSpiBus Wire { get; }

    protected abstract ISpiDevice Open(int chipSelect);

    [Fact]
    public void A_word_is_latched_when_chip_select_rises()
    {
        var chip = Lit(0, out var device);
        using (device)
        {
            device.Write([0x08, 0x7E]);
            Assert.Equal(0x7E, chip.Digits.Segments[0]);
        }
    }

    [Fact]
    public void One_transfer_is_one_latch_however_long()
    {
        var chip = Lit(0, out var device);
        using (device)
        {
            var before = Wire.Count;
            device.Write([0x07, 0x01, 0x08, 0x30]);
            Assert.Equal((1L, 4L), ((Wire.Count - before).Transactions, (Wire.Count - before).Bytes));
            Assert.Equal((0x30, 0), (chip.Digits.Segments[0], chip.Digits.Segments[1]));
        }
    }

    [Fact]
    public void Two_chip_selects_are_apart()
    {
        var (first, second) = (Lit(0, out var device), Lit(1, out var other));
        using (device)
        using (other)
        {
            device.Write([0x08, 0x30]);
            other.Write([0x08, 0x6D]);
            Assert.Equal((0x30, 0x6D), (first.Digits.Segments[0], second.Digits.Segments[0]));
        }
    }

    [Fact]
    public void A_bus_that_is_gone_is_told_by_name_and_works_again_when_it_is_back()
    {
        var chip = Lit(0, out var device);
        using (device)
        {
            Wire.Gone = true;
            var failure = Assert.ThrowsAny<IOException>(() => device.Write([0x08, 0x30]));
            Assert.Contains("spidev0.0: No such device", failure.Message, StringComparison.Ordinal);
            Wire.Gone = false;
            device.Write([0x08, 0x33]);
            Assert.Equal(0x33, chip.Digits.Segments[0]);
        }
    }

    /// <summary>A sign in normal operation that scans all digits.</summary>
    private VirtualMax7219 Lit(int chipSelect, out ISpiDevice device)
    {
        var chip = new VirtualMax7219();
        Wire.Attach(chipSelect, chip);
        device = Open(chipSelect);
        device.Write([0x0B, 0x07]);
        device.Write([0x0C, 0x01]);
        return chip;
    }
}
