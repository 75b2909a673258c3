namespace MotCua.CloudBridge.Views;

/// <summary>What a desk remembers beside its tickets and faults.</summary>
/// <param name="Day">Business date; null before the first.</param>
/// <param name="Closed">A clerk closed it, in this boot.</param>
/// <param name="Boot">The machine's boot that the newest event was written in.</param>
/// <param name="MarkAt">Wall time of the newest event.</param>
/// <param name="MarkTrusted">Whether the box knew the time then.</param>
public sealed record DeskState(DateOnly? Day, bool Closed, string? Boot, DateTimeOffset MarkAt, bool MarkTrusted, long Tickets, long Faults)
{
    public static DeskState Empty { get; } = new(null, false, null, DateTimeOffset.UnixEpoch, false, 0, 0);
}
