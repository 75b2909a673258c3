using System.Device.Spi;

namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>A chip select over System.Device.Spi. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
/// <param name="open">Opens the device, at its first transfer.</param>
/// <param name="name">For messages.</param>
public sealed class DotNetIotSpiDevice(Func<SpiDevice> open, string name) : ISpiDevice
{
    private readonly Reopened<SpiDevice> device = new(open, name);

    /// <summary><c>/dev/spidevB.C</c>, mode 0, most significant bit first.</summary>
    public static DotNetIotSpiDevice OfKernel(int bus, int chipSelect, int hertz = 1_000_000) => new(
        () => SpiDevice.Create(new SpiConnectionSettings(bus, chipSelect) { Mode = SpiMode.Mode0, DataFlow = DataFlow.MsbFirst, ClockFrequency = hertz }),
        $"spidev{bus}.{chipSelect}");

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var chip = device.Use();
        try
        {
            chip.Write(bytes);
        }
        catch (Exception e) when (DriverFailures.Explains(e))
        {
            throw device.Failed(e);
        }
    }

    public void Dispose() => device.Dispose();
}
