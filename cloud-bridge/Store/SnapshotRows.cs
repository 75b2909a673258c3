using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Names a picture: of a command, or of an emergency.</summary>
public readonly record struct SnapshotKey(CentreId Centre, string Id);

/// <summary>A picture that a centre's log says it is about to take; no other is ever stored.</summary>
/// <param name="Cause">As in <c>camera.snapshot</c>, as <paramref name="Reason"/> and <paramref name="Role"/>.</param>
/// <param name="At">By the centre's clock.</param>
/// <param name="Known">When the bridge learned of it.</param>
/// <param name="Expires">Nobody sees it after this, and its bytes are removed.</param>
public sealed record AnnouncedSnapshot(
    SnapshotKey Key, string Camera, string Cause, string Reason, string? Role, int? Counter, bool Blur, DateTimeOffset At, DateTimeOffset Known, DateTimeOffset Expires);

/// <summary>A picture came. The first one counts; one that nobody announced, or whose time is over, changes nothing.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="TakenAt">By the centre's clock.</param>
public sealed record ArrivedSnapshot(SnapshotKey Key, byte[] Jpeg, int Width, int Height, DateTimeOffset TakenAt, DateTimeOffset At)
{
    /// <summary>Says how large it is, so that no log can say more.</summary>
    public override string ToString() => $"(ảnh {Jpeg.Length} byte)";
}

/// <summary>The centre says what became of it.</summary>
/// <param name="Phase"><c>sent</c> or <c>failed</c>.</param>
/// <param name="Note">Why there is none, Vietnamese.</param>
public sealed record EndedSnapshot(SnapshotKey Key, string Phase, string? Note);

/// <summary>All that one group changes of pictures.</summary>
public sealed record SnapshotWrites(IReadOnlyCollection<AnnouncedSnapshot> Announced, IReadOnlyCollection<ArrivedSnapshot> Arrived, IReadOnlyCollection<EndedSnapshot> Ended)
{
    public static SnapshotWrites None { get; } = new([], [], []);
}

/// <summary>What is known of a picture, without it.</summary>
/// <param name="Phase">What the centre said last: <c>sent</c> or <c>failed</c>; null before.</param>
/// <param name="TakenAt">Null before it came, as the next ones.</param>
/// <param name="Bytes">0 before it came.</param>
/// <param name="GoneAt">When its bytes were removed; null before.</param>
/// <param name="Views">Who has looked at it, oldest first.</param>
public sealed record SnapshotRecord(
    AnnouncedSnapshot Announced, string? Phase, string? Note, DateTimeOffset? TakenAt, DateTimeOffset? ReceivedAt, int Bytes, int Width, int Height, DateTimeOffset? GoneAt, IReadOnlyList<SnapshotView> Views)
{
    /// <summary>How far it has come, for people: <c>asked</c>, <c>sent</c> and not here, <c>stored</c>, <c>failed</c>, <c>lost</c> on its way, or <c>expired</c> after it was here.</summary>
    public string StateAt(DateTimeOffset now) => this switch
    {
        { ReceivedAt: not null } => GoneAt is not null || Announced.Expires <= now ? "expired" : "stored",
        { Phase: Protocols.Snapshots.SnapshotPhase.Failed } => "failed",
        _ when Announced.Expires <= now => "lost",
        _ => Phase ?? "asked",
    };
}

/// <summary>Somebody looked, for ever.</summary>
/// <param name="Who">As he says himself.</param>
/// <param name="Reason">Why, in his words.</param>
public sealed record SnapshotView(DateTimeOffset At, string Who, string Reason);
