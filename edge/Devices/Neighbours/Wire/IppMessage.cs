using System.Buffers.Binary;
using System.Text;

namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>What a printer says of itself.</summary>
/// <param name="State">3 idle, 4 processing, 5 stopped (RFC 8011, 5.4.11); null when it did not say.</param>
/// <param name="Reasons">Keywords such as <c>media-empty-error</c>.</param>
internal sealed record PrinterReport(int? State, IReadOnlyList<string> Reasons);

/// <summary>Get-Printer-Attributes of IPP: request and answer (RFC 8010, 3; RFC 8011, 4.2.5).</summary>
internal static class IppMessage
{
    public const string ContentType = "application/ipp";

    /// <summary>The two attributes asked for have some hundred bytes; many printers send all they have, which fills 10 to 20 KB. What is over is not read.</summary>
    public const int MostBytes = 32 * 1024;

    private const byte OperationAttributes = 0x01;
    private const byte EndOfAttributes = 0x03;
    private const byte LowestValueTag = 0x10;
    private const byte EnumTag = 0x23;
    private const byte KeywordTag = 0x44;
    private const int MostReasons = 32;

    public static byte[] GetPrinterAttributes(string printer)
    {
        // Version 1.1, which every IPP printer speaks; operation 0x000B; request 1.
        var bytes = new List<byte>([1, 1, 0x00, 0x0B, 0, 0, 0, 1, OperationAttributes]);
        Add(0x47, "attributes-charset", "utf-8");
        Add(0x48, "attributes-natural-language", "en");
        Add(0x45, "printer-uri", printer);
        Add(KeywordTag, "requested-attributes", "printer-state");
        Add(KeywordTag, "", "printer-state-reasons");
        bytes.Add(EndOfAttributes);
        return [.. bytes];

        void Add(byte tag, string name, string value)
        {
            bytes.Add(tag);
            foreach (var text in (string[])[name, value])
            {
                var encoded = Encoding.UTF8.GetBytes(text);
                bytes.AddRange([(byte)(encoded.Length >> 8), (byte)encoded.Length, .. encoded]);
            }
        }
    }

    /// <param name="answer">At most <see cref="MostBytes"/>: of one that was cut there the beginning is enough when it says the state.</param>
    /// <exception cref="InvalidDataException">Not such an answer, cut off, or the printer refuses.</exception>
    public static PrinterReport Read(ReadOnlySpan<byte> answer)
    {
        if (answer.Length < 9 || answer[0] is 0 or > 2)
        {
            throw new InvalidDataException("trả lời không phải IPP");
        }

        // 0x0000 to 0x00FF are successes (RFC 8011, B.1).
        var status = BinaryPrimitives.ReadUInt16BigEndian(answer[2..]);
        if (status > 0xFF)
        {
            throw new InvalidDataException($"máy in từ chối câu hỏi IPP (0x{status:X4})");
        }

        int? state = null;
        var reasons = new List<string>();
        var name = "";
        for (var rest = answer[8..]; !rest.IsEmpty && rest[0] != EndOfAttributes;)
        {
            var tag = rest[0];
            rest = rest[1..];
            if (tag < LowestValueTag)
            {
                continue; // A group begins.
            }

            if (!TryTake(ref rest, out var text) || !TryTake(ref rest, out var value))
            {
                if (state is not null && answer.Length >= MostBytes)
                {
                    break; // We cut it, not the line.
                }

                throw new InvalidDataException("trả lời IPP bị cắt");
            }

            var own = Encoding.UTF8.GetString(text);
            name = own.Length > 0 ? own : name; // Further values of an attribute come without a name.
            if (name == "printer-state" && tag == EnumTag && value.Length == 4)
            {
                state = BinaryPrimitives.ReadInt32BigEndian(value);
            }
            else if (name == "printer-state-reasons" && tag == KeywordTag && value.Length <= 100 && reasons.Count < MostReasons)
            {
                reasons.Add(Encoding.UTF8.GetString(value));
            }
        }

        return new PrinterReport(state, reasons);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> taken)
    {
        var length = rest.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(rest) : int.MaxValue;
        if (length > rest.Length - 2)
        {
            taken = [];
            return false;
        }

        taken = rest.Slice(2, length);
        rest = rest[(2 + length)..];
        return true;
    }
}
