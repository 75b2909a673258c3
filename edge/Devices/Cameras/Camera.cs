using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>What a stream is watched for.</summary>
[Flags]
public enum StreamRoles
{
    None = 0,

    /// <summary>A recorder takes it: it must be there and send.</summary>
    Record = 1,

    /// <summary>Its pictures are judged.</summary>
    Detect = 2,

    /// <summary>Its sound is judged.</summary>
    Sound = 4,

    /// <summary>No stream: what a recorder has kept of the camera.</summary>
    Recording = 8,
}

/// <summary>Name and password of a camera. Never printed.</summary>
public sealed record CameraLogin(string User, string Password)
{
    /// <summary>Says nothing, so that no log can.</summary>
    public override string ToString() => "(tài khoản camera)";
}

/// <summary>A stream of a camera.</summary>
/// <param name="Url">Scheme <c>rtsp</c>, without name and password.</param>
public sealed record CameraFeed(Uri Url, StreamRoles Roles);

/// <summary>A camera of the hall.</summary>
/// <param name="Name">For people: "Camera sảnh".</param>
/// <param name="Streams">1 to 3; each role stands at one of them at most.</param>
/// <param name="Login">Null for one that lets everybody in.</param>
/// <param name="DeafAfter">Digital silence that lasts so long means that the microphone is off.</param>
public sealed record Camera(DeviceId Id, string Name, ImmutableArray<CameraFeed> Streams, CameraLogin? Login, TimeSpan DeafAfter)
{
    /// <summary>Room for the endings that name a role.</summary>
    public const int LongestId = 24;

    /// <summary>The device whose state tells of a role: the camera itself for the first of detect, record and sound that it has, and one beside it for each of the others.</summary>
    public DeviceId DeviceOf(StreamRoles role) => role == MainRole ? Id : role == StreamRoles.Recording ? KeptDevice : new DeviceId($"{Id}-{NameOf(role)}");

    /// <summary>Address of its own service (ONVIF); null when it is not to be asked.</summary>
    public Uri? Onvif { get; init; }

    /// <summary>The device whose state tells of that service and of the camera's clock.</summary>
    public DeviceId OnvifDevice => new($"{Id}-onvif");

    /// <summary>A recorder says whether it keeps what the camera sends.</summary>
    public bool IsKept { get; init; }

    /// <summary>The device whose state tells whether a recorder keeps what the camera sends.</summary>
    public DeviceId KeptDevice => new($"{Id}-kept");

    /// <summary>The role whose state is the camera's own.</summary>
    public StreamRoles MainRole => Roles.First();

    /// <summary>Every device that tells of this camera, the camera itself first.</summary>
    public IEnumerable<DeviceId> Devices => Roles.Select(DeviceOf).Concat(Onvif is null ? [] : [OnvifDevice]).Concat(IsKept ? [KeptDevice] : []);

    /// <summary>All roles of the camera, the main one first.</summary>
    public IEnumerable<StreamRoles> Roles => ((StreamRoles[])[StreamRoles.Detect, StreamRoles.Record, StreamRoles.Sound]).Where(role => Streams.Any(stream => stream.Roles.HasFlag(role)));

    /// <summary>As the file and the events spell it.</summary>
    public static string NameOf(StreamRoles role) => role switch
    {
        StreamRoles.Record => "record",
        StreamRoles.Detect => "detect",
        StreamRoles.Sound => "sound",
        StreamRoles.Recording => "recording",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "One role."),
    };
}

/// <summary>A named fault of a stream; the message is for technicians.</summary>
public sealed class CameraTroubleException(FaultCode fault, string detail, Exception? inner = null) : IOException(detail, inner)
{
    public FaultCode Fault { get; } = fault;
}
