using System.Device.I2c;
using Iot.Device.Sht3x;
using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Climate.DotNetIot;

/// <summary>A Sensirion SHT3x (0x44 or 0x45) through its binding, over our I2C port.</summary>
public static class Sht3xSensor
{
    /// <param name="address">7-bit address.</param>
    public static IClimateSensor Open(II2cBus bus, int address)
    {
        ArgumentNullException.ThrowIfNull(bus);
        return new BindingSensor<Sht3x>(
            // Bus 1 for whoever asks the binding; the transfers go where the port goes.
            () => new SensirionWire(bus.Open(address), new I2cConnectionSettings(1, address)),
            device => new Sht3x(device),
            sensor => new ClimateReading(sensor.Temperature.DegreesCelsius, sensor.Humidity.Percent));
    }
}
