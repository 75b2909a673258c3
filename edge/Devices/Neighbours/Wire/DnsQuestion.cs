using System.Buffers.Binary;
using System.Text;

namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>A question for an address, and what its answer says (RFC 1035, 4.1).</summary>
internal static class DnsQuestion
{
    /// <summary>More than a plain answer over UDP may have (RFC 1035, 2.3.4).</summary>
    public const int MostBytes = 512;

    private const int Header = 12;

    /// <exception cref="FormatException">Not a name that DNS can carry.</exception>
    public static byte[] Ask(string name, ushort id)
    {
        var packet = new byte[MostBytes];
        BinaryPrimitives.WriteUInt16BigEndian(packet, id);
        packet[2] = 0x01; // Recursion desired.
        packet[5] = 1; // One question.
        var at = Header;
        foreach (var label in name.Split('.'))
        {
            if (label.Length is 0 or > 63 || name.Length > 253 || !label.All(char.IsAscii))
            {
                throw new FormatException($"'{name}' is no name of DNS.");
            }

            packet[at++] = (byte)label.Length;
            at += Encoding.ASCII.GetBytes(label, packet.AsSpan(at));
        }

        at++; // The root's empty label.
        packet[at + 1] = 1; // Type A.
        packet[at + 3] = 1; // Class IN.
        return packet[..(at + 4)];
    }

    /// <returns>Null when this is no answer to our question; otherwise the response code, and how many records came with it.</returns>
    public static (int Code, int Records)? Read(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> question)
    {
        // Names compare without case (RFC 4343), but resolvers repeat the question as it was asked.
        var isOurs = answer.Length >= question.Length && answer[..2].SequenceEqual(question[..2]) && (answer[2] & 0x80) != 0
            && answer[Header..question.Length].SequenceEqual(question[Header..]);
        return isOurs ? (answer[3] & 0x0F, BinaryPrimitives.ReadUInt16BigEndian(answer[6..])) : null;
    }
}
