using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Pages;

/// <summary>A picture that was asked for, as the people in the centre may know of it: that it was taken, why, and where it went. The picture is not on the box.</summary>
/// <param name="Name">Of the camera, as the configuration calls it.</param>
/// <param name="Phase"><c>asked</c>, <c>sent</c> or <c>failed</c>.</param>
/// <param name="Cause"><c>command</c> of the province, or <c>emergency</c> button.</param>
/// <param name="Reason"><c>security</c>, <c>incident</c>, <c>device</c>, <c>complaint</c> or <c>emergency</c>.</param>
/// <param name="Counter">Where the button was pressed; null of a command.</param>
/// <param name="Blur">Nobody can be known on it.</param>
/// <param name="Note">Why there is none, Vietnamese; null otherwise.</param>
/// <param name="Since">When it was asked for.</param>
public sealed record SnapshotNow(string Id, string Camera, string Name, string Phase, string Cause, string Reason, int? Counter, bool Blur, string? Note, long Since)
{
    private const int Shown = 10;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);
    private static readonly TimeSpan OfAPress = TimeSpan.FromMinutes(30);

    /// <summary>Of the last days, the newest first.</summary>
    internal static IReadOnlyList<SnapshotNow> Newest(EdgeCentre centre, EdgeMonotone mono) =>
        [.. centre.Loop.Durable.State.Snapshots.Where(one => IsWithin(centre, one, Lately)).Reverse().Take(Shown).Select(one => Of(centre, one, mono))];

    /// <summary>What came of the emergency button of a counter lately.</summary>
    internal static IReadOnlyList<SnapshotNow> OfEmergency(EdgeCentre centre, int counter, EdgeMonotone mono) =>
        [.. centre.Loop.Durable.State.Snapshots.Where(one => one.Counter == counter && (one.IsOpen || IsWithin(centre, one, OfAPress))).Reverse().Take(Shown).Select(one => Of(centre, one, mono))];

    private static bool IsWithin(EdgeCentre centre, SnapshotMark mark, TimeSpan span) => centre.Time.GetUtcNow() - mark.At < span;

    private static SnapshotNow Of(EdgeCentre centre, SnapshotMark mark, EdgeMonotone mono) =>
        new(mark.Id, mark.Camera, centre.CameraName(mark.Camera), mark.Phase, mark.Cause, mark.Reason, mark.Counter, mark.Blur, mark.Note, mono.Of(mark.At));
}

/// <summary>What the emergency button did.</summary>
/// <param name="Asked">The support team was called; false when it had been called to the same emergency before.</param>
/// <param name="Pictures">A row for each camera that looks there; none in a centre without cameras.</param>
public sealed record EmergencyAnswer(int Counter, bool Asked, IReadOnlyList<EmergencyCamera> Pictures);

/// <param name="Problem">Why no picture is taken, Vietnamese; null when one is on its way.</param>
public sealed record EmergencyCamera(string Camera, string Name, string? Problem);
