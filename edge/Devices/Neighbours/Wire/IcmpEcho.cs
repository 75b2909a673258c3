using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>Echo request and reply of ICMP (RFC 792) and ICMPv6 (RFC 4443).</summary>
internal static class IcmpEcho
{
    private const int Header = 8;

    /// <param name="mark">Comes back unchanged, and tells our answer from those to others: a datagram socket has its identifier set by the kernel.</param>
    public static byte[] Request(bool isV6, ReadOnlySpan<byte> mark)
    {
        var packet = new byte[Header + mark.Length];
        packet[0] = (byte)(isV6 ? 128 : 8);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), 1);
        mark.CopyTo(packet.AsSpan(Header));
        if (!isV6)
        {
            // Of ICMPv6 the kernel makes it, since it covers addresses that we do not know (RFC 3542, 3.1).
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Checksum(packet));
        }

        return packet;
    }

    /// <param name="withHeader">The IPv4 header stands before it, as a raw socket gives it.</param>
    public static bool IsReply(ReadOnlySpan<byte> packet, bool isV6, bool withHeader, ReadOnlySpan<byte> mark)
    {
        if (withHeader)
        {
            var length = packet.IsEmpty ? 0 : (packet[0] & 0x0F) * 4;
            packet = length >= 20 && length <= packet.Length ? packet[length..] : [];
        }

        return packet.Length == Header + mark.Length && packet[0] == (isV6 ? 129 : 0) && packet[Header..].SequenceEqual(mark);
    }

    // RFC 1071: ones' complement of the ones' complement sum.
    private static ushort Checksum(ReadOnlySpan<byte> packet)
    {
        uint sum = 0;
        for (var i = 0; i + 1 < packet.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
