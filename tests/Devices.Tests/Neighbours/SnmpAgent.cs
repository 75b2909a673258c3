using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>A printer's agent: answers what it knows, as versions 1 and 2c do.</summary>
internal static class SnmpAgent
{
    private const byte NoSuchInstance = 0x81;

    public static int VersionOf(byte[] asked) => asked[asked[1] < 0x80 ? 4 : asked[1] - 0x80 + 4];

    /// <param name="error">What it says to a question that holds something it does not have; null for what its version says.</param>
    /// <param name="names">False: the error is said of every question, and of nothing in it.</param>
    public static byte[]? Answer(byte[] asked, byte[] errors, int full, int level, bool knowsSupplies, int? error = null, bool names = true)
    {
        var version = VersionOf(asked);
        var at = 0;
        (at, var end) = Ber.Take(asked, ref at, asked.Length, Ber.Sequence);
        Ber.Take(asked, ref at, end, Ber.Integer);
        Ber.Take(asked, ref at, end, Ber.OctetString);
        (at, end) = Ber.Take(asked, ref at, end, 0xA0);
        var (from, to) = Ber.Take(asked, ref at, end, Ber.Integer);
        var request = Ber.ReadInteger(asked.AsSpan(from, to - from));
        Ber.Take(asked, ref at, end, Ber.Integer);
        Ber.Take(asked, ref at, end, Ber.Integer);
        (at, end) = Ber.Take(asked, ref at, end, Ber.Sequence);
        List<byte> bindings = [];
        var missing = 0;
        for (var index = 1; at < end; index++)
        {
            var (inner, stop) = Ber.Take(asked, ref at, end, Ber.Sequence);
            var (name, nameEnd) = Ber.Take(asked, ref inner, stop, Ber.ObjectId);
            var oid = Convert.ToHexString(asked, name, nameEnd - name);
            byte[]? value = oid switch
            {
                "2B06010201010300" => Ber.Write(0x43, 0x01, 0x02),
                "2B060102011903050102" + "01" => Ber.Write(Ber.OctetString, errors),
                "2B060102012B0B01010801" + "01" when knowsSupplies => Ber.WriteInteger(full),
                "2B060102012B0B01010901" + "01" when knowsSupplies => Ber.WriteInteger(level),
                _ => null,
            };
            missing = value is null && missing == 0 ? index : missing;
            bindings.AddRange(Ber.Write(Ber.Sequence, [.. Ber.Write(Ber.ObjectId, asked.AsSpan(name, nameEnd - name)), .. value ?? Ber.Write(version == 0 ? Ber.Null : NoSuchInstance)]));
        }

        var (told, errorIndex) = !names ? (error ?? 0, 0) : missing > 0 && (version == 0 || error is not null) ? (error ?? 2, missing) : (0, 0);
        var pdu = Ber.Write(0xA2, [.. Ber.WriteInteger(request), .. Ber.WriteInteger(told), .. Ber.WriteInteger(errorIndex), .. Ber.Write(Ber.Sequence, [.. bindings])]);
        return Ber.Write(Ber.Sequence, [.. Ber.WriteInteger(version), .. Ber.Write(Ber.OctetString, "public"u8), .. pdu]);
    }
}
