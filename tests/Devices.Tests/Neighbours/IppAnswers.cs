using System.Globalization;
using System.Text;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>Answers of printers, written by hand after RFC 8010.</summary>
internal static class IppAnswers
{
    public static byte[] Of(int state, params string[] reasons) => Of(state, reasons, more: 0);

    /// <param name="more">Bytes of attributes that nobody asked for, behind those that were.</param>
    public static byte[] Of(int state, string[] reasons, int more)
    {
        var bytes = new List<byte>([1, 1, 0, 0, 0, 0, 0, 1, 0x01]);
        Add(0x47, "attributes-charset", "utf-8"u8);
        Add(0x48, "attributes-natural-language", "en"u8);
        bytes.Add(0x04);
        Add(0x42, "printer-name", "HP LaserJet"u8);
        Add(0x23, "printer-state", [0, 0, 0, (byte)state]);
        for (var i = 0; i < reasons.Length; i++)
        {
            Add(0x44, i == 0 ? "printer-state-reasons" : "", Encoding.ASCII.GetBytes(reasons[i]));
        }

        for (var i = 0; i < more; i += 1000)
        {
            Add(0x44, "media-supported", new byte[Math.Min(1000, more - i)]);
        }

        bytes.Add(0x03);
        return [.. bytes];

        void Add(byte tag, string name, ReadOnlySpan<byte> value)
        {
            bytes.AddRange([tag, 0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)(value.Length >> 8), (byte)value.Length, .. value]);
        }
    }

    public static byte[] Chunked(byte[] body, int size)
    {
        var bytes = new List<byte>();
        foreach (var chunk in body.Chunk(size))
        {
            bytes.AddRange([.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:X};x=1\r\n")), .. chunk, 13, 10]);
        }

        return [.. bytes, .. "0\r\n\r\n"u8];
    }
}
