using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>A 20×4 character LCD: HD44780 in 4-bit mode behind a PCF8574 backpack. Shows a heading and the newest three calls.</summary>
/// <remarks>
/// Every call of <see cref="Show"/> is at most one I2C transaction. Its light is on or off only, so it is not dimmed. Not thread-safe: one pump owns it.
/// Source: HD44780U datasheet, tables 5, 6 and 13, figure 24.
/// </remarks>
public sealed class Hd44780Board : IBoard
{
    private const byte DisplayOff = 0x08;
    private const byte Clear = 0x01;
    private const byte Home = 0x02;
    private const byte EntryIncrement = 0x06;
    private const byte DisplayOn = 0x0C;
    private const byte FourBitTwoLines = 0x28;
    private const byte SetGlyphAddress = 0x40;
    private const byte SetAddress = 0x80;

    private static readonly TimeSpan AfterPower = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan AfterFirstFunctionSet = TimeSpan.FromMilliseconds(4.1);
    private static readonly TimeSpan AfterSecondFunctionSet = TimeSpan.FromMicroseconds(100);

    /// <summary>1.52 ms at the usual 270 kHz; the oscillator may be as slow as 190 kHz (datasheet, table 6 note and "Clock Characteristics").</summary>
    private static readonly TimeSpan AfterClearOrHome = TimeSpan.FromMilliseconds(1.52 * 270 / 190);

    private readonly II2cDevice backpack;
    private readonly BackpackWire wire;
    private readonly CallBlink blink;
    private readonly GlyphBank? bank;
    private LcdPage? shown;
    private VietnameseLetter?[] drawn = new VietnameseLetter?[GlyphBank.Slots];

    public Hd44780Board(DeviceId id, II2cDevice backpack, TimeProvider time, Hd44780Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(backpack);
        options ??= Hd44780Options.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BusHz, 10_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BusHz, 100_000);
        Id = id;
        this.backpack = backpack;
        wire = new BackpackWire(options.BusHz);
        blink = new CallBlink(time, options.Blink);
        bank = options.Vietnamese == LcdVietnamese.Glyphs ? new GlyphBank() : null;
    }

    public DeviceId Id { get; }

    public int CallRoom => LcdLayout.CallLines;

    public TimeSpan? Again => blink.Again;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        ArgumentNullException.ThrowIfNull(view);
        blink.See(view);
        var page = PageOf(view);
        var letters = bank?.Letters ?? [];
        if (shown is null)
        {
            PowerUp(page, letters);
        }
        else if (fromScratch)
        {
            Scrub(page, letters);
        }
        else
        {
            WriteChanges(shown, page, letters);
        }

        if (wire.Bytes.IsEmpty)
        {
            return;
        }

        // Forgotten until the chip has taken it: a transaction that breaks off leaves a glass that nobody knows.
        shown = null;
        backpack.Write(wire.Bytes);
        (shown, drawn) = (page, letters);
    }

    private LcdPage PageOf(BoardView view)
    {
        var lines = LcdLayout.Lines(view, blink.IsDark);
        if (bank is null)
        {
            return LcdPage.Folded(lines);
        }

        var letters = lines.Select(VietnameseLetter.Of).ToList();
        bank.Take(letters.SelectMany(line => line.Take(LcdPage.Columns)));
        return LcdPage.Composed(letters, bank);
    }

    /// <summary>The start of the datasheet. The chip may have had power for a moment only, and listens with eight bits.</summary>
    private void PowerUp(LcdPage page, VietnameseLetter?[] letters)
    {
        wire.BeginUnknown();
        wire.Rest(AfterPower);
        FindFourBitMode();
        wire.Instruction(DisplayOff);
        wire.Instruction(Clear);
        wire.Rest(AfterClearOrHome);
        wire.Instruction(EntryIncrement);
        WriteGlyphs(letters, all: true);
        WriteRing(page, 0, LcdPage.Cells);
        wire.Instruction(DisplayOn);
    }

    /// <summary>Heals whatever a disturbance left (nibbles out of step, a shifted window, wrong cells) and never goes dark or empty.</summary>
    /// <remarks>On the way through eight bits the second line loses its drive for half a millisecond; a liquid crystal takes a hundred to follow.</remarks>
    private void Scrub(LcdPage page, VietnameseLetter?[] letters)
    {
        wire.BeginUnknown();
        FindFourBitMode();
        wire.Instruction(EntryIncrement);
        // Home undoes a display shift, which no other instruction but clear does.
        wire.Instruction(Home);
        wire.Rest(AfterClearOrHome);
        WriteGlyphs(letters, all: true);
        WriteRing(page, 0, LcdPage.Cells);
        wire.Instruction(DisplayOn);
    }

    /// <summary>Figure 24 of the datasheet. It ends in step in 4-bit mode from eight bits, four bits, and four bits with half a byte taken.</summary>
    private void FindFourBitMode()
    {
        wire.HalfInstruction(0x3);
        wire.Rest(AfterFirstFunctionSet);
        wire.HalfInstruction(0x3);
        wire.Rest(AfterSecondFunctionSet);
        wire.HalfInstruction(0x3);
        wire.HalfInstruction(0x2);
        wire.Instruction(FourBitTwoLines);
    }

    private void WriteChanges(LcdPage old, LcdPage page, VietnameseLetter?[] letters)
    {
        wire.Begin();
        WriteGlyphs(letters, all: false);
        foreach (var (start, length) in ChangedRuns.Between(old, page))
        {
            WriteRing(page, start, length);
        }
    }

    /// <summary>Before the cells that show them.</summary>
    private void WriteGlyphs(VietnameseLetter?[] letters, bool all)
    {
        for (var slot = 0; slot < letters.Length; slot++)
        {
            if (letters[slot] is { } letter && (all || drawn[slot] != letter))
            {
                wire.Instruction((byte)(SetGlyphAddress | slot * GlyphBank.RowsPerGlyph));
                foreach (var row in GlyphBank.Rows(letter))
                {
                    wire.Data(row);
                }
            }
        }
    }

    private void WriteRing(LcdPage page, int start, int length)
    {
        wire.Instruction((byte)(SetAddress | LcdPage.Address(start)));
        for (var step = 0; step < length; step++)
        {
            wire.Data(page[(start + step) % LcdPage.Cells]);
        }
    }
}
