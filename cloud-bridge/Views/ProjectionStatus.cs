namespace MotCua.CloudBridge.Views;

/// <summary>How the views stand.</summary>
/// <param name="Leads">Whether this bridge keeps them up; of several that share a store one does.</param>
/// <param name="Version">Of the rules that made them.</param>
/// <param name="Row">Newest stretch of the log that is in them.</param>
/// <param name="LagRows">Stretches that are not.</param>
/// <param name="LagSeconds">How long ago the province received the first of those; 0 when there are none.</param>
/// <param name="Events">Events gone through.</param>
/// <param name="Unknown">Of them, of types that this version does not know.</param>
/// <param name="Broken">Of them, unusable.</param>
/// <param name="Orphaned">Of them, about tickets that were issued in a lost part of a log.</param>
/// <param name="RebuildRow">Newest stretch in the views that are being made again; null when none are.</param>
/// <param name="Fault">Why they do not go on; null when they do.</param>
public sealed record ProjectionSnapshot(
    bool Leads, int Version, long Row, long LagRows, double LagSeconds, long Events, long Unknown, long Broken, long Orphaned, long? RebuildRow, string? Fault)
{
    public static ProjectionSnapshot Unread { get; } = new(false, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
}

/// <summary>What the projection of this bridge last saw. Written by its loop, read by anyone.</summary>
public sealed class ProjectionStatus
{
    private ProjectionSnapshot now = ProjectionSnapshot.Unread;

    public ProjectionSnapshot Now
    {
        get => Volatile.Read(ref now);
        set => Volatile.Write(ref now, value);
    }
}
