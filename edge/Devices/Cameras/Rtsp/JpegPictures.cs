using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>Puts pictures of a JPEG track together (RFC 2435), whose packets leave out the head of each picture. Each stands by itself, so only those that are wanted are put together.</summary>
/// <remarks>What is handed out has no Huffman tables: those of the track are the usual ones, which every decoder of moving JPEG knows.</remarks>
/// <param name="budget">Shared by all eyes.</param>
internal sealed class JpegPictures(PictureBudget budget) : IPictureParts
{
    private const int HeadBytes = 8;
    private const int TableBytes = 64;

    private static readonly byte[] End = [0xFF, 0xD9];

    // Annex K of ITU-T T.81 in the order of a zigzag, as RFC 2435 (4.2 and appendix A) scales them.
    private static readonly byte[] Luma =
    [
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
        56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
    ];

    private static readonly byte[] Chroma = [17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, .. Enumerable.Repeat((byte)99, 50)];

    private readonly PictureBlocks scan = new(budget);
    private byte[] head = [];
    private byte[]? tables;
    private int tablesOf = -1;
    private uint time;
    private int next = -1;
    private bool isWanted;
    private bool isDone;

    /// <inheritdoc/>
    public long Spoilt { get; private set; }

    /// <inheritdoc/>
    public void TakeSets(IReadOnlyDictionary<string, string> parameters)
    {
        // Every picture says all of itself.
    }

    /// <inheritdoc/>
    public bool Take(in RtpPacket packet, bool isDue = true)
    {
        if (isDone || packet.Time != time)
        {
            (time, isDone, isWanted) = (packet.Time, false, false);
            Drop();
        }

        var isLost = next >= 0 && packet.Sequence != next;
        next = (ushort)(packet.Sequence + 1);
        if (packet.Content.Length < HeadBytes)
        {
            return false;
        }

        var offset = BinaryPrimitives.ReadInt32BigEndian(packet.Content) & 0xFFFFFF;
        if (offset == 0)
        {
            isWanted = isDue;
            isLost = false;
            Drop();
        }

        if (!isWanted)
        {
            return false;
        }

        if (isLost || !TakeContent(packet.Content, offset))
        {
            isWanted = false;
            Spoilt++;
            Drop();
            return false;
        }

        isDone = packet.IsLast;
        return isDone;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts() => [head, .. scan.Parts, End];

    /// <inheritdoc/>
    public void Drop() => scan.Clear();

    /// <summary>Gives its room back.</summary>
    public void Dispose() => Drop();

    private bool TakeContent(ReadOnlySpan<byte> content, int offset)
    {
        var (type, quality, width, height) = (content[4], content[5], 8 * content[6], 8 * content[7]);
        var rest = content[HeadBytes..];
        var restart = 0;
        if (type is >= 64 and < 128)
        {
            if (rest.Length < 4)
            {
                return false;
            }

            restart = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[4..];
        }

        if ((type & 0x3F) > 1 || type >= 128 || width == 0 || height == 0 || quality is 0 or > 99 and < 128)
        {
            return false;
        }

        if (offset == 0)
        {
            if (!TakeTables(quality, ref rest))
            {
                return false;
            }

            head = HeadOf(width, height, isHalfHigh: (type & 1) == 1, restart, tables!);
        }

        return offset == scan.Written && scan.Append(rest);
    }

    private bool TakeTables(int quality, ref ReadOnlySpan<byte> rest)
    {
        if (quality < 128)
        {
            var factor = quality < 50 ? 5000 / quality : 200 - (2 * quality);
            (tables, tablesOf) = ([.. Luma.Concat(Chroma).Select(step => (byte)Math.Clamp(((step * factor) + 50) / 100, 1, 255))], quality);
            return true;
        }

        if (rest.Length < 4)
        {
            return false;
        }

        var (precision, length) = (rest[1], BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
        rest = rest[4..];
        if (length == 0)
        {
            return quality != 255 && tablesOf == quality; // As before.
        }

        if (precision != 0 || length is not (TableBytes or (2 * TableBytes)) || rest.Length < length)
        {
            return false;
        }

        var first = rest[..TableBytes];
        (tables, tablesOf) = ([.. first, .. length == TableBytes ? first : rest.Slice(TableBytes, TableBytes)], quality);
        rest = rest[length..];
        return true;
    }

    private static byte[] HeadOf(int width, int height, bool isHalfHigh, int restart, byte[] tables) =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 67, 0, .. tables.AsSpan(0, TableBytes),
        0xFF, 0xDB, 0, 67, 1, .. tables.AsSpan(TableBytes, TableBytes),
        .. restart > 0 ? (byte[])[0xFF, 0xDD, 0, 4, (byte)(restart >> 8), (byte)restart] : [],
        0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, (byte)(isHalfHigh ? 0x22 : 0x21), 0, 2, 0x11, 1, 3, 0x11, 1,
        0xFF, 0xDA, 0, 12, 3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0,
    ];
}
