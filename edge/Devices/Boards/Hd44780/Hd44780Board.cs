using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Boards.Hd44780;

/// <summary>A 20×4 character LCD: HD44780 in 4-bit mode behind a PCF8574 backpack. Shows a heading and the newest three calls, without diacritics.</summary>
/// <remarks>
/// Every call of <see cref="Show"/> is at most one I2C transaction. Not thread-safe: one pump owns it.
/// Source: HD44780U datasheet, tables 6 and 13, figure 24.
/// </remarks>
public sealed class Hd44780Board : IBoard
{
    private const byte DisplayOff = 0x08;
    private const byte Clear = 0x01;
    private const byte Home = 0x02;
    private const byte EntryIncrement = 0x06;
    private const byte DisplayOn = 0x0C;
    private const byte FourBitTwoLines = 0x28;
    private const byte SetAddress = 0x80;

    private static readonly TimeSpan AfterPower = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan AfterFirstFunctionSet = TimeSpan.FromMilliseconds(4.1);
    private static readonly TimeSpan AfterSecondFunctionSet = TimeSpan.FromMicroseconds(100);

    /// <summary>1.52 ms at the usual 270 kHz; the oscillator may be as slow as 190 kHz (datasheet, table 6 note and "Clock Characteristics").</summary>
    private static readonly TimeSpan AfterClearOrHome = TimeSpan.FromMilliseconds(1.52 * 270 / 190);

    private readonly II2cDevice backpack;
    private readonly BackpackWire wire;
    private LcdPage? shown;

    /// <param name="busHz">The bus clock or more, 10,000 to 100,000 Hz, which is all that a PCF8574 is made for. Rests are counted in bytes on the wire.</param>
    public Hd44780Board(DeviceId id, II2cDevice backpack, int busHz = 100_000)
    {
        ArgumentNullException.ThrowIfNull(backpack);
        ArgumentOutOfRangeException.ThrowIfLessThan(busHz, 10_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(busHz, 100_000);
        Id = id;
        this.backpack = backpack;
        wire = new BackpackWire(busHz);
    }

    public DeviceId Id { get; }

    public int CallRoom => LcdLayout.CallLines;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        ArgumentNullException.ThrowIfNull(view);
        var page = LcdLayout.Page(view);
        if (shown is null)
        {
            PowerUp(page);
        }
        else if (fromScratch)
        {
            Scrub(page);
        }
        else
        {
            WriteChanges(shown, page);
        }

        if (wire.Bytes.IsEmpty)
        {
            return;
        }

        // Forgotten until the chip has taken it: a transaction that breaks off leaves a glass that nobody knows.
        shown = null;
        backpack.Write(wire.Bytes);
        shown = page;
    }

    /// <summary>The start of the datasheet. The chip may have had power for a moment only, and listens with eight bits.</summary>
    private void PowerUp(LcdPage page)
    {
        wire.BeginUnknown();
        wire.Rest(AfterPower);
        FindFourBitMode();
        wire.Instruction(DisplayOff);
        wire.Instruction(Clear);
        wire.Rest(AfterClearOrHome);
        wire.Instruction(EntryIncrement);
        WriteRing(page, 0, LcdPage.Cells);
        wire.Instruction(DisplayOn);
    }

    /// <summary>Heals whatever a disturbance left (nibbles out of step, a shifted window, wrong cells) and never goes dark or empty.</summary>
    /// <remarks>On the way through eight bits the second line loses its drive for half a millisecond; a liquid crystal takes a hundred to follow.</remarks>
    private void Scrub(LcdPage page)
    {
        wire.BeginUnknown();
        FindFourBitMode();
        wire.Instruction(EntryIncrement);
        // Home undoes a display shift, which no other instruction but clear does.
        wire.Instruction(Home);
        wire.Rest(AfterClearOrHome);
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

    private void WriteChanges(LcdPage old, LcdPage page)
    {
        wire.Begin();
        foreach (var (start, length) in ChangedRuns.Between(old, page))
        {
            WriteRing(page, start, length);
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
