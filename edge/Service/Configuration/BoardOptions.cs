using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>A chip that shows something.</summary>
public enum BoardChip
{
    /// <summary>Character LCD of 20×4 behind a PCF8574 (I2C).</summary>
    Hd44780,

    /// <summary>Eight digits (SPI).</summary>
    Max7219,

    /// <summary>A wall of 8×8 modules (SPI).</summary>
    Max7219Matrix,

    /// <summary>Four or eight digits (I2C).</summary>
    Ht16k33,

    /// <summary>Four or six digits (two GPIO lines).</summary>
    Tm1637,

    /// <summary>OLED of 128×64 (I2C).</summary>
    Ssd1306,
}

/// <summary>A board as it is wired. What a chip has no use for keeps its default.</summary>
/// <param name="Address">I2C address (0x08 to 0x77), SPI chip select (0 or 1), or the GPIO line of a TM1637's CLK.</param>
/// <param name="Counter">It is the sign over that counter and shows its calls only; null: it shows those of the whole hall.</param>
public sealed record BoardOptions(DeviceId Id, BoardChip Chip, int Address, int? Counter = null)
{
    /// <summary>GPIO line of a TM1637's DIO.</summary>
    public int DataLine { get; init; }

    /// <summary>Digits of an HT16K33 (4 or 8) or a TM1637 (4 or 6).</summary>
    public int Digits { get; init; } = 4;

    /// <summary>Six digits on a TM1637 that are wired as 3 2 1 6 5 4.</summary>
    public bool CrossWired { get; init; } = true;

    /// <summary>Modules of a wall beside each other, 4 to 16.</summary>
    public int Columns { get; init; } = 8;

    /// <summary>Lines of modules, 1 to 4.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>An OLED that is mounted upside down.</summary>
    public bool Turned { get; init; }

    /// <summary>What an LCD makes of Vietnamese letters.</summary>
    public LcdVietnamese Letters { get; init; } = LcdVietnamese.Folded;

    public BoardLight Light { get; init; } = BoardLight.Default;

    public BlinkOptions Blink { get; init; } = BlinkOptions.Default;
}
