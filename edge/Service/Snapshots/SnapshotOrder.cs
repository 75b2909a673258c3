using MotCua.Edge.Devices.Cameras.Snapshots;

namespace MotCua.Edge.Snapshots;

/// <summary>A picture on its way. Guarded by the desk.</summary>
/// <param name="until">Monotonic moment at which it is too old.</param>
internal sealed class SnapshotOrder(SnapshotWish wish, long turn, long until)
{
    public SnapshotWish Wish => wish;

    /// <summary>Its place in the order in which they were asked for.</summary>
    public long Turn => turn;

    public long Until => until;

    /// <summary>Sequence number of the event that says so; null before it is durable.</summary>
    public long? Seq { get; set; }

    /// <summary>Null before it is taken, and once it was.</summary>
    public Task<CameraPhoto>? Taking { get; set; }

    /// <summary>The message, ready to go; null before, and once nobody needs it.</summary>
    public byte[]? Message { get; set; }

    /// <summary>Handed to the line, which has not said what came of it.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>The broker would not take it just now: not tried before this moment.</summary>
    public long NotBefore { get; set; }

    /// <summary>How it ended; null before. It stays until the journal has taken the word.</summary>
    public (string Phase, string? Note)? End { get; set; }

    public bool IsBeingTaken => End is null && Message is null;
}
