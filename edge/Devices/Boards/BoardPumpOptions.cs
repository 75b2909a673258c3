namespace MotCua.Edge.Devices.Boards;

/// <summary>How a <see cref="BoardPump"/> paces itself.</summary>
public sealed record BoardPumpOptions
{
    public static BoardPumpOptions Default { get; } = new();

    /// <summary>Between two views, at least. Default 20 ms: nobody reads faster, and a rush must not fill the bus.</summary>
    public TimeSpan BetweenViews { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Between full rewrites of a board that works, so that garbage from a disturbance heals.</summary>
    /// <remarks>
    /// Default 2.5 s: chips on SPI never answer, and others may be unplugged and plugged in again between two views, so this bounds how long a
    /// board is dark after its return. An LCD takes 30 ms of its bus for it.
    /// </remarks>
    public TimeSpan ScrubEvery { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>Pause after a first failure; it doubles with each further one. Default 250 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 2 s: a board is back within 3 s of its chip.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(2);
}
