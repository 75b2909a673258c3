namespace MotCua.Edge.Devices.Boards.Ssd1306;

/// <summary>How an OLED is driven.</summary>
public sealed record Ssd1306Options
{
    public static Ssd1306Options Default { get; } = new();

    /// <summary>The glass is mounted upside down. Default false.</summary>
    public bool Turned { get; init; }

    /// <summary>Default 55 % by day and night, of 256 steps of contrast.</summary>
    public BoardLight Light { get; init; } = BoardLight.Default;

    /// <summary>Default 5 s.</summary>
    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
