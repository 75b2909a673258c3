using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A sensor of Iot.Device.Bindings in a whole centre. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
public sealed class RoomClimateInACentreTests
{
    private static readonly string WithSensor = TestCentre.Yaml.Replace("mqtt:", "  climate: { id: phong-cho, chip: sht3x, i2c: 0x44 }\nmqtt:", StringComparison.Ordinal);

    [Fact]
    public async Task The_room_stands_in_the_health_and_a_sensor_that_is_pulled_out_is_told_and_comes_back()
    {
        using var centre = new TestCentre(yaml: WithSensor);
        var (chip, socket) = centre.Box.Climate!.Value;
        (chip.TemperatureC, chip.HumidityPercent) = (33.5, 88);
        await centre.RunAsync(1);
        var health = centre.Centre.HostHealth();
        Assert.Equal((33.5, 88.0), (health.RoomTemperatureC, health.RoomHumidityPercent));
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("phong-cho"));
        Assert.Contains(("phong-cho", "sht3x"), centre.Centre.Devices.Inventory);

        socket.Unplugged = true;
        await centre.RunAsync(160, strideMs: 500);
        Assert.Equal(new TestCentre.KnownDevice("failed", "device.not-answering"), centre.Device("phong-cho"));
        Assert.Null(centre.Centre.HostHealth().RoomTemperatureC);
        Assert.Contains(centre.Events<DeviceChanged>(), e => e is { Device: "phong-cho", State: "failed" });

        socket.Unplugged = false;
        await centre.RunAsync(31, strideMs: 500);
        Assert.Equal(33.5, centre.Centre.HostHealth().RoomTemperatureC);
    }

    [Fact]
    public async Task A_garbled_sensor_keeps_nobody_from_being_served()
    {
        using var centre = new TestCentre(yaml: WithSensor);
        centre.Box.Climate!.Value.Chip.Garbled = true;
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new TestCentre.KnownDevice("failed", "climate.bad-reading"), centre.Device("phong-cho"));
        Assert.Single(centre.Events<TicketIssued>());
    }
}
