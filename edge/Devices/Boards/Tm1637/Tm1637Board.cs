using MotCua.Edge.Devices.Boards.Segments;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Boards.Tm1637;

/// <summary>A seven-segment sign of four or six digits on a TM1637, by two GPIO lines. Shows the newest call.</summary>
/// <remarks>Not thread-safe: one pump owns it. Source: TM1637 datasheet v2.4, "Data command", "Address command", "Display control".</remarks>
public sealed class Tm1637Board : IBoard, IDisposable
{
    private const byte WriteRunningOn = 0x40;
    private const byte FirstAddress = 0xC0;
    private const byte DisplayOn = 0x88;
    private const int Brightest = 7;
    private const string Consumer = "mot-cua-edge";

    private static readonly int[] Straight = [0, 1, 2, 3, 4, 5];
    private static readonly int[] Crossed = [2, 1, 0, 5, 4, 3];

    private readonly IGpioPort port;
    private readonly int clockLine;
    private readonly int dataLine;
    private readonly Tm1637Options options;
    private readonly SignFace face;
    private TwoWire? wire;
    private byte[]? shown;
    private byte brightness;

    /// <param name="clockLine">GPIO line of CLK.</param>
    /// <param name="dataLine">GPIO line of DIO.</param>
    public Tm1637Board(DeviceId id, IGpioPort port, int clockLine, int dataLine, TimeProvider time, Tm1637Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(port);
        this.options = options ?? Tm1637Options.Default;
        if (this.options.Digits is not (4 or 6))
        {
            throw new ArgumentOutOfRangeException(nameof(options), this.options.Digits, "A sign on a TM1637 has 4 or 6 digits.");
        }

        Id = id;
        this.port = port;
        this.clockLine = clockLine;
        this.dataLine = dataLine;
        face = new SignFace(time, this.options.Digits, Brightest, this.options.Light, this.options.Blink);
    }

    public DeviceId Id { get; }

    public int CallRoom => 1;

    public TimeSpan? Again => face.Again;

    /// <inheritdoc/>
    public void Show(BoardView view, bool fromScratch)
    {
        var memory = MemoryOf(face.Segments(view));
        var old = fromScratch ? null : shown;
        // Forgotten until the chip answered every byte: a frame that breaks off leaves a sign that nobody knows.
        shown = null;
        try
        {
            Write(old, memory);
        }
        catch (IOException)
        {
            // Lines that were lost with their chip must be requested again.
            wire?.Dispose();
            wire = null;
            throw;
        }

        shown = memory;
    }

    /// <summary>Gives the lines back.</summary>
    public void Dispose() => wire?.Dispose();

    private void Write(byte[]? old, byte[] memory)
    {
        wire ??= new TwoWire(port, clockLine, dataLine, options.PullUp, Consumer);
        if (old is null)
        {
            wire.Rest();
            wire.Write(WriteRunningOn);
        }

        WriteChanges(wire, old, memory);
        if (old is null || brightness != face.Brightness)
        {
            // Last, so that a sign that just got power lights up with the right digits.
            brightness = face.Brightness;
            wire.Write((byte)(DisplayOn | brightness));
        }
    }

    /// <summary>Everything between the first and the last change: a second frame would cost more than the digits between.</summary>
    private static void WriteChanges(TwoWire wire, byte[]? old, byte[] memory)
    {
        var changed = Enumerable.Range(0, memory.Length).Where(at => old is null || old[at] != memory[at]).ToList();
        if (changed.Count > 0)
        {
            wire.Write([(byte)(FirstAddress + changed[0]), .. memory.AsSpan(changed[0], changed[^1] - changed[0] + 1)]);
        }
    }

    private byte[] MemoryOf(byte[] segments)
    {
        var order = options is { Digits: 6, CrossWired: true } ? Crossed : Straight;
        var memory = new byte[options.Digits];
        for (var place = 0; place < memory.Length; place++)
        {
            memory[order[place]] = SegmentOrder.AFirst(segments[place]);
        }

        return memory;
    }
}
