using System.Buffers.Binary;
using System.IO.Compression;
using MotCua.Edge.Devices.Printing;

namespace MotCua.Edge.Devices.Virtual.Pictures;

/// <summary>Writes a picture as PNG, 8 bits a channel, and reads back what it wrote.</summary>
/// <remarks>Source: PNG specification, 5 (file structure), 9 (filtering), annex D (CRC). Rows are written unfiltered: boards are flat colours that deflate well.</remarks>
public static class PngFile
{
    private const int HeaderLength = 13;
    private const int BytesPerPixel = 3;
    private const int MostSide = 8192;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Write(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8; // Bits a channel.
        header[9] = 2; // Red, green, blue.
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Deflated(picture));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>A paper from a printer, one bit a dot: a ticket is some kilobytes.</summary>
    public static byte[] WriteDots(Raster dots)
    {
        ArgumentNullException.ThrowIfNull(dots);
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, dots.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], dots.Height);
        header[8] = 1; // One bit a dot, grey: 1 is white.
        Chunk(file, "IHDR"u8, header);
        using var rows = new MemoryStream();
        using (var deflate = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + dots.RowBytes];
            for (var y = 0; y < dots.Height; y++)
            {
                for (var i = 0; i < dots.RowBytes; i++)
                {
                    row[1 + i] = (byte)~dots.Row(y)[i];
                }

                deflate.Write(row);
            }
        }

        Chunk(file, "IDAT"u8, rows.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Reads a file that <see cref="Write"/> made.</summary>
    /// <exception cref="InvalidDataException">Another program made it, or it is damaged.</exception>
    public static Picture Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
        {
            throw new InvalidDataException("Not a PNG file.");
        }

        var header = Next(file[Signature.Length..], "IHDR"u8, out var rest);
        var width = header.Length == HeaderLength ? BinaryPrimitives.ReadInt32BigEndian(header) : 0;
        var height = header.Length == HeaderLength ? BinaryPrimitives.ReadInt32BigEndian(header[4..]) : 0;
        if (width is < 1 or > MostSide || height is < 1 or > MostSide || !header[8..].SequenceEqual<byte>([8, 2, 0, 0, 0]))
        {
            throw new InvalidDataException("A PNG of another kind than is written here.");
        }

        return Inflated(Next(rest, "IDAT"u8, out _), width, height);
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. kind, .. data]));
        file.Write(number);
    }

    private static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> chunks, ReadOnlySpan<byte> kind, out ReadOnlySpan<byte> rest)
    {
        var length = chunks.Length >= 12 ? BinaryPrimitives.ReadInt32BigEndian(chunks) : -1;
        if (length < 0 || length > chunks.Length - 12 || !chunks[4..].StartsWith(kind)
            || Crc(chunks.Slice(4, 4 + length)) != BinaryPrimitives.ReadUInt32BigEndian(chunks[(8 + length)..]))
        {
            throw new InvalidDataException("A PNG that is damaged, or of another kind than is written here.");
        }

        rest = chunks[(12 + length)..];
        return chunks.Slice(8, length);
    }

    private static byte[] Deflated(Picture picture)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new ZLibStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[1 + picture.Width * BytesPerPixel];
            for (var y = 0; y < picture.Height; y++)
            {
                for (var x = 0; x < picture.Width; x++)
                {
                    (row[1 + x * BytesPerPixel], row[2 + x * BytesPerPixel], row[3 + x * BytesPerPixel]) = (picture[x, y].R, picture[x, y].G, picture[x, y].B);
                }

                deflate.Write(row);
            }
        }

        return bytes.ToArray();
    }

    private static Picture Inflated(ReadOnlySpan<byte> data, int width, int height)
    {
        using var bytes = new MemoryStream(data.ToArray());
        using var inflate = new ZLibStream(bytes, CompressionMode.Decompress);
        var picture = new Picture(width, height, default);
        var row = new byte[1 + width * BytesPerPixel];
        for (var y = 0; y < height; y++)
        {
            if (inflate.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length || row[0] != 0)
            {
                throw new InvalidDataException("A PNG that is damaged, or of another kind than is written here.");
            }

            for (var x = 0; x < width; x++)
            {
                picture[x, y] = new Rgb(row[1 + x * BytesPerPixel], row[2 + x * BytesPerPixel], row[3 + x * BytesPerPixel]);
            }
        }

        return picture;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
