using System.Text;

namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>One answered variable.</summary>
/// <param name="Tag">Its BER tag; of a variable that the agent does not have one of 0x80 to 0x82 (RFC 3416, 3).</param>
internal readonly record struct SnmpValue(byte Tag, byte[] Content);

/// <param name="Error">0 none; 2 noSuchName, which fails a whole request of version 1; 1 tooBig and 5 genErr (RFC 1157, 4.1.2).</param>
/// <param name="ErrorIndex">From 1.</param>
internal sealed record SnmpAnswer(int Error, int ErrorIndex, IReadOnlyList<SnmpValue> Values);

/// <summary>GetRequest and its answer, versions 1 and 2c (RFC 1157, RFC 1901, RFC 3416).</summary>
internal static class SnmpMessage
{
    /// <summary>What we ask for fills some hundred; agents need not send more than 484 (RFC 1157, 4).</summary>
    public const int MostBytes = 1472;

    private const byte GetRequest = 0xA0;
    private const byte Response = 0xA2;
    private const int MostValues = 16;

    /// <param name="version">0 for version 1, 1 for 2c.</param>
    /// <param name="names">Object identifiers, encoded.</param>
    public static byte[] Get(int version, string community, int request, IReadOnlyList<byte[]> names)
    {
        byte[] bindings = [.. names.SelectMany(name => Ber.Write(Ber.Sequence, [.. name, .. Ber.Write(Ber.Null)]))];
        var pdu = Ber.Write(GetRequest, [.. Ber.WriteInteger(request), .. Ber.WriteInteger(0), .. Ber.WriteInteger(0), .. Ber.Write(Ber.Sequence, bindings)]);
        return Ber.Write(Ber.Sequence, [.. Ber.WriteInteger(version), .. Ber.Write(Ber.OctetString, Encoding.UTF8.GetBytes(community)), .. pdu]);
    }

    /// <returns>Null when it answers another request.</returns>
    /// <exception cref="InvalidDataException">Not SNMP.</exception>
    public static SnmpAnswer? Read(ReadOnlySpan<byte> answer, int request)
    {
        var at = 0;
        var (start, end) = Ber.Take(answer, ref at, answer.Length, Ber.Sequence);
        at = start;
        Ber.Take(answer, ref at, end, Ber.Integer);
        Ber.Take(answer, ref at, end, Ber.OctetString);
        (at, end) = Ber.Take(answer, ref at, end, Response);
        if (Number(answer, ref at, end) != request)
        {
            return null;
        }

        var (error, index) = (Number(answer, ref at, end), Number(answer, ref at, end));
        (at, end) = Ber.Take(answer, ref at, end, Ber.Sequence);
        var values = new List<SnmpValue>();
        while (at < end && values.Count < MostValues)
        {
            var (inner, stop) = Ber.Take(answer, ref at, end, Ber.Sequence);
            Ber.Take(answer, ref inner, stop, Ber.ObjectId);
            var (tag, content, length) = Ber.Take(answer, ref inner, stop);
            values.Add(new SnmpValue(tag, answer.Slice(content, length).ToArray()));
        }

        return new SnmpAnswer(error, index, values);
    }

    private static int Number(ReadOnlySpan<byte> answer, ref int at, int end)
    {
        var (start, stop) = Ber.Take(answer, ref at, end, Ber.Integer);
        return Ber.ReadInteger(answer[start..stop]);
    }
}
