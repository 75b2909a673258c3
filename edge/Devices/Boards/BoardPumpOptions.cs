namespace MotCua.Edge.Devices.Boards;

/// <summary>How a <see cref="BoardPump"/> paces itself.</summary>
public sealed record BoardPumpOptions
{
    public static BoardPumpOptions Default { get; } = new();

    /// <summary>Between two views, at least. Default 20 ms: nobody reads faster, and a rush must not fill the bus.</summary>
    public TimeSpan BetweenViews { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Between full rewrites of a board that works, so that garbage from a disturbance heals. Default 10 s.</summary>
    public TimeSpan ScrubEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause after a first failure; it doubles with each further one. Default 250 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 2 s: a board is back within 3 s of its chip.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(2);
}
