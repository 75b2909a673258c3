using System.Buffers.Binary;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Boards.Max7219;

/// <summary>An eight-digit seven-segment sign on a MAX7219. Shows the newest call: ticket left, counter right.</summary>
/// <remarks>
/// One 16-bit transfer a changed digit, so a new number costs at most eight. The chip never answers: a pulled cable is not noticed here, and
/// the periodic scrub brings the sign back when the cable does. Not thread-safe: one pump owns it. Source: MAX7219 datasheet, tables 2 to 10.
/// </remarks>
public sealed class Max7219Board : IBoard
{
    private const byte FirstDigit = 0x1;
    private const byte DecodeMode = 0x9;
    private const byte Intensity = 0xA;
    private const byte ScanLimit = 0xB;
    private const byte Shutdown = 0xC;
    private const byte DisplayTest = 0xF;
    private const byte NormalOperation = 1;

    private readonly ISpiDevice chip;
    private readonly byte intensity;
    private byte[]? shown;

    /// <param name="intensity">Duty step of all digits, 0 (1/32) to 15 (31/32).</param>
    public Max7219Board(DeviceId id, ISpiDevice chip, int intensity = 8)
    {
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentOutOfRangeException.ThrowIfNegative(intensity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(intensity, 15);
        Id = id;
        this.chip = chip;
        this.intensity = (byte)intensity;
    }

    public DeviceId Id { get; }

    public int CallRoom => 1;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        ArgumentNullException.ThrowIfNull(view);
        var digits = SignLayout.Segments(view);
        var old = fromScratch ? null : shown;
        // Forgotten until every transfer came back: after a failure the sign is unknown.
        shown = null;
        if (old is null)
        {
            Configure();
        }

        for (var place = 0; place < digits.Length; place++)
        {
            if (old is null || old[place] != digits[place])
            {
                // DIG0 (register 1) is the rightmost digit of the usual eight-digit modules.
                Set((byte)(FirstDigit + digits.Length - 1 - place), digits[place]);
            }
        }

        if (old is null)
        {
            // Last, so that a sign that just got power lights up with the right digits; a working one never left normal operation.
            Set(Shutdown, NormalOperation);
        }

        shown = digits;
    }

    private void Configure()
    {
        Set(DisplayTest, 0);
        Set(ScanLimit, SignLayout.Digits - 1);
        Set(DecodeMode, 0);
        Set(Intensity, intensity);
    }

    private void Set(byte register, byte value)
    {
        Span<byte> word = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)((register << 8) | value));
        chip.Write(word);
    }
}
