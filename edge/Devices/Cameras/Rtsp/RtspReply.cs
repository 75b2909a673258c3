using System.Globalization;
using System.Text;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>An answer of RTSP/1.0 (RFC 2326, 7), read from the bytes that have come so far.</summary>
internal sealed record RtspReply(int Status, IReadOnlyList<(string Name, string Value)> Fields, byte[] Body)
{
    public const int MostHeaderBytes = 8 * 1024;

    /// <summary>Descriptions of cameras have some hundred bytes to two kilobytes.</summary>
    public const int MostBodyBytes = 32 * 1024;

    private static ReadOnlySpan<byte> Version => "RTSP/1."u8;

    public string? Field(string name)
    {
        foreach (var (key, value) in Fields)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    /// <param name="taken">How many bytes the answer took.</param>
    /// <returns>Null while more is needed.</returns>
    /// <exception cref="InvalidDataException">Not RTSP, or too long.</exception>
    public static RtspReply? TryRead(ReadOnlySpan<byte> received, out int taken)
    {
        taken = 0;
        if (!Version.StartsWith(received[..Math.Min(Version.Length, received.Length)]))
        {
            throw new InvalidDataException("trả lời không phải RTSP");
        }

        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0 || end > MostHeaderBytes)
        {
            return end < 0 && received.Length <= MostHeaderBytes ? null : throw new InvalidDataException("phần đầu RTSP quá dài");
        }

        var lines = Encoding.Latin1.GetString(received[..end]).Split("\r\n");
        if (lines[0].Length < 12 || !int.TryParse(lines[0].AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status < 100)
        {
            throw new InvalidDataException("dòng trạng thái RTSP sai");
        }

        var fields = new List<(string, string)>();
        foreach (var line in lines.AsSpan(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                fields.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        var reply = new RtspReply(status, fields, []);
        var length = 0;
        if (reply.Field("Content-Length") is { } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= MostBodyBytes))
        {
            throw new InvalidDataException("nội dung RTSP quá dài");
        }

        if (received.Length < end + 4 + length)
        {
            return null;
        }

        taken = end + 4 + length;
        return reply with { Body = received.Slice(end + 4, length).ToArray() };
    }
}
