using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>What happened to a camera.</summary>
public enum CameraMatter
{
    Offline,
    Covered,
    Frozen,
    Blurred,
    Moved,
    Deaf,

    /// <summary>Its clock is wrong.</summary>
    Clock,

    /// <summary>It says that something moves, sounds or switches before it.</summary>
    Motion,

    /// <summary>It says that somebody meddles with it.</summary>
    Tamper,
}

/// <summary>Where in its course something is.</summary>
public enum CameraPhase
{
    Start,

    /// <summary>It goes on, and looks different now.</summary>
    Update,
    End,
}

/// <summary>Something that begins, goes on or ends at a camera. It names nobody and shows nothing.</summary>
/// <param name="Role">Whose stream it is.</param>
/// <param name="Fault">What it is now; of an end, what it was.</param>
/// <param name="Lasted">Since its beginning.</param>
public sealed record CameraNews(DeviceId Camera, StreamRoles Role, CameraMatter Matter, CameraPhase Phase, FaultCode Fault, TimeSpan Lasted)
{
    /// <summary>Of a wrong clock: how far it is ahead.</summary>
    public TimeSpan Drift { get; init; }

    /// <summary>Of the camera's own word: what it noticed.</summary>
    public Onvif.NoticeKind? Noticed { get; init; }
}

/// <summary>Where cameras tell what happens. Returns at once and never throws.</summary>
public interface ICameraSink
{
    void Tell(CameraNews news);
}
