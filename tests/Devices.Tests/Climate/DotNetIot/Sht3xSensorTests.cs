using System.Device.I2c;
using MotCua.Edge.Devices.Buses.DotNetIot;
using MotCua.Edge.Devices.Climate;
using MotCua.Edge.Devices.Climate.DotNetIot;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Climate.DotNetIot;

/// <summary>The SHT3x binding of Iot.Device.Bindings over our port, down to a virtual chip. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
public sealed class Sht3xSensorTests
{
    private readonly VirtualSht3x chip = new() { TemperatureC = 31.4, HumidityPercent = 82 };
    private readonly VirtualI2cBus bus = new(new ManualTime());
    private readonly I2cSocket socket;

    public Sht3xSensorTests() => socket = bus.Attach(0x44, chip);

    [Fact]
    public void The_binding_reads_the_chip_through_our_port()
    {
        using var sensor = Sht3xSensor.Open(bus, 0x44);
        var reading = sensor.Measure();
        Assert.Equal((31.4, 82.0), (reading.TemperatureC, reading.HumidityPercent));
    }

    [Fact]
    public void The_same_binding_runs_over_the_librarys_own_bus()
    {
        using var sensor = Sht3xSensor.Open(new DotNetIotI2cBus(address => new PortI2cDevice(bus.Open(address), new I2cConnectionSettings(1, address)), "i2c-1"), 0x44);
        Assert.Equal(31.4, sensor.Measure().TemperatureC);
    }

    [Fact]
    public void An_unplugged_sensor_is_an_io_error_and_is_found_again()
    {
        socket.Unplugged = true;
        using var sensor = Sht3xSensor.Open(bus, 0x44);
        Assert.Equal("i2c-1, address 0x44: Remote I/O error.", Assert.Throws<IOException>(() => sensor.Measure()).Message);
        socket.Unplugged = false;
        Assert.Equal(31.4, sensor.Measure().TemperatureC);
        socket.Unplugged = true;
        Assert.Throws<IOException>(() => sensor.Measure());
        socket.Unplugged = false;
        Assert.Equal(82, sensor.Measure().HumidityPercent);
    }

    [Fact]
    public void A_wrong_checksum_is_bad_data_and_not_the_last_value_once_more()
    {
        using var sensor = Sht3xSensor.Open(bus, 0x44);
        chip.Garbled = true;
        Assert.Contains("0x44", Assert.Throws<InvalidDataException>(() => sensor.Measure()).Message, StringComparison.Ordinal);
        chip.Garbled = false;
        sensor.Measure();
        chip.Garbled = true;
        Assert.Throws<InvalidDataException>(() => sensor.Measure());
    }

    [Fact]
    public void A_value_of_no_room_is_bad_data()
    {
        chip.TemperatureC = 125;
        using var sensor = Sht3xSensor.Open(bus, 0x44);
        Assert.Throws<InvalidDataException>(() => sensor.Measure());
    }

    [Fact]
    public void Whatever_else_a_binding_throws_becomes_an_io_error_and_the_next_measurement_binds_anew()
    {
        var (bound, disposed) = (0, 0);
        using var sensor = new BindingSensor<Fake>(
            () => new PortI2cDevice(bus.Open(0x44), new I2cConnectionSettings(1, 0x44)),
            _ => ++bound == 1 ? throw new InvalidOperationException("not ready") : new Fake(() => disposed++),
            _ => bound == 2 ? throw new TimeoutException("slow") : new ClimateReading(20, 50));
        Assert.Equal("Fake: not ready", Assert.Throws<IOException>(() => sensor.Measure()).Message);
        Assert.Equal("Fake: slow", Assert.Throws<IOException>(() => sensor.Measure()).Message);
        Assert.Equal(new ClimateReading(20, 50), sensor.Measure());
        Assert.Equal((3, 1), (bound, disposed));
    }

    private sealed class Fake(Action disposed) : IDisposable
    {
        public void Dispose() => disposed();
    }
}
