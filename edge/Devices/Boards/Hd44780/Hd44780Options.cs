namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>What a character LCD makes of Vietnamese letters, which its ROM does not have.</summary>
public enum LcdVietnamese
{
    /// <summary>Letters lose their marks: DANG GOI.</summary>
    Folded,

    /// <summary>Capitals; the eight letters that a page needs most are drawn as the chip's own glyphs, the others lose their marks: ĐANG GỌI.</summary>
    Glyphs,
}

/// <summary>How a character LCD is driven.</summary>
public sealed record Hd44780Options
{
    public static Hd44780Options Default { get; } = new();

    /// <summary>The bus clock or more, 10,000 to 100,000 Hz, which is all that a PCF8574 is made for. Rests are counted in bytes on the wire. Default 100,000.</summary>
    public int BusHz { get; init; } = 100_000;

    /// <summary>Default <see cref="LcdVietnamese.Folded"/>.</summary>
    public LcdVietnamese Vietnamese { get; init; } = LcdVietnamese.Folded;

    /// <summary>Default 5 s.</summary>
    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
