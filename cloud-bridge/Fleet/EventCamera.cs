using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Fleet;

/// <summary>Which camera an event is about, so that whoever reads it may go on to the province's own video system.</summary>
internal static class EventCamera
{
    /// <returns>Device name; null for an event of no camera.</returns>
    public static string? Of(EventData? data) => data switch
    {
        CameraOffline e => e.Camera,
        CameraOnline e => e.Camera,
        CameraCovered e => e.Camera,
        CameraFrozen e => e.Camera,
        CameraBlurred e => e.Camera,
        CameraMoved e => e.Camera,
        CameraClock e => e.Camera,
        CameraMotion e => e.Camera,
        CameraTamper e => e.Camera,
        CameraDeaf e => e.Camera,
        CameraSnapshot e => e.Camera,
        _ => null,
    };
}
