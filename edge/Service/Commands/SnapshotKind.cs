using System.Text.Json;
using MotCua.Edge.Snapshots;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Snapshots;

namespace MotCua.Edge.Commands;

/// <summary><c>snapshot</c>: one picture of one camera, through the same desk as the emergency button. Done once the broker has it.</summary>
/// <param name="desk">Null in a centre without cameras.</param>
internal sealed class SnapshotKind(SnapshotDesk? desk) : ICommandKind
{
    private const string NoCameras = "Trung tâm không có camera.";

    public string Name => CommandKinds.Snapshot;

    public string? Check(JsonElement body) =>
        CommandKinds.TryRead<SnapshotBody>(body, out var reason) is not { } wish ? $"Nội dung lệnh chụp ảnh không đúng: {reason}"
        : wish.Problem() ?? (desk is null ? NoCameras : desk.WhyNot(wish.Camera, SnapshotCause.Command));

    public string? Begin(CommandId id, JsonElement body) =>
        CommandKinds.TryRead<SnapshotBody>(body, out var reason) is not { } wish ? reason : desk is null ? NoCameras : desk.Ask(SnapshotWish.Of(id, wish));

    public CommandProgress Look(CommandId id) => desk?.Look(id.Value) ?? CommandProgress.Interrupted;
}
