namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>How a wall of 8×8 modules is made and driven.</summary>
public sealed record MatrixOptions
{
    public static MatrixOptions Default { get; } = new();

    /// <summary>Modules beside each other, 4 to 16. Default 8: room for «A105 QUẦY 12». Four show ticket and counter alone.</summary>
    public int Columns { get; init; } = 8;

    /// <summary>Lines of modules, 1 to 4, a call in each. Default 1.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>A notice that is longer than the wall is shown in parts, each for so long. Default 1.5 s.</summary>
    public TimeSpan NoticePart { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Default 55 % by day and night.</summary>
    public BoardLight Light { get; init; } = BoardLight.Default;

    /// <summary>Default 5 s.</summary>
    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
