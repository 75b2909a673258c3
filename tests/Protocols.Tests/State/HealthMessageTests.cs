using System.Text;
using System.Text.Json;
using MotCua.Protocols.State;

namespace MotCua.Protocols.Tests.State;

public sealed class HealthMessageTests
{
    /// <summary>The example of 1.0, before rooms were measured.</summary>
    private const string WithoutARoom =
        """{"at":"2026-11-23T07:31:05.25+07:00","pending":3,"journalBytes":1204224,"memoryBytes":61865984,"temperatureC":52.5,"diskFreeBytes":11811160064,"clock":"synced"}""";

    [Fact]
    public void A_message_of_1_0_is_read_and_a_centre_without_a_sensor_still_says_exactly_its_bytes()
    {
        var health = JsonSerializer.Deserialize(WithoutARoom, StateJson.Default.HealthMessage)!;
        Assert.Equal((52.5, null, null), (health.TemperatureC, health.RoomTemperatureC, health.RoomHumidityPercent));
        Assert.Equal(WithoutARoom, Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(health, StateJson.Default.HealthMessage)));
    }

    [Fact]
    public void What_stood_in_it_before_must_still_stand_in_it() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(WithoutARoom.Replace(",\"clock\":\"synced\"", "", StringComparison.Ordinal), StateJson.Default.HealthMessage));
}
