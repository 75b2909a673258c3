using System.Buffers.Binary;

namespace MotCua.Protocols.Snapshots;

/// <summary>Looks at a JPEG (ITU-T T.81, annex B) from its first mark to its last without decoding it: whether it is one, how large its picture is, and that nothing else is in it.</summary>
public static class JpegPicture
{
    private const int MostSegments = 64;
    private const string More = "The JPEG carries more than a picture.";

    /// <param name="side">Longest side that is taken.</param>
    /// <param name="reason">What is wrong, for technicians; empty on success.</param>
    /// <returns>Null when it is none, is cut off, is too large, or carries words beside the picture.</returns>
    public static (int Width, int Height)? TryMeasure(ReadOnlySpan<byte> bytes, int side, out string reason)
    {
        (int Width, int Height)? size = null;
        reason = "";
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) || !bytes.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]))
        {
            reason = "Not a JPEG, or cut off.";
            return null;
        }

        var rest = bytes[2..];
        for (var segments = 0; segments < MostSegments && rest.Length >= 4 && rest[0] == 0xFF; segments++)
        {
            var (mark, length) = (rest[1], BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (length < 2 || length + 2 > rest.Length)
            {
                break;
            }

            var content = rest.Slice(4, length - 2);
            // What a sequential picture needs (frame, tables, restarts, scan), and one JFIF without its small picture; elsewhere cameras write their name and place.
            if (mark is not (0xC0 or 0xC1 or 0xC4 or 0xDA or 0xDB or 0xDD) && !(segments == 0 && mark == 0xE0 && content.Length == 14 && content.StartsWith("JFIF\0"u8)))
            {
                reason = More;
                return null;
            }

            if (mark is 0xC0 or 0xC1)
            {
                if (size is not null)
                {
                    reason = More; // Of two frames each reader takes another.
                    return null;
                }

                size = content.Length >= 5 ? (BinaryPrimitives.ReadUInt16BigEndian(content[3..]), BinaryPrimitives.ReadUInt16BigEndian(content[1..])) : null;
            }

            if (mark == 0xDA)
            {
                reason = size switch
                {
                    null => "The JPEG does not say its size.",
                    ( < 1, _) or (_, < 1) => "The JPEG has no extent.",
                    var (width, height) when width > side || height > side => $"The picture has {width}×{height}; a side has at most {side}.",
                    _ when !IsOneScan(rest[(length + 2)..]) => More,
                    _ => "",
                };
                return reason.Length == 0 ? size : null;
            }

            rest = rest[(length + 2)..];
        }

        reason = "Not a JPEG: its marks do not follow each other.";
        return null;
    }

    // The picture's own data runs to the only end; in it a mark is a restart, or stands for the byte 0xFF.
    private static bool IsOneScan(ReadOnlySpan<byte> data)
    {
        for (var at = 0; data[at..].IndexOf((byte)0xFF) is var next and >= 0; at += next + 2)
        {
            if (at + next + 2 >= data.Length)
            {
                return at + next + 2 == data.Length && data[^1] == 0xD9;
            }

            if (data[at + next + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return false;
            }
        }

        return false;
    }
}
