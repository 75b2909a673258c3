using System.Device.I2c;

namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>An I2C bus over System.Device.I2c. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
/// <param name="open">Opens the device at a 7-bit address, at its first transfer.</param>
/// <param name="name">For messages.</param>
public sealed class DotNetIotI2cBus(Func<int, I2cDevice> open, string name) : II2cBus
{
    /// <summary>The bus of <c>/dev/i2c-N</c>.</summary>
    public static DotNetIotI2cBus OfKernel(int bus) => new(address => I2cDevice.Create(new I2cConnectionSettings(bus, address)), $"i2c-{bus}");

    /// <inheritdoc/>
    public II2cDevice Open(int address)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x08);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x77);
        return new Handle(new Reopened<I2cDevice>(() => open(address), $"{name}, address 0x{address:X2}"));
    }

    private sealed class Handle(Reopened<I2cDevice> device) : II2cDevice
    {
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

        public void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer)
        {
            var chip = device.Use();
            try
            {
                // The library refuses a combined transaction of which one half is empty.
                if (answer.IsEmpty)
                {
                    chip.Write(bytes);
                }
                else if (bytes.IsEmpty)
                {
                    chip.Read(answer);
                }
                else
                {
                    chip.WriteRead(bytes, answer);
                }
            }
            catch (Exception e) when (DriverFailures.Explains(e))
            {
                throw device.Failed(e);
            }
        }

        public void Dispose() => device.Dispose();
    }
}
