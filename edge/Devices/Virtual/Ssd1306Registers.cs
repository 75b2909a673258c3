namespace MotCua.Edge.Devices.Virtual;

/// <summary>The command decoder and registers of an SSD1306. Not thread-safe: the chip around it holds the lock.</summary>
/// <remarks>Source: SSD1306 datasheet rev 1.1, table 9 and 8.5; a command waits for all of its arguments.</remarks>
internal sealed class Ssd1306Registers(Action<string> violate)
{
    private const byte ResetContrast = 0x7F;

    private readonly List<byte> waiting = [];
    private bool pump;

    public byte Contrast { get; private set; }

    public bool On { get; private set; }

    /// <summary>On, and the charge pump feeds the glass.</summary>
    public bool Lights => On && pump;

    public bool AllOn { get; private set; }

    public bool Inverse { get; private set; }

    public bool IsHorizontal { get; private set; }

    public bool SegmentsTurned { get; private set; }

    public bool ScanTurned { get; private set; }

    public int StartLine { get; private set; }

    public int Offset { get; private set; }

    public int Left { get; private set; }

    public int Right { get; private set; }

    public int Top { get; private set; }

    public int Bottom { get; private set; }

    /// <summary>The last command set the columns, which moves the column pointer to the first.</summary>
    public bool ColumnsMoved { get; private set; }

    /// <summary>The last command set the pages, which moves the page pointer to the first.</summary>
    public bool PagesMoved { get; private set; }

    public void Reset()
    {
        waiting.Clear();
        pump = false;
        On = false;
        AllOn = false;
        Inverse = false;
        IsHorizontal = false;
        SegmentsTurned = false;
        ScanTurned = false;
        Contrast = ResetContrast;
        (StartLine, Offset, Left, Right, Top, Bottom) = (0, 0, 0, 127, 0, 7);
    }

    public void Scramble(Random random)
    {
        pump = random.Next(2) == 0;
        On = random.Next(2) == 0;
        AllOn = random.Next(2) == 0;
        Inverse = random.Next(2) == 0;
        IsHorizontal = random.Next(2) == 0;
        SegmentsTurned = random.Next(2) == 0;
        ScanTurned = random.Next(2) == 0;
        Contrast = (byte)random.Next(256);
        (StartLine, Offset) = (random.Next(64), random.Next(64));
    }

    /// <param name="memoryUnknown">Some of the memory was never written.</param>
    public void Take(byte value, bool memoryUnknown)
    {
        (ColumnsMoved, PagesMoved) = (false, false);
        waiting.Add(value);
        if (waiting.Count <= Arguments(waiting[0]))
        {
            return;
        }

        var (command, first, second) = (waiting[0], waiting.ElementAtOrDefault(1), waiting.ElementAtOrDefault(2));
        waiting.Clear();
        Execute(command, first, second, memoryUnknown);
    }

    public void EndOfTransaction()
    {
        if (waiting.Count > 0)
        {
            var command = waiting[0];
            waiting.Clear();
            violate($"command {command:X2}h ended without its arguments");
        }
    }

    private static int Arguments(byte command) => command switch
    {
        0x21 or 0x22 => 2,
        0x20 or 0x81 or 0x8D or 0xA8 or 0xD3 or 0xD5 or 0xD9 or 0xDA or 0xDB => 1,
        _ => 0,
    };

    private void Execute(byte command, byte first, byte second, bool memoryUnknown)
    {
        switch (command)
        {
            case 0x20:
                IsHorizontal = first == 0;
                break;
            case 0x21:
                SetColumns(first, second);
                break;
            case 0x22:
                SetPages(first, second);
                break;
            case 0x2E or 0xD5 or 0xD9:
                break;
            case >= 0x40 and <= 0x7F:
                StartLine = command & 0x3F;
                break;
            case 0x81:
                Contrast = first;
                break;
            case 0x8D:
                pump = (first & 0x04) != 0;
                break;
            case 0xA0 or 0xA1:
                SegmentsTurned = command == 0xA1;
                break;
            case 0xA4 or 0xA5:
                AllOn = command == 0xA5;
                break;
            case 0xA6 or 0xA7:
                Inverse = command == 0xA7;
                break;
            case 0xC0 or 0xC8:
                ScanTurned = command == 0xC8;
                break;
            case 0xD3:
                Offset = first & 0x3F;
                break;
            case 0xA8 when first == 63:
            case 0xDA when first == 0x12:
            case 0xDB when first is 0x00 or 0x20 or 0x30:
                break;
            case 0xAE or 0xAF:
                SwitchOn(command == 0xAF, memoryUnknown);
                break;
            default:
                violate($"command {command:X2}h {first:X2}h does not exist or does not fit a glass of 64 rows");
                break;
        }
    }

    private void SetColumns(int left, int right)
    {
        if (left > right || right > 127)
        {
            violate($"columns {left} to {right} do not exist");
            return;
        }

        (Left, Right, ColumnsMoved) = (left, right, true);
    }

    private void SetPages(int top, int bottom)
    {
        if (top > bottom || bottom > 7)
        {
            violate($"pages {top} to {bottom} do not exist");
            return;
        }

        (Top, Bottom, PagesMoved) = (top, bottom, true);
    }

    private void SwitchOn(bool on, bool memoryUnknown)
    {
        var was = On;
        On = on;
        if (on && !pump)
        {
            violate("display on before the charge pump");
        }

        if (on && !was && memoryUnknown)
        {
            violate("display on before all of the memory was written");
        }
    }
}
