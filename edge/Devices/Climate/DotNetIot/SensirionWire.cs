using System.Device.I2c;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.DotNetIot;

namespace MotCua.Edge.Devices.Climate.DotNetIot;

/// <summary>A wire to a sensor of Sensirion that checks every word: two bytes and a CRC-8.</summary>
/// <remarks>
/// The SHT3x binding checks too, but then goes on with the last good value, which is 0 °C and 0 % in the beginning: a bad cable would read as a calm winter day.
/// Source: SHT3x datasheet, 4.12 (polynomial 0x31, start 0xFF).
/// </remarks>
internal sealed class SensirionWire(II2cDevice port, I2cConnectionSettings settings) : PortI2cDevice(port, settings)
{
    private const int WordWithCrc = 3;

    public override void Read(Span<byte> buffer)
    {
        base.Read(buffer);
        for (var at = 0; at + WordWithCrc <= buffer.Length; at += WordWithCrc)
        {
            if (SensirionCrc.Of(buffer.Slice(at, 2)) != buffer[at + 2])
            {
                throw new InvalidDataException($"i2c, address 0x{ConnectionSettings.DeviceAddress:X2}: the checksum of an answer is wrong.");
            }
        }
    }
}
