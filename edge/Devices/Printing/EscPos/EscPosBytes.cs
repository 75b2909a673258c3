using System.Buffers;

namespace MotCua.Edge.Devices.Printing.EscPos;

/// <summary>The few ESC/POS commands that a ticket needs; all text is dots, so no code page of any printer matters.</summary>
/// <remarks>Source: Epson, ESC/POS command reference (ESC @, GS v 0, GS V, GS a, GS r, DLE EOT, DLE ENQ).</remarks>
internal static class EscPosBytes
{
    /// <summary>Rows sent in one command: with 72 bytes a row and its header it stays below 4 KB, the smallest receive buffer of the class.</summary>
    public const int BandRows = 48;

    /// <summary>Of the broadest head, 576 dots.</summary>
    private const int MostRowBytes = 72;

    private const byte Dle = 0x10;
    private const byte Esc = 0x1B;
    private const byte Gs = 0x1D;

    /// <summary>ESC @: whatever was set before is as after power-on. GS a 0: nothing is said back but what is asked.</summary>
    public static ReadOnlySpan<byte> Begin => [Esc, (byte)'@', Gs, (byte)'a', 0];

    /// <summary>GS V 66 n: on to the cutter, n dots more, and a cut that leaves a corner, so that the ticket does not fall.</summary>
    public static ReadOnlySpan<byte> Cut => [Gs, (byte)'V', 66, 24];

    /// <summary>GS r 1: asked in line with the dots, so the answer says that all before it has been worked through.</summary>
    public static ReadOnlySpan<byte> AreYouDone => [Gs, (byte)'r', 1];

    /// <summary>DLE ENQ 2: out of a recoverable error, such as a cutter that was freed; what is in the buffers is dropped.</summary>
    public static ReadOnlySpan<byte> Recover => [Dle, 0x05, 2];

    /// <summary>DLE EOT n: answered at once, even out of line.</summary>
    /// <param name="about">1 printer, 2 why offline, 3 error, 4 paper.</param>
    public static byte[] Ask(int about) => [Dle, 0x04, (byte)about];

    /// <summary>After a transfer that broke off, perhaps inside the dots of a band: zeros fill it up; outside one they mean nothing.</summary>
    /// <param name="cut">Half a ticket is on paper and must not hang on the next one.</param>
    public static byte[] OutOfABand(bool cut) => [.. new byte[BandRows * MostRowBytes], .. Begin, .. cut ? Cut : []];

    /// <summary>The whole ticket: dots from top to bottom in bands, and the cut.</summary>
    public static byte[] Ticket(Raster raster)
    {
        var output = new ArrayBufferWriter<byte>(raster.Height * raster.RowBytes / 2 + 64);
        output.Write(Begin);
        for (var y = 0; y < raster.Height;)
        {
            var width = InkedBytes(raster, y);
            var rows = 1;
            // A band is as broad as its ink: white rows cost a byte each, which a serial line feels.
            while (rows < BandRows && y + rows < raster.Height && (InkedBytes(raster, y + rows) <= 1) == (width <= 1))
            {
                width = Math.Max(width, InkedBytes(raster, y + rows));
                rows++;
            }

            Band(output, raster, y, rows, Math.Max(width, 1));
            y += rows;
        }

        output.Write(Cut);
        output.Write(AreYouDone);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>GS v 0: m 0 (dots as they are), width in bytes and height in rows, both little-endian, then the rows.</summary>
    private static void Band(ArrayBufferWriter<byte> output, Raster raster, int y, int rows, int width)
    {
        ReadOnlySpan<byte> header = [Gs, (byte)'v', (byte)'0', 0, (byte)width, (byte)(width >> 8), (byte)rows, (byte)(rows >> 8)];
        output.Write(header);
        var dots = output.GetSpan(width * rows)[..(width * rows)];
        for (var row = 0; row < rows; row++)
        {
            raster.Row(y + row)[..width].CopyTo(dots[(row * width)..]);
        }

        Defuse(dots);
        output.Advance(dots.Length);
    }

    /// <summary>Printers obey real-time commands wherever they stand, even among dots: a black dot more at the right edge of that byte makes it none.</summary>
    private static void Defuse(Span<byte> dots)
    {
        for (var i = 0; i + 1 < dots.Length; i++)
        {
            // At the end of a band GS or DLE of the next command follows, which makes none either.
            if (dots[i] == Dle && dots[i + 1] is (0x04 or 0x05 or 0x14))
            {
                dots[i] |= 1;
            }
        }
    }

    private static int InkedBytes(Raster raster, int y)
    {
        var row = raster.Row(y);
        return row.LastIndexOfAnyExcept((byte)0) + 1;
    }
}
