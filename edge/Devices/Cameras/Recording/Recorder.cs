using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>In which words a recorder is asked.</summary>
public enum RecorderKind
{
    /// <summary>ONVIF Profile G: the newest recording of each camera; no free space, which the profile does not know.</summary>
    Onvif,

    /// <summary>ISAPI, as Hikvision and those who build for others speak it: disks, free space, the newest recording of each track.</summary>
    Isapi,

    /// <summary>An address that answers JSON; which field is which stands in the file.</summary>
    Json,
}

/// <summary>A camera that a recorder keeps.</summary>
/// <param name="Channel">What the recorder calls it: a track of ISAPI (<c>101</c>), a token or a source's name of ONVIF (<c>*</c>: all there is), an id in JSON.</param>
public sealed record KeptCamera(Camera Camera, string Channel);

/// <summary>Where a JSON answer says what, each a name or names with full stops between.</summary>
/// <param name="Cameras">A list of objects, or an object with one for each camera; empty when the answer is that itself.</param>
/// <param name="Id">In each object, where they are a list.</param>
/// <param name="Newest">In each object: time of the newest recording, as ISO 8601 or as seconds or milliseconds since 1970.</param>
/// <param name="Now">The recorder's own clock; empty when it says none, then the field <c>Date</c> of the answer counts.</param>
/// <param name="Free">Free room, in any unit; empty when it says none.</param>
/// <param name="Total">All room, in the same unit; empty when it says none.</param>
public sealed record JsonFields(string Cameras, string Id, string Newest, string Now, string Free, string Total);

/// <summary>A recorder, whose word is the proof that cameras are recorded.</summary>
/// <param name="Name">For people.</param>
/// <param name="Url">Of its service; with JSON the whole address.</param>
/// <param name="Login">Null for one that lets everybody in.</param>
public sealed record Recorder(DeviceId Id, string Name, RecorderKind Kind, Uri Url, ImmutableArray<KeptCamera> Cameras, CameraLogin? Login)
{
    public const int MostCameras = 16;

    /// <summary>An older newest recording means that nothing is recorded. Default 15 min: some recorders count a file only when it is closed.</summary>
    public TimeSpan NewestWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Less free room is a fault, in per cent; null for those that overwrite the oldest, which are always full.</summary>
    public int? FreeAtLeast { get; init; }

    /// <summary>It records only while the hall is open.</summary>
    public bool OnlyWhenOpen { get; init; }

    /// <summary>Of ISAPI: its times are what their letter Z says. Most show local time and write Z all the same.</summary>
    public bool IsUtc { get; init; }

    /// <summary>It may be told the password itself (Basic), by whoever answers at its address.</summary>
    public bool AllowsBasic { get; init; }

    /// <summary>Null unless it answers JSON.</summary>
    public JsonFields? Fields { get; init; }
}

/// <summary>What a recorder said.</summary>
/// <param name="Clock">Its own, at <paramref name="At"/>; null when it shows none.</param>
/// <param name="At">Monotonic moment of the answer.</param>
/// <param name="Newest">By its own clock, of each channel whose answer was understood; null where it says that it has nothing of it.</param>
/// <param name="FreePercent">Null when it says none.</param>
/// <param name="Disk">What is wrong with its disks; null when nothing is, or it says nothing.</param>
public sealed record RecorderAnswer(DateTimeOffset? Clock, long At, ImmutableDictionary<string, DateTimeOffset?> Newest, double? FreePercent, string? Disk);

/// <summary>The faults of recorders.</summary>
public static class RecorderFaults
{
    public static FaultCode Unreachable { get; } = new("recorder.unreachable");

    public static FaultCode LoginRefused { get; } = new("recorder.login-refused");

    /// <summary>What it answers cannot be understood.</summary>
    public static FaultCode BadAnswer { get; } = new("recorder.bad-answer");

    public static FaultCode DiskFailed { get; } = new("recorder.disk-failed");

    public static FaultCode SpaceLow { get; } = new("recorder.space-low");

    public static FaultCode ClockWrong { get; } = new("recorder.clock-wrong");
}
