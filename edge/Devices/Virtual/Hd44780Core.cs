using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>The registers and memories of an HD44780U, behind its pins: takes whole bytes, knows how long it is busy.</summary>
/// <remarks>Source: HD44780U datasheet, tables 4 (character codes) and 6 (instructions and times) and "Reset Function". Not thread-safe: the chip around it holds the lock.</remarks>
internal sealed class Hd44780Core(Action<string> violate)
{
    private const int LineCells = 40;
    private const int OwnGlyphs = 8;
    private const int RowsPerGlyph = 8;

    /// <summary>What stands in CGRAM after power-on is undefined: dots that no letter looks like.</summary>
    private const byte Rubbish = 0x15;

    private static readonly TimeSpan Reset = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan FirstFunctionSet = TimeSpan.FromMilliseconds(4.1);
    private static readonly TimeSpan SecondFunctionSet = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Instruction = TimeSpan.FromMicroseconds(37);
    private static readonly TimeSpan Memory = TimeSpan.FromMicroseconds(41);
    private static readonly TimeSpan ClearOrHome = TimeSpan.FromMilliseconds(1.52);

    private readonly byte[] ddram = new byte[2 * LineCells];
    private readonly byte[] cgram = new byte[OwnGlyphs * RowsPerGlyph];

    // Of each own glyph, which rows were written since the power came: bit 0 is the top one.
    private readonly byte[] written = new byte[OwnGlyphs];
    private TimeSpan busyUntil;
    private int functionSets;
    private int address;
    private int shift;
    private bool inCgram;
    private bool increments = true;
    private bool shiftsDisplay;
    private bool twoLines;

    public bool FourBit { get; private set; }

    public bool DisplayOn { get; private set; }

    public void PowerOn(TimeSpan at)
    {
        Array.Fill(ddram, (byte)' ');
        Array.Fill(cgram, Rubbish);
        Array.Clear(written);
        busyUntil = at + Reset;
        functionSets = 0;
        address = 0;
        shift = 0;
        inCgram = false;
        increments = true;
        shiftsDisplay = false;
        twoLines = false;
        FourBit = false;
        DisplayOn = false;
    }

    public void Scramble(Random random)
    {
        random.NextBytes(ddram);
        random.NextBytes(cgram);
        address = random.Next(ddram.Length);
        shift = random.Next(LineCells);
        inCgram = random.Next(2) == 0;
        increments = random.Next(2) == 0;
        shiftsDisplay = random.Next(2) == 0;
        twoLines = random.Next(2) == 0;
        FourBit = random.Next(2) == 0;
        DisplayOn = random.Next(2) == 0;
    }

    /// <returns>False, and a violation, when the chip is still busy and so does not listen.</returns>
    public bool CheckReady(TimeSpan at)
    {
        if (at >= busyUntil)
        {
            return true;
        }

        violate($"written {(busyUntil - at).TotalMicroseconds:0} µs before the last instruction was done");
        return false;
    }

    public void Take(bool isData, byte value, TimeSpan at)
    {
        if (!CheckReady(at))
        {
            return;
        }

        if (isData)
        {
            Store(value);
            busyUntil = at + Memory;
        }
        else
        {
            busyUntil = at + Execute(value);
        }
    }

    /// <summary>Busy flag and address counter, or the cell at the counter.</summary>
    public byte Read(bool isData, TimeSpan at) => isData
        ? inCgram ? cgram[address % cgram.Length] : ddram[address]
        : (byte)((at < busyUntil ? 0x80 : 0) | (inCgram ? address : CounterOf(address)));

    /// <summary>Reading memory moves the counter as writing does.</summary>
    public void ReadDone(bool isData)
    {
        if (isData)
        {
            Move();
        }
    }

    /// <summary>What stands on the glass, row by row; spaces while the display is off.</summary>
    public ImmutableArray<byte> Codes() => [.. Enumerable.Range(0, LcdGlass.Rows * LcdGlass.Columns).Select(at => Code(at / LcdGlass.Columns, at % LcdGlass.Columns))];

