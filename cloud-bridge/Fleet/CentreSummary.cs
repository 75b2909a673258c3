using System.Text.Json;
using System.Text.Json.Serialization;

namespace MotCua.CloudBridge.Fleet;

/// <summary>How urgently a person should look at a centre; higher comes first on every list.</summary>
[JsonConverter(typeof(AttentionConverter))]
public enum Attention
{
    /// <summary>All is well.</summary>
    None,

    /// <summary>Stopped on purpose, or never heard of yet.</summary>
    Quiet,

    /// <summary>Service is poorer.</summary>
    Warning,

    /// <summary>Connection lost, or citizens are not served or not told.</summary>
    Critical,
}

/// <summary>Written as <c>none</c>, <c>quiet</c>, <c>warning</c>, <c>critical</c>.</summary>
public sealed class AttentionConverter() : JsonStringEnumConverter<Attention>(JsonNamingPolicy.CamelCase);

/// <summary>One centre on a list.</summary>
/// <param name="Id">As in its topics.</param>
/// <param name="Name">For people, at most 100 characters; the id until the centre says its name.</param>
/// <param name="State">online, stopped, lost, or unknown.</param>
/// <param name="Since">When the bridge heard of that state.</param>
/// <param name="Attention">none, quiet, warning or critical.</param>
/// <param name="Pending">Events that wait in the centre for an acknowledgement, by its last health message.</param>
/// <param name="Devices">Devices known.</param>
/// <param name="Faults">The first few devices that are not ready, worst first.</param>
/// <param name="FaultCount">All devices that are not ready.</param>
/// <param name="Held">Events of all epochs up to which the bridge holds its logs, declared gaps included.</param>
/// <param name="LastEvent">The newest event; null before the first.</param>
public sealed record CentreSummary(
    string Id, string Name, string State, DateTimeOffset? Since, Attention Attention, long? Pending, int Devices, IReadOnlyList<DeviceSummary> Faults, int FaultCount, long Held, EventLine? LastEvent);

/// <summary>One centre in full.</summary>
/// <param name="Version">Of the edge program; null before its birth message.</param>
/// <param name="Logs">Replicated journals.</param>
/// <param name="LastEvents">At most 8, newest first.</param>
public sealed record CentreDetail(
    CentreSummary Summary, string? Version, IReadOnlyList<LogSummary> Logs, IReadOnlyList<DeviceSummary> Devices, HealthSummary? Health, IReadOnlyList<EventLine> LastEvents);

/// <param name="Epoch">16 hexadecimal digits.</param>
/// <param name="UpTo">Last sequence number held.</param>
/// <param name="Hash">Chain hash after it, 64 hexadecimal digits.</param>
public sealed record LogSummary(string Epoch, string UpTo, string Hash);

/// <param name="State">ready, degraded, failed or absent.</param>
/// <param name="Fault">Code of the fault catalogue; null when ready.</param>
/// <param name="Title">The fault in Vietnamese.</param>
/// <param name="WhatToDo">One sentence in Vietnamese for a clerk.</param>
/// <param name="Attention">none, quiet, warning or critical.</param>
/// <param name="Detail">For technicians.</param>
public sealed record DeviceSummary(
    string Device, string Kind, string State, string? Fault, string? Title, string? WhatToDo, Attention Attention, string? Detail, DateTimeOffset Since);

/// <param name="At">Wall time of the box.</param>
public sealed record HealthSummary(DateTimeOffset At, long Pending, long JournalBytes, long MemoryBytes, double? TemperatureC, long DiskFreeBytes, string Clock);

/// <summary>An event in words.</summary>
/// <param name="Id">CloudEvents id, <c>{epoch}.{seq}</c>.</param>
/// <param name="Time">Wall time of the box.</param>
/// <param name="Text">One Vietnamese sentence.</param>
/// <param name="Camera">Device name of the camera that it is about; null for all others.</param>
public sealed record EventLine(string Id, string Type, DateTimeOffset Time, string Text, string? Camera = null);

/// <summary>What a centre says of its configuration.</summary>
/// <param name="Hash">SHA-256 of the file that it runs by, as it says it.</param>
/// <param name="Pushed">The newest of the province that it has seen; null when none.</param>
public sealed record RunningConfiguration(string Hash, MotCua.Protocols.State.BirthConfiguration? Pushed);
