using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>A packet of RTP (RFC 3550, 5.1), read in place.</summary>
internal readonly ref struct RtpPacket
{
    private const int HeadBytes = 12;

    private RtpPacket(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> content)
    {
        IsLast = (bytes[1] & 0x80) != 0;
        Type = bytes[1] & 0x7F;
        Sequence = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        Time = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        Content = content;
    }

    /// <summary>The marker: of video the last packet of a picture.</summary>
    public bool IsLast { get; }

    public int Type { get; }

    public ushort Sequence { get; }

    /// <summary>In the track's clock.</summary>
    public uint Time { get; }

    public ReadOnlySpan<byte> Content { get; }

    /// <returns>False for what is no packet of version 2 or is cut off.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RtpPacket packet)
    {
        packet = default;
        if (bytes.Length < HeadBytes || bytes[0] >> 6 != 2)
        {
            return false;
        }

        var head = HeadBytes + (4 * (bytes[0] & 0x0F));
        if ((bytes[0] & 0x10) != 0)
        {
            if (bytes.Length < head + 4)
            {
                return false;
            }

            head += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(bytes[(head + 2)..]));
        }

        var padding = (bytes[0] & 0x20) != 0 ? bytes[^1] : 0;
        if (head + padding > bytes.Length)
        {
            return false;
        }

        packet = new RtpPacket(bytes, bytes[head..^padding]);
        return true;
    }
}
