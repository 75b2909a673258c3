namespace MotCua.Edge.Devices.Boards.Tm1637;

/// <summary>How a sign on a TM1637 is made and driven.</summary>
public sealed record Tm1637Options
{
    public static Tm1637Options Default { get; } = new();

    /// <summary>4 or 6. Four show the ticket alone. Default 4.</summary>
    public int Digits { get; init; } = 4;

    /// <summary>True for the usual boards of six digits, whose digits are wired as 3 2 1 6 5 4. Without meaning for four. Default true.</summary>
    public bool CrossWired { get; init; } = true;

    /// <summary>Whether the GPIO chip's own pull-ups are used. Default true; most modules bring theirs as well.</summary>
    public bool PullUp { get; init; } = true;

    /// <summary>Default 55 % by day and night; the chip knows eight steps.</summary>
    public BoardLight Light { get; init; } = BoardLight.Default;

    /// <summary>Default 5 s.</summary>
    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
