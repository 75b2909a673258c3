using MotCua.Protocols;

namespace MotCua.CloudBridge.Fleet;

/// <summary>How a centre stands at the moment, as far as the bridge knows; what alerts are made of.</summary>
/// <param name="State">online, stopped, lost, or unknown.</param>
/// <param name="Since">When the bridge heard of that state.</param>
/// <param name="Faults">Devices that are not ready.</param>
/// <param name="Health">Its last word; null before the first.</param>
public sealed record CentreSituation(CentreId Id, string Name, string State, DateTimeOffset? Since, IReadOnlyList<DeviceFault> Faults, HealthSituation? Health);

/// <param name="Fault">Code as the centre says it; null when it said none.</param>
/// <param name="Since">Wall time of the box, which may be wrong.</param>
public sealed record DeviceFault(string Device, string Kind, string? Fault, string? Detail, DateTimeOffset Since);

/// <param name="At">Wall time of the box.</param>
/// <param name="Heard">When the bridge heard it.</param>
/// <param name="DiskFreeBytes">Free on the card.</param>
/// <param name="Clock"><c>unsynced</c>, <c>holdover</c> or <c>synced</c>.</param>
public sealed record HealthSituation(DateTimeOffset At, DateTimeOffset Heard, long Pending, double? TemperatureC, double? RoomTemperatureC, long DiskFreeBytes, string Clock);
