using System.Collections.Immutable;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;

namespace MotCua.Edge.Loop;

/// <summary>What the journal says of a picture that was asked for. The picture itself is nowhere on the card.</summary>
/// <param name="Phase">One of <see cref="SnapshotPhase"/>.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Ended">When it was sent or failed; null before.</param>
public sealed record SnapshotMark(
    string Id, string Camera, string Phase, string Cause, string Reason, string? Role, int? Counter, bool Blur, int TtlMinutes, string? Note, DateTimeOffset At, DateTimeOffset? Ended = null)
{
    /// <summary>The newest ones, for whoever asks in the centre what was seen of it.</summary>
    public const int Kept = 32;

    /// <summary>It was asked for, and nothing says what became of it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => Phase == SnapshotPhase.Asked;

    /// <summary>The event that says what became of it.</summary>
    public CameraSnapshot Then(string phase, string? note) => new(Id, Camera, phase, Cause, Reason, Role, Counter, Blur, TtlMinutes, note);

    internal static ImmutableArray<SnapshotMark> With(ImmutableArray<SnapshotMark> marks, CameraSnapshot told, DateTimeOffset at)
    {
        if (told.Phase == SnapshotPhase.Asked)
        {
            var mark = new SnapshotMark(told.Id, told.Camera, told.Phase, told.Cause, told.Reason, told.Role, told.Counter, told.Blur, told.TtlMinutes, null, at);
            return [.. marks.Where(one => one.Id != told.Id).TakeLast(Kept - 1), mark];
        }

        return [.. marks.Select(one => one.Id == told.Id && one.IsOpen ? one with { Phase = told.Phase, Note = told.Note, Ended = at } : one)];
    }
}
