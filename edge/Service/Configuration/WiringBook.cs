using System.Globalization;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>Every address, chip select and line of the file, and who has it: the one place where a clash is found and told, at the line of the one who came later.</summary>
internal sealed class WiringBook
{
    /// <summary>Of what could not be read, which was told.</summary>
    private const int Unknown = -1;

    private readonly Dictionary<string, YamlField> taken = new(StringComparer.Ordinal);

    /// <summary>The port expanders of the file.</summary>
    public HashSet<DeviceId> Expanders { get; } = [];

    /// <summary>Reads the field <c>i2c</c> of a device.</summary>
    /// <param name="usual">Where such chips answer as they are sold.</param>
    public int I2c(YamlField device, int from, int to, int usual)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"địa chỉ I2C 0x{from:X2}–0x{to:X2}");
        var field = device.Optional("i2c");
        return field is null ? I2c(device, usual) : field.Integer(from, to, expected) is { } address ? I2c(field, address) : Unknown;
    }

    /// <summary>A chip whose address cannot be chosen.</summary>
    public int I2c(YamlField field, int address)
    {
        Take($"i2c {address}", field, string.Create(CultureInfo.InvariantCulture, $"0x{address:X2}"), "địa chỉ I2C");
        return address;
    }

    /// <summary>Reads the field <c>spi</c> of a board: its chip select.</summary>
    public int Spi(YamlField board)
    {
        var field = board.Optional("spi");
        if ((field is null ? 0 : field.Integer(0, 1, "chân chọn chip SPI 0–1")) is not { } select)
        {
            return Unknown;
        }

        Take($"spi {select}", field ?? board, select.ToString(CultureInfo.InvariantCulture), "chân chọn chip SPI");
        return select;
    }

    /// <summary>Reads a field that must be a line of the box itself.</summary>
    public int BoxLine(YamlField device, string name)
    {
        const string Expected = "chân GPIO 0–53 của máy";
        return device.Required(name, Expected) is { } field && field.Integer(0, WiredLine.LastOfBox, Expected) is { } line ? Take(field, new WiredLine(line)).Offset : Unknown;
    }

    /// <summary>Reads a line of the box or of an expander.</summary>
    /// <returns>Null for what is none, which was told.</returns>
    public WiredLine? Line(YamlField field, bool input)
    {
        var onExpander = Expanders.Count == 0 ? "" : $", hoặc chân của bộ mở rộng như {Expanders.First()}/A3 (A0–A7, B0–B7, hoặc 0–15{(input ? "; A7 và B7 chỉ dùng cho đèn" : "")})";
        return field.Value<WiredLine?>(
            text => WiredLine.Parse(text, Expanders) is var line && (line.CanBeInput || !input) ? line : throw new FormatException(), "chân GPIO 0–53" + onExpander) is { } found
            ? Take(field, found)
            : null;
    }

    private WiredLine Take(YamlField field, WiredLine line)
    {
        Take($"line {line}", field, line.ToString(), "chân");
        return line;
    }

    private void Take(string place, YamlField field, string found, string kind)
    {
        if (!taken.TryAdd(place, field))
        {
            field.Note(found, $"{kind} chưa dùng; {found} đã có ở dòng {taken[place].Line}, {taken[place].Path}");
        }
    }
}
