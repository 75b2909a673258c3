using MotCua.Edge.Snapshots;

namespace MotCua.Edge.Assembly;

/// <content>Pictures on demand.</content>
public sealed partial class EdgeCentre
{
    /// <summary>Null without cameras.</summary>
    internal SnapshotDesk? Snapshots => cameras?.Snapshots;

    /// <summary>Of a camera, as the configuration calls it; its device name when it is gone from there.</summary>
    internal string CameraName(string camera) => Options.Cameras.FirstOrDefault(one => one.Camera.Id.Value == camera)?.Camera.Name ?? camera;

    private void JoinSnapshots()
    {
        if (Snapshots is { } desk)
        {
            Feed.Join(desk);
        }
    }
}
