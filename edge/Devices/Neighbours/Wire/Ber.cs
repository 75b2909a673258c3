namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>The part of the Basic Encoding Rules (X.690) that SNMP uses: one-byte tags, definite lengths.</summary>
internal static class Ber
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte ObjectId = 0x06;
    public const byte Sequence = 0x30;

    public static byte[] Write(byte tag, params ReadOnlySpan<byte> content) => content.Length switch
    {
        < 0x80 => [tag, (byte)content.Length, .. content],
        <= 0xFF => [tag, 0x81, (byte)content.Length, .. content],
        _ => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
    };

    public static byte[] WriteInteger(int value)
    {
        Span<byte> bytes = [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
        var skip = 0;
        while (skip < 3 && bytes[skip] == (byte)(bytes[skip + 1] >= 0x80 ? 0xFF : 0))
        {
            skip++;
        }

        return Write(Integer, bytes[skip..]);
    }

    /// <param name="arcs">At least two.</param>
    public static byte[] WriteObjectId(params ReadOnlySpan<int> arcs)
    {
        var bytes = new List<byte> { (byte)((arcs[0] * 40) + arcs[1]) };
        foreach (var arc in arcs[2..])
        {
            for (var shift = 28; shift > 0; shift -= 7)
            {
                if (arc >> shift != 0)
                {
                    bytes.Add((byte)(0x80 | (arc >> shift)));
                }
            }

            bytes.Add((byte)(arc & 0x7F));
        }

        return Write(ObjectId, [.. bytes]);
    }

    /// <summary>Takes the next value from the front.</summary>
    /// <exception cref="InvalidDataException">Cut off, or a length of a form that SNMP does not use.</exception>
    public static (byte Tag, int Start, int Length) Take(ReadOnlySpan<byte> bytes, ref int at, int end)
    {
        if (end - at < 2)
        {
            throw new InvalidDataException("trả lời SNMP bị cắt");
        }

        var tag = bytes[at++];
        int length = bytes[at++];
        if (length >= 0x80)
        {
            var count = length & 0x7F;
            if (count is 0 or > 3 || end - at < count)
            {
                throw new InvalidDataException("độ dài trong trả lời SNMP sai");
            }

            length = 0;
            for (; count > 0; count--)
            {
                length = (length << 8) | bytes[at++];
            }
        }

        if (length > end - at)
        {
            throw new InvalidDataException("trả lời SNMP bị cắt");
        }

        var start = at;
        at += length;
        return (tag, start, length);
    }

    /// <summary>Takes a value of one kind.</summary>
    /// <exception cref="InvalidDataException">Another kind, or cut off.</exception>
    public static (int Start, int End) Take(ReadOnlySpan<byte> bytes, ref int at, int end, byte tag)
    {
        var (found, start, length) = Take(bytes, ref at, end);
        return found == tag ? (start, start + length) : throw new InvalidDataException("trả lời SNMP sai kiểu");
    }

    /// <exception cref="InvalidDataException">Longer than 32 bits, or empty.</exception>
    public static int ReadInteger(ReadOnlySpan<byte> content)
    {
        if (content.Length is 0 or > 5)
        {
            throw new InvalidDataException("số trong trả lời SNMP sai");
        }

        long value = (sbyte)content[0];
        foreach (var next in content[1..])
        {
            value = (value << 8) | next;
        }

        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new InvalidDataException("số trong trả lời SNMP quá lớn");
    }
}
