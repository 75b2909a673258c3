namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>How an eight-digit sign is driven.</summary>
public sealed record Max7219Options
{
    public static Max7219Options Default { get; } = new();

    /// <summary>Default 55 % by day and night.</summary>
    public BoardLight Light { get; init; } = BoardLight.Default;

    /// <summary>Default 5 s.</summary>
    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
