using System.Globalization;
using System.Text;

namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>An answer of HTTP/1.x (RFC 9112), read from the bytes that have come so far.</summary>
internal static class HttpReply
{
    public const int MostHeaderBytes = 8 * 1024;

    /// <param name="ended">No more will come.</param>
    /// <param name="mostBody">What the body may have; what is over is not read.</param>
    /// <returns>Null while more is needed.</returns>
    /// <exception cref="InvalidDataException">Not HTTP, or a header or body that is too large or cut off.</exception>
    public static (int Status, byte[] Body)? TryRead(ReadOnlySpan<byte> received, bool ended, int mostBody)
    {
        while (true)
        {
            var end = received.IndexOf("\r\n\r\n"u8);
            if (!"HTTP/1."u8.StartsWith(received[..Math.Min(7, received.Length)]))
            {
                throw new InvalidDataException("trả lời không phải HTTP");
            }

            if (end < 0 || end > MostHeaderBytes)
            {
                return !ended && received.Length <= MostHeaderBytes ? null : throw new InvalidDataException("phần đầu HTTP quá dài hoặc bị cắt");
            }

            var head = received[..end];
            if (head.Length < 12 || !int.TryParse(head[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status < 100)
            {
                throw new InvalidDataException("dòng trạng thái HTTP sai");
            }

            received = received[(end + 4)..];
            if (status >= 200)
            {
                return mostBody == 0 ? (status, []) : ReadBody(head, received, ended, mostBody) is { } body ? (status, body) : null;
            }

            // 100 Continue and the like: the answer proper follows.
        }
    }

    /// <summary>The fields of an answer that <see cref="TryRead"/> has taken.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(ReadOnlySpan<byte> received)
    {
        var fields = new List<(string, string)>();
        foreach (var line in Encoding.Latin1.GetString(received[..Math.Max(0, received.IndexOf("\r\n\r\n"u8))]).Split("\r\n").Skip(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                fields.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        return fields;
    }

    private static byte[]? ReadBody(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest, bool ended, int mostBody)
    {
        if (Field(head, "transfer-encoding") is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            return ReadChunks(rest, ended, mostBody);
        }

        if (Field(head, "content-length") is not { } text)
        {
            return ended || rest.Length >= mostBody ? rest[..Math.Min(rest.Length, mostBody)].ToArray() : null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw new InvalidDataException("Content-Length sai");
        }

        var wanted = (int)Math.Min(length, mostBody);
        return rest.Length >= wanted ? rest[..wanted].ToArray() : ended ? throw new InvalidDataException("nội dung HTTP bị cắt") : null;
    }

    // Walked once for its length and then once for its bytes, since this is asked with every piece that comes.
    private static byte[]? ReadChunks(ReadOnlySpan<byte> rest, bool ended, int mostBody)
    {
        if (WalkChunks(rest, ended, mostBody, null) is not { } length)
        {
            return null;
        }

        var body = new byte[length];
        WalkChunks(rest, ended, mostBody, body);
        return body;
    }

    private static int? WalkChunks(ReadOnlySpan<byte> rest, bool ended, int mostBody, byte[]? body)
    {
        var taken = 0;
        while (true)
        {
            var line = rest.IndexOf("\r\n"u8);
            if (line < 0)
            {
                return !ended && rest.Length < 64 ? null : throw new InvalidDataException("khối HTTP bị cắt");
            }

            var size = rest[..line].IndexOf((byte)';') is >= 0 and var extension ? rest[..extension] : rest[..line];
            if (!int.TryParse(size.Trim((byte)' '), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
            {
                throw new InvalidDataException("độ dài khối HTTP sai");
            }

            rest = rest[(line + 2)..];
            if (length == 0)
            {
                return taken;
            }

            var room = mostBody - taken;
            if (length > room)
            {
                if (rest.Length < room)
                {
                    return ended ? throw new InvalidDataException("khối HTTP bị cắt") : null;
                }

                Put(rest[..room], body, taken);
                return mostBody;
            }

            if (rest.Length < length + 2)
            {
                return ended ? throw new InvalidDataException("khối HTTP bị cắt") : null;
            }

            Put(rest[..length], body, taken);
            taken += length;
            rest = rest[(length + 2)..];
        }
    }

    private static void Put(ReadOnlySpan<byte> piece, byte[]? body, int at)
    {
        if (body is not null)
        {
            piece.CopyTo(body.AsSpan(at));
        }
    }

    private static string? Field(ReadOnlySpan<byte> head, string name)
    {
        foreach (var line in Encoding.Latin1.GetString(head).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(colon + 1)..].Trim();
            }
        }

        return null;
    }
}
