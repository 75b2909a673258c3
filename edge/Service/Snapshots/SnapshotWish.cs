using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;

namespace MotCua.Edge.Snapshots;

/// <summary>A picture that somebody wants of one camera.</summary>
/// <param name="Id">Of the command, or made for the emergency.</param>
/// <param name="Role">Null of an emergency.</param>
/// <param name="Counter">Where the emergency button was pressed; null of a command.</param>
public sealed record SnapshotWish(string Id, string Camera, string Cause, string Reason, string? Role, int? Counter, bool Blur, TimeSpan Ttl)
{
    public static SnapshotWish Of(CommandId id, SnapshotBody body) =>
        new(id.Value, body.Camera, SnapshotCause.Command, body.Reason, body.Role, null, body.Blur, TimeSpan.FromMinutes(body.TtlMinutes));

    /// <summary>Sharp, since somebody may need help at once; kept for a day.</summary>
    public static SnapshotWish Emergency(string id, string camera, int counter) =>
        new(id, camera, SnapshotCause.Emergency, SnapshotReason.Emergency, null, counter, Blur: false, TimeSpan.FromMinutes(SnapshotBody.UsualTtlMinutes));

    /// <summary>What is written down about it.</summary>
    public CameraSnapshot Say(string phase, string? note) => new(Id, Camera, phase, Cause, Reason, Role, Counter, Blur, (int)Ttl.TotalMinutes, note);
}

/// <summary>What became of one camera at an emergency.</summary>
/// <param name="Id">Of its picture; null when none is taken.</param>
/// <param name="Problem">Why none is taken, Vietnamese; null when one is.</param>
public sealed record EmergencyPicture(string Camera, string? Id, string? Problem);