    /// <summary>Own glyphs, five dots a row.</summary>
    public ImmutableArray<byte> Glyphs() => [.. cgram.Select(row => (byte)(row & 0x1F))];

    private byte Code(int row, int column)
    {
        // Rows 2 and 3 are the second halves of the chip's two lines; a one-line chip leaves rows 1 and 3 without drive.
        var offset = (row / 2 * LcdGlass.Columns + column + shift) % LineCells;
        return DisplayOn && (twoLines || row % 2 == 0) ? ddram[(row % 2) * LineCells + offset] : (byte)' ';
    }

    private TimeSpan Execute(byte code)
    {
        if (!FourBit && (code & 0xE0) != 0x20)
        {
            violate($"instruction {code:X2}h while the chip still listens with eight bits");
        }

        switch (code)
        {
            case >= 0x80:
                SetDdramAddress(code & 0x7F);
                return Instruction;
            case >= 0x40:
                inCgram = true;
                address = code & 0x3F;
                return Instruction;
            case >= 0x20:
                return FunctionSet(code);
            case >= 0x10:
                CursorOrDisplayShift(code);
                return Instruction;
            case >= 0x08:
                DisplayOn = (code & 0x04) != 0;
                return Instruction;
            case >= 0x04:
                increments = (code & 0x02) != 0;
                shiftsDisplay = (code & 0x01) != 0;
                return Instruction;
            case >= 0x02:
                Home();
                return ClearOrHome;
            case 0x01:
                Array.Fill(ddram, (byte)' ');
                increments = true;
                Home();
                return ClearOrHome;
            default:
                violate("instruction 00h does not exist");
                return Instruction;
        }
    }

    /// <summary>Until the third function set after power-on the chip needs the long pauses of figure 24.</summary>
    private TimeSpan FunctionSet(byte code)
    {
        FourBit = (code & 0x10) == 0;
        twoLines = (code & 0x08) != 0;
        functionSets++;
        return functionSets switch
        {
            1 => FirstFunctionSet,
            2 => SecondFunctionSet,
            _ => Instruction,
        };
    }

    private void CursorOrDisplayShift(byte code)
    {
        var step = (code & 0x04) != 0 ? 1 : -1;
        if ((code & 0x08) != 0)
        {
            shift = (shift - step + LineCells) % LineCells;
        }
        else
        {
            address = (address + step + ddram.Length) % ddram.Length;
        }
    }

    private void Home()
    {
        address = 0;
        shift = 0;
        inCgram = false;
    }

    private void SetDdramAddress(int counter)
    {
        var column = counter & 0x3F;
        if (column >= LineCells)
        {
            violate($"DDRAM address {counter:X2}h does not exist");
            column %= LineCells;
        }

        inCgram = false;
        address = (counter >= 0x40 ? LineCells : 0) + column;
    }

    private void Store(byte value)
    {
        if (!FourBit)
        {
            violate("data while the chip still listens with eight bits");
        }

        if (inCgram)
        {
            cgram[address % cgram.Length] = value;
            written[address % cgram.Length / RowsPerGlyph] |= (byte)(1 << address % RowsPerGlyph);
        }
        else
        {
            // Codes 8 to 15 show the same eight glyphs (table 4).
            if (value < 2 * OwnGlyphs && written[value % OwnGlyphs] != 0xFF)
            {
                violate($"code {value:X2}h is shown before the eight rows of its glyph were written");
            }

            ddram[address] = value;
            if (shiftsDisplay)
            {
                shift = (shift + (increments ? 1 : -1) + LineCells) % LineCells;
            }
        }

        Move();
    }

    private void Move()
    {
        var size = inCgram ? cgram.Length : ddram.Length;
        address = (address + (increments ? 1 : -1) + size) % size;
    }

    private static int CounterOf(int cell) => cell < LineCells ? cell : 0x40 + cell - LineCells;
}
