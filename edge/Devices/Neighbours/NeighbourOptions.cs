namespace MotCua.Edge.Devices.Neighbours;

/// <summary>How neighbours are judged.</summary>
public sealed record NeighbourOptions
{
    public static NeighbourOptions Default { get; } = new();

    /// <summary>So many looks in a row must fail. Default 3.</summary>
    public int Failures { get; init; } = 3;

    /// <summary>So many looks in a row must be good again. Default 2.</summary>
    public int Successes { get; init; } = 2;

    /// <summary>From one look to the next while it is not sure what holds, and while something is down. Default 10 s.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A look that takes longer has failed. Default 5 s: a satellite line answers in one.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Looks at the same time. Default 4; the others wait for their turn.</summary>
    public int AtOnce { get; init; } = 4;
}
