namespace MotCua.Edge.Devices.Boards.Ht16k33;

/// <summary>How a sign on an HT16K33 is made and driven.</summary>
public sealed record Ht16k33Options
{
    public static Ht16k33Options Default { get; } = new();

    /// <summary>8, or 4 with a colon in the middle as on the usual clock modules. Four show the ticket alone. Default 8.</summary>
    public int Digits { get; init; } = 8;

    /// <summary>Default 55 % by day and night.</summary>
    public BoardLight Light { get; init; } = BoardLight.Default;

    /// <summary>Default 5 s.</summary>
    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
