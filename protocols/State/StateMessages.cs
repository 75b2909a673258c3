using System.Text.Json.Serialization;

namespace MotCua.Protocols.State;

/// <summary>Birth and will of a centre on <c>up/state</c>, retained.</summary>
/// <param name="State"><c>online</c>, <c>stopped</c> (said goodbye) or <c>lost</c> (the will).</param>
/// <param name="Session">Pairs a will with its own session: a late will of an older session changes nothing. Milliseconds of the wall clock at connect, raised above the last one.</param>
public sealed record StateMessage(string State, long Session)
{
    public const string Online = "online";
    public const string Stopped = "stopped";
    public const string Lost = "lost";
}

/// <summary>What a centre is made of, on <c>up/birth</c>, retained; asks for an acknowledgement of what the bridge holds.</summary>
/// <param name="Session">As in <see cref="StateMessage"/>.</param>
/// <param name="Name">For people, such as "Phường Việt Trì".</param>
/// <param name="Epochs">The journals that the centre can still ship, oldest first.</param>
/// <param name="Configuration">SHA-256 of the configuration that the centre runs by, 64 hexadecimal digits.</param>
/// <param name="Pushed">The newest configuration of the province that the centre has seen; left out while it has seen none.</param>
public sealed record BirthMessage(
    long Session, string Name, string Version, string Configuration, IReadOnlyList<BirthEpoch> Epochs, IReadOnlyList<BirthDevice> Devices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BirthConfiguration? Pushed = null);

/// <param name="Revision">As the province numbered it.</param>
/// <param name="Hash">SHA-256 of its text, 64 hexadecimal digits.</param>
/// <param name="State">What became of it, as in <c>configuration.changed</c>.</param>
public sealed record BirthConfiguration(long Revision, string Hash, string State);

/// <param name="Epoch">16 hexadecimal digits.</param>
/// <param name="From">First sequence number that is still there.</param>
/// <param name="To">Newest one at birth; 0 when empty.</param>
public sealed record BirthEpoch(string Epoch, long From, long To);

/// <param name="Device">Name as wired.</param>
/// <param name="Kind">Such as <c>button</c>, <c>hd44780</c>, <c>max7219</c>, <c>speaker</c>.</param>
public sealed record BirthDevice(string Device, string Kind);

/// <summary>State of one device on <c>up/dev/{id}</c>, retained; the events tell how it came to that.</summary>
/// <param name="State"><c>ready</c>, <c>degraded</c>, <c>failed</c> or <c>absent</c>.</param>
/// <param name="Since">Wall time of the change.</param>
public sealed record DeviceMessage(string Device, string Kind, string State, string? Fault, string? Detail, DateTimeOffset Since);

/// <summary>Host summary on <c>up/health</c>; the latest wins.</summary>
/// <param name="At">Wall time.</param>
/// <param name="Pending">Events that wait for an acknowledgement.</param>
/// <param name="JournalBytes">Bytes of the journal on the card.</param>
/// <param name="MemoryBytes">Resident set of the edge program.</param>
/// <param name="TemperatureC">Of the processor, degrees Celsius; null where there is no sensor.</param>
/// <param name="DiskFreeBytes">Free on the journal's file system.</param>
/// <param name="Clock"><c>unsynced</c>, <c>holdover</c> or <c>synced</c>.</param>
/// <param name="RoomTemperatureC">Of the room, degrees Celsius; left out where there is no sensor or it does not answer.</param>
/// <param name="RoomHumidityPercent">Relative humidity of the room, 0 to 100; left out as the temperature is.</param>
public sealed record HealthMessage(
    DateTimeOffset At, long Pending, long JournalBytes, long MemoryBytes, double? TemperatureC, long DiskFreeBytes, string Clock,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? RoomTemperatureC = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? RoomHumidityPercent = null);

/// <summary>How the state messages are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(BirthMessage))]
[JsonSerializable(typeof(DeviceMessage))]
[JsonSerializable(typeof(HealthMessage))]
public sealed partial class StateJson : JsonSerializerContext;
