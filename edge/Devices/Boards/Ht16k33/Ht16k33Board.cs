using MotCua.Edge.Devices.Boards.Segments;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Boards.Ht16k33;

/// <summary>A seven-segment sign of four or eight digits on an HT16K33 (I2C 0x70 to 0x77). Shows the newest call.</summary>
/// <remarks>
/// A digit is a common line of the chip: its display memory holds sixteen bits for each, of which segments A to G and the point use the lower
/// eight (datasheet, "Display RAM"). Changed digits that stand together go in one transaction, since the address runs on by itself. Not
/// thread-safe: one pump owns it. Source: HT16K33 datasheet v1.10, "Command Summary".
/// </remarks>
public sealed class Ht16k33Board : IBoard
{
    private const byte OscillatorOn = 0x21;
    private const byte RowOutputs = 0xA0;
    private const byte DisplayOnSteady = 0x81;
    private const byte Dimming = 0xE0;
    private const int Brightest = 15;
    private const int Memory = 16;

    private readonly II2cDevice chip;
    private readonly SignFace face;
    private readonly int digits;
    private byte[]? shown;
    private byte brightness;

    public Ht16k33Board(DeviceId id, II2cDevice chip, TimeProvider time, Ht16k33Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        options ??= Ht16k33Options.Default;
        digits = options.Digits is 4 or 8 ? options.Digits : throw new ArgumentOutOfRangeException(nameof(options), options.Digits, "A sign on an HT16K33 has 4 or 8 digits.");
        Id = id;
        this.chip = chip;
        face = new SignFace(time, digits, Brightest, options.Light, options.Blink);
    }

    public DeviceId Id { get; }

    public int CallRoom => 1;

    public TimeSpan? Again => face.Again;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        var memory = MemoryOf(face.Segments(view));
        var old = fromScratch ? null : shown;
        // Forgotten until the chip took everything: a transaction that breaks off leaves a sign that nobody knows.
        shown = null;
        if (old is null)
        {
            // Each command ends its transaction; only an address is followed by data.
            chip.Write([OscillatorOn]);
            chip.Write([RowOutputs]);
        }

        if (old is null || brightness != face.Brightness)
        {
            brightness = face.Brightness;
            chip.Write([(byte)(Dimming | brightness)]);
        }

        WriteChanges(old, memory);
        if (old is null)
        {
            // Last: the memory holds anything after power-on.
            chip.Write([DisplayOnSteady]);
        }

        shown = memory;
    }

    private void WriteChanges(byte[]? old, byte[] memory)
    {
        Span<byte> bytes = stackalloc byte[1 + Memory];
        for (var start = 0; start < Memory; start++)
        {
            if (old is not null && old[start] == memory[start])
            {
                continue;
            }

            // The upper byte of each digit never changes, so a run goes over it: a new transaction would cost two bytes.
            var end = start + 1;
            for (var at = end; at < Memory && at <= end + 1; at++)
            {
                end = old is null || old[at] != memory[at] ? at + 1 : end;
            }

            bytes[0] = (byte)start;
            memory.AsSpan(start, end - start).CopyTo(bytes[1..]);
            chip.Write(bytes[..(1 + end - start)]);
            start = end;
        }
    }

    private byte[] MemoryOf(byte[] segments)
    {
        var memory = new byte[Memory];
        for (var place = 0; place < digits; place++)
        {
            // Four digits leave the third common line to the colon.
            var common = digits == 4 && place >= 2 ? place + 1 : place;
            memory[common * 2] = SegmentOrder.AFirst(segments[place]);
        }

        return memory;
    }
}
