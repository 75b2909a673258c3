using MotCua.Edge.Devices.Boards.Pixels;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>A wall of 8×8 LED modules, each on its MAX7219, all in one chain. Shows calls and notices with Vietnamese marks.</summary>
/// <remarks>
/// Each transfer carries a word for every module: the same row of all of them. A change costs at most eight transfers, whatever the size of
/// the wall. The word sent first comes to rest in the last module of the chain (datasheet, "Cascading Drivers").
/// <code>
///         module of the chain, as the usual boards of four are plugged together
///   3  2  1  0 ◄── DIN        DIN is on the right; a second line of modules goes on from the left end
///   7  6  5  4                of the first to the right end of the second
/// </code>
/// The chips never answer: a pulled cable is healed by the periodic scrub. Not thread-safe: one pump owns it. Source: MAX7219 datasheet, tables 2 to 10.
/// </remarks>
public sealed class Max7219Matrix : IBoard
{
    private readonly ISpiDevice chain;
    private readonly TimeProvider time;
    private readonly MatrixOptions options;
    private readonly BoardLight light;
    private readonly CallBlink blink;
    private readonly int modules;
    private PixelMap? shown;
    private byte brightness;

    public Max7219Matrix(DeviceId id, ISpiDevice chain, TimeProvider time, MatrixOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(time);
        this.options = options ?? MatrixOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Columns, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.Columns, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.Rows, 4);
        Id = id;
        this.chain = chain;
        this.time = time;
        light = this.options.Light.Checked();
        blink = new CallBlink(time, this.options.Blink);
        modules = this.options.Columns * this.options.Rows;
    }

    public DeviceId Id { get; }

    public int CallRoom => options.Rows;

    public TimeSpan? Again { get; private set; }

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        ArgumentNullException.ThrowIfNull(view);
        blink.See(view);
        var width = options.Columns * MatrixLayout.Module;
        var dots = MatrixLayout.Dots(view, width, options.Rows, PartNow(), blink.IsDark);
        Again = view.Notice is { } notice ? NextPart(notice, width) : blink.Again;
        var old = fromScratch ? null : shown;
        // Forgotten until every transfer came back: after a failure the wall is unknown.
        shown = null;
        if (old is null)
        {
            SetAll(Max7219Registers.DisplayTest, 0);
            SetAll(Max7219Registers.ScanLimit, Max7219Registers.AllDigits);
            SetAll(Max7219Registers.DecodeMode, 0);
        }

        var step = light.Step(time, Max7219Registers.Brightest);
        if (old is null || brightness != step)
        {
            brightness = step;
            SetAll(Max7219Registers.Intensity, step);
        }

        for (var line = 0; line < MatrixLayout.Module; line++)
        {
            WriteLine(old, dots, line);
        }

        if (old is null)
        {
            // Last, so that a wall that just got power lights up with the right dots; a working one never left normal operation.
            SetAll(Max7219Registers.Shutdown, Max7219Registers.NormalOperation);
        }

        shown = dots;
    }

    /// <summary>The same line of dots of every module that changed; the others take a no-op.</summary>
    private void WriteLine(PixelMap? old, PixelMap dots, int line)
    {
        Span<byte> words = stackalloc byte[modules * sizeof(ushort)];
        var changed = false;
        for (var module = 0; module < modules; module++)
        {
            var value = Row(dots, module, line);
            if (old is null || Row(old, module, line) != value)
            {
                var at = (modules - 1 - module) * sizeof(ushort);
                words[at] = (byte)(Max7219Registers.FirstDigit + line);
                words[at + 1] = value;
                changed = true;
            }
        }

        if (changed)
        {
            chain.Write(words);
        }
    }

    private byte Row(PixelMap dots, int module, int line)
    {
        var column = options.Columns - 1 - module % options.Columns;
        return dots.Row(column, module / options.Columns * MatrixLayout.Module + line);
    }

    private void SetAll(byte register, byte value)
    {
        Span<byte> words = stackalloc byte[modules * sizeof(ushort)];
        for (var at = 0; at < words.Length; at += sizeof(ushort))
        {
            words[at] = register;
            words[at + 1] = value;
        }

        chain.Write(words);
    }

    private long PartNow() => time.GetTimestamp() / time.Units(options.NoticePart);

    private TimeSpan? NextPart(string notice, int width) =>
        MatrixLayout.NoticeParts(notice, width, options.Rows) > 1 ? time.Until((PartNow() + 1) * time.Units(options.NoticePart)) : null;
}
