using MotCua.Edge.Devices.Printing;

namespace MotCua.Edge.Devices.Virtual.Printer;

/// <summary>Takes ESC/POS byte for byte as a strict printer does: what it does not know, or what a real one would take wrongly, is told.</summary>
/// <remarks>Not thread-safe. Source: Epson, ESC/POS command reference.</remarks>
/// <param name="width">Of the head, in dots.</param>
/// <param name="cut">Told the paper that was cut off.</param>
/// <param name="asked">Told the argument of GS r once everything before it is on paper.</param>
internal sealed class EscPosDecoder(int width, Action<string> violation, Action<Raster> cut, Action<byte> asked)
{
    /// <summary>Longest command beside its dots.</summary>
    private const int LongestHeader = 8;

    /// <summary>What the smallest receive buffer of the class holds; a driver must not count on more.</summary>
    private const int MostBandBytes = 4096;

    private readonly byte[] header = new byte[LongestHeader];
    private Raster paper = new(width);
    private int held;
    private int dots;
    private int rowBytes;
    private int taken;
    private int printedRows;
    private bool begun;

    /// <summary>It is in the middle of a band's dots.</summary>
    public bool InBand => dots > 0;

    /// <summary>Rows since the last cut.</summary>
    public int Rows => printedRows;

    public void PowerOn() => (paper, held, dots, taken, printedRows, begun) = (new Raster(width), 0, 0, 0, 0, false);

    public void Take(byte value)
    {
        if (dots > 0)
        {
            Dot(value);
            return;
        }

        if (held == 0 && value == 0)
        {
            return; // Outside a command it means nothing.
        }

        header[held++] = value;
        var consumed = Obey(header.AsSpan(0, held));
        if (consumed < 0)
        {
            violation($"unknown command {Convert.ToHexString(header, 0, held)}");
            consumed = held;
        }

        held -= consumed;
    }

    /// <returns>Bytes of a whole command; zero when more must come; negative when there is none that begins so.</returns>
    private int Obey(ReadOnlySpan<byte> command)
    {
        switch (command)
        {
            case [0x1B, (byte)'@']:
                begun = true;
                return 2;
            case [0x1D, (byte)'a', _]:
                return 3;
            case [0x1D, (byte)'r', var what]:
                asked(what);
                return 3;
            case [0x1D, (byte)'V', 66, _]:
                Cut();
                return 4;
            case [0x1D, (byte)'v', (byte)'0', var mode, var xl, var xh, var yl, var yh]:
                Band(mode, xl | xh << 8, yl | yh << 8);
                return LongestHeader;
            case [0x1B] or [0x1D] or [0x1D, (byte)'a' or (byte)'r' or (byte)'V'] or [0x1D, (byte)'V', 66]:
            case [0x1D, (byte)'v'] or [0x1D, (byte)'v', (byte)'0', ..]:
                return 0;
            default:
                return -1;
        }
    }

    private void Band(byte mode, int bytes, int rows)
    {
        if (mode != 0 || bytes == 0 || rows == 0)
        {
            violation($"GS v 0 with mode {mode}, {bytes} bytes, {rows} rows");
        }

        if (bytes * 8 > width)
        {
            violation($"a band of {bytes * 8} dots on a head of {width}");
        }

        if (bytes * rows > MostBandBytes)
        {
            violation($"a band of {bytes * rows} bytes");
        }

        if (!begun)
        {
            violation("dots before ESC @");
        }

        (rowBytes, dots, taken) = (bytes, bytes * rows, 0);
    }

    private void Dot(byte value)
    {
        var (x, y) = (taken % rowBytes * 8, printedRows + taken / rowBytes);
        paper.Grow(y + 1);
        for (var bit = 0; bit < 8; bit++)
        {
            if ((value & (0x80 >> bit)) != 0)
            {
                paper.Set(x + bit, y);
            }
        }

        taken++;
        if (--dots == 0)
        {
            printedRows += taken / rowBytes;
            if (printedRows > Raster.MostRows)
            {
                violation($"more than {Raster.MostRows} rows without a cut");
                (paper, printedRows) = (new Raster(width), 0);
            }
        }
    }

    private void Cut()
    {
        if (printedRows > 0)
        {
            cut(paper);
        }

        (paper, printedRows) = (new Raster(width), 0);
    }
}
