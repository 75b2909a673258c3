using MotCua.Edge.Devices.Boards.Pixels;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Boards.Ssd1306;

/// <summary>A 128×64 OLED on an SSD1306 (I2C 0x3C or 0x3D). Shows the newest call, its counter and how many wait, with Vietnamese marks.</summary>
/// <remarks>
/// A change is written as windows around what differs, one transaction each: a new number takes less than a fifth of a full picture. Not
/// thread-safe: one pump owns it. Source: SSD1306 datasheet rev 1.1, table 9 (commands), 8.1.5.2 (I2C), 10.1.3 (horizontal addressing) and
/// the application note "Software Initialization Flow Chart" (figure 2: charge pump before display on).
/// </remarks>
public sealed class Ssd1306Board : IBoard
{
    /// <summary>One command byte follows, then another control byte.</summary>
    private const byte OneCommand = 0x80;

    /// <summary>All that follows in this transaction are commands.</summary>
    private const byte Commands = 0x00;

    /// <summary>All that follows in this transaction are data.</summary>
    private const byte Data = 0x40;

    private const byte SetColumns = 0x21;
    private const byte SetPages = 0x22;
    private const byte Contrast = 0x81;
    private const byte DisplayOn = 0xAF;
    private const int Brightest = 255;
    private const int Pages = OledLayout.Height / 8;

    private readonly II2cDevice chip;
    private readonly TimeProvider time;
    private readonly Ssd1306Options options;
    private readonly BoardLight light;
    private readonly CallBlink blink;
    private byte[]? shown;
    private byte contrast;

    public Ssd1306Board(DeviceId id, II2cDevice chip, TimeProvider time, Ssd1306Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentNullException.ThrowIfNull(time);
        this.options = options ?? Ssd1306Options.Default;
        Id = id;
        this.chip = chip;
        this.time = time;
        light = this.options.Light.Checked();
        blink = new CallBlink(time, this.options.Blink);
    }

    public DeviceId Id { get; }

    public int CallRoom => 1;

    public TimeSpan? Again => blink.Again;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        ArgumentNullException.ThrowIfNull(view);
        blink.See(view);
        var memory = Memory(OledLayout.Dots(view, !view.Calls.IsDefaultOrEmpty && blink.IsDark(view.Calls[0].CallId)));
        var old = fromScratch ? null : shown;
        // Forgotten until the chip took everything: a transaction that breaks off leaves a glass that nobody knows.
        shown = null;
        if (old is null)
        {
            chip.Write(Setup());
        }

        var step = light.Step(time, Brightest);
        if (old is null || contrast != step)
        {
            contrast = step;
            chip.Write([Commands, Contrast, step]);
        }

        List<OledWindow> windows = old is null ? [new OledWindow(0, OledLayout.Width - 1, 0, Pages - 1)] : ChangedWindows.Between(old, memory);
        foreach (var window in windows)
        {
            Write(window, memory);
        }

        if (old is null)
        {
            // Last: the memory holds anything after power-on. A glass that works never went off.
            chip.Write([Commands, DisplayOn]);
        }

        shown = memory;
    }

    /// <summary>Every register, so that one that a disturbance changed heals; the same values again change nothing on a glass that works.</summary>
    private byte[] Setup() =>
    [
        Commands,
        0xA8, OledLayout.Height - 1, // Multiplex ratio.
        0xD3, 0x00, // No offset.
        0x40, // Memory row 0 is the first line.
        (byte)(options.Turned ? 0xA0 : 0xA1), // Segment order: the usual modules mount the glass with its flat cable below.
        (byte)(options.Turned ? 0xC0 : 0xC8), // Scan direction.
        0xDA, 0x12, // Alternative COM pins, as 64 rows are wired.
        0xD5, 0x80, // Oscillator and divide ratio as after reset.
        0xD9, 0xF1, // Pre-charge for the charge pump: 1 clock and 15.
        0xDB, 0x20, // VCOMH level as after reset.
        0x2E, // No scrolling.
        0xA4, // Show the memory, not all dots.
        0xA6, // A set bit is a lit dot.
        0x20, 0x00, // Horizontal addressing: windows.
        0x8D, 0x14, // Charge pump on; must come before display on.
    ];

    private void Write(OledWindow window, byte[] memory)
    {
        var bytes = new byte[OledWindow.Overhead + window.Area];
        ReadOnlySpan<byte> commands = [SetColumns, (byte)window.Left, (byte)window.Right, SetPages, (byte)window.Top, (byte)window.Bottom];
        for (var at = 0; at < commands.Length; at++)
        {
            bytes[2 * at] = OneCommand;
            bytes[2 * at + 1] = commands[at];
        }

        bytes[OledWindow.Overhead - 1] = Data;
        var width = window.Right - window.Left + 1;
        for (var page = window.Top; page <= window.Bottom; page++)
        {
            memory.AsSpan(page * OledLayout.Width + window.Left, width).CopyTo(bytes.AsSpan(OledWindow.Overhead + (page - window.Top) * width));
        }

        chip.Write(bytes);
    }

    private static byte[] Memory(PixelMap dots)
    {
        var memory = new byte[OledLayout.Width * Pages];
        for (var at = 0; at < memory.Length; at++)
        {
            memory[at] = dots.Column(at % OledLayout.Width, at / OledLayout.Width);
        }

        return memory;
    }
}
