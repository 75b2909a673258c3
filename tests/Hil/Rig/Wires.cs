using MotCua.Edge.Devices.Virtual;

namespace MotCua.Hil.Rig;

/// <summary>Simulated chips behind <c>/dev/i2c-1</c> of the kernel.</summary>
internal sealed class I2cWire : IDisposable
{
    private readonly WireEnd end;

    public I2cWire() => end = new WireEnd("/dev/motcua-i2c", Carry);

    public VirtualI2cBus Bus { get; } = new(TimeProvider.System);

    /// <summary>A chip pulls the data line down and lets nobody finish.</summary>
    public bool Stuck { get; set; }

    public void Dispose() => end.Dispose();

    private (int Status, byte[] Read) Carry(WireTransfer transfer)
    {
        if (Stuck)
        {
            return (WireEnd.Silence, []);
        }

        try
        {
            using var chip = Bus.Open(transfer.Messages[0].Address);
            var written = transfer.Messages.Where(m => !m.IsRead).SelectMany(m => m.Written).ToArray();
            var read = new byte[transfer.Messages.Where(m => m.IsRead).Sum(m => m.Length)];
            if (read.Length > 0)
            {
                chip.WriteRead(written, read);
            }
            else
            {
                chip.Write(written);
            }

            return (0, read);
        }
        catch (IOException e)
        {
            return (WireEnd.StatusOf(e), []);
        }
    }
}

/// <summary>Simulated chips behind <c>/dev/spidev0.0</c> and <c>/dev/spidev0.1</c> of the kernel.</summary>
internal sealed class SpiWire : IDisposable
{
    private readonly WireEnd end;

    public SpiWire() => end = new WireEnd("/dev/motcua-spi", Carry);

    public VirtualSpiBus Bus { get; } = new(TimeProvider.System);

    public WireTransfer? Last { get; private set; }

    public void Dispose() => end.Dispose();

    private (int Status, byte[] Read) Carry(WireTransfer transfer)
    {
        Last = transfer;
        try
        {
            using var chip = Bus.Open(transfer.Messages[0].Address);
            chip.Write(transfer.Messages.SelectMany(m => m.Written).ToArray());
            return (0, []);
        }
        catch (IOException e)
        {
            return (WireEnd.StatusOf(e), []);
        }
    }
}

internal static class Wires
{
    /// <summary>Gives the chip selects to spidev by hand, which a device tree does on a real box. Source: Documentation/spi/spidev.rst.</summary>
    public static void BindSpidev()
    {
        foreach (var chip in (string[])["spi0.0", "spi0.1"])
        {
            File.WriteAllText($"/sys/bus/spi/devices/{chip}/driver_override", "spidev");
            File.WriteAllText("/sys/bus/spi/drivers/spidev/bind", chip);
        }
    }
}
