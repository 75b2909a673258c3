using MotCua.Edge.Devices.Boards.Segments;
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
    private const int Digits = 8;

    private readonly ISpiDevice chip;
    private readonly SignFace face;
    private byte[]? shown;
    private byte brightness;

    public Max7219Board(DeviceId id, ISpiDevice chip, TimeProvider time, Max7219Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        options ??= Max7219Options.Default;
        Id = id;
        this.chip = chip;
        face = new SignFace(time, Digits, Max7219Registers.Brightest, options.Light, options.Blink);
    }

    public DeviceId Id { get; }

    public int CallRoom => 1;

    public TimeSpan? Again => face.Again;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        var digits = face.Segments(view);
        var old = fromScratch ? null : shown;
        // Forgotten until every transfer came back: after a failure the sign is unknown.
        shown = null;
        if (old is null)
        {
            Set(Max7219Registers.DisplayTest, 0);
            Set(Max7219Registers.ScanLimit, Max7219Registers.AllDigits);
            Set(Max7219Registers.DecodeMode, 0);
        }

        if (old is null || brightness != face.Brightness)
        {
            brightness = face.Brightness;
            Set(Max7219Registers.Intensity, brightness);
        }

        for (var place = 0; place < digits.Length; place++)
        {
            if (old is null || old[place] != digits[place])
            {
                // DIG0 (register 1) is the rightmost digit of the usual eight-digit modules.
                Set((byte)(Max7219Registers.FirstDigit + digits.Length - 1 - place), digits[place]);
            }
        }

        if (old is null)
        {
            // Last, so that a sign that just got power lights up with the right digits; a working one never left normal operation.
            Set(Max7219Registers.Shutdown, Max7219Registers.NormalOperation);
        }

        shown = digits;
    }

    private void Set(byte register, byte value) => chip.Write([register, value]);
}
