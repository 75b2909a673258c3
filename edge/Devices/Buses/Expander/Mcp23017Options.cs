namespace MotCua.Edge.Devices.Buses.Expander;

/// <summary>How a port expander is driven.</summary>
public sealed record Mcp23017Options
{
    public static Mcp23017Options Default { get; } = new();

    /// <summary>Between two looks at all registers, which find a lost interrupt and a chip that forgot its configuration. Default 250 ms; about 3 ms on the wire at 100 kHz.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Between two looks while the interrupt line cannot be had. Default 10 ms, a third of the debounce time of a button.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Pause after a first failure; it doubles with each further one. Default 250 ms.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause. Default 2 s.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(2);
}
