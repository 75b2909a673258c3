namespace MotCua.Edge.Devices.Printing.Slip;

/// <summary>The centre's own picture for the head of a ticket: a raw PBM file, one bit a dot.</summary>
/// <remarks>Source: Netpbm, pbm(5). Every picture program writes it; the box needs no decoder of formats that were made for photographs.</remarks>
public static class LogoFile
{
    /// <summary>5 cm: more would be a poster, and a minute's paper a day.</summary>
    public const int MostRows = 400;

    private const int MostBytes = 64 * 1024;

    /// <param name="width">Of the head, in dots.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no such picture, or too large.</exception>
    public static Raster Load(string file, int width)
    {
        using var stream = File.OpenRead(file);
        if (stream.Length > MostBytes)
        {
            throw new InvalidDataException($"lớn hơn {MostBytes} byte");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes, width);
    }

    /// <exception cref="InvalidDataException">As for <see cref="Load"/>.</exception>
    public static Raster Read(ReadOnlySpan<byte> bytes, int width)
    {
        if (!bytes.StartsWith("P4"u8))
        {
            throw new InvalidDataException("không phải tệp PBM dạng P4; đổi bằng: convert logo.png -monochrome logo.pbm");
        }

        var at = 2;
        var (dots, rows) = (Number(bytes, ref at), Number(bytes, ref at));
        if (dots < 1 || dots > width || rows is < 1 or > MostRows)
        {
            throw new InvalidDataException($"{dots}×{rows} điểm; cần rộng 1–{width}, cao 1–{MostRows}");
        }

        // One white space ends the header.
        var rest = bytes[Math.Min(at + 1, bytes.Length)..];
        var rowBytes = (dots + 7) / 8;
        if (rest.Length < rowBytes * rows)
        {
            throw new InvalidDataException("bị cắt cụt");
        }

        var logo = new Raster(rowBytes * 8);
        logo.Grow(rows);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < dots; x++)
            {
                if ((rest[y * rowBytes + x / 8] & (0x80 >> x % 8)) != 0)
                {
                    logo.Set(x, y);
                }
            }
        }

        return logo;
    }

    private static int Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length && (bytes[at] == '#' || char.IsWhiteSpace((char)bytes[at])))
        {
            // A comment goes to the end of its line.
            var comment = bytes[at] == '#';
            at++;
            while (comment && at < bytes.Length && bytes[at] != '\n')
            {
                at++;
            }
        }

        var number = 0;
        while (at < bytes.Length && char.IsAsciiDigit((char)bytes[at]) && number < 100_000)
        {
            number = number * 10 + (bytes[at++] - '0');
        }

        return number;
    }
}
