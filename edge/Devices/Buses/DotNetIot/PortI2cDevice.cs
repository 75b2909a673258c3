using System.Device.I2c;

namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>Our I2C port, shaped as the library's device: any binding of Iot.Device.Bindings runs over it, on a kernel's bus as on a virtual one.</summary>
/// <remarks>A transfer that fails throws the port's <see cref="IOException"/>, which a binding passes on. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</remarks>
/// <param name="settings">What a binding may ask for; nothing is opened with it.</param>
public class PortI2cDevice(II2cDevice port, I2cConnectionSettings settings) : I2cDevice
{
    public override I2cConnectionSettings ConnectionSettings => settings;

    public override void Read(Span<byte> buffer) => port.WriteRead([], buffer);

    public override void Write(ReadOnlySpan<byte> buffer) => port.Write(buffer);

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => port.WriteRead(writeBuffer, readBuffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            port.Dispose();
        }

        base.Dispose(disposing);
    }
}
