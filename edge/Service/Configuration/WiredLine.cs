using System.Globalization;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>A line as the installer names it: <c>5</c> is GPIO 5 of the box, <c>mo-rong-1/3</c> and <c>mo-rong-1/A3</c> are GPA3 of the port expander of that name.</summary>
/// <param name="Offset">0 to 53 on the box; 0 to 15 on an expander, where 8 is GPB0.</param>
/// <param name="Expander">Null for a line of the box itself.</param>
public readonly record struct WiredLine(int Offset, DeviceId? Expander = null)
{
    /// <summary>Highest line of the box; a Raspberry Pi leads 0 to 27 to its header.</summary>
    public const int LastOfBox = 53;

    private const int LastOfExpander = 15;
    private const int OfPort = 8;

    /// <summary>GPA7 and GPB7 of an MCP23017 can be outputs only (datasheet DS20001952 revision D, table 1-1).</summary>
    public bool CanBeInput => Expander is null || Offset % OfPort != OfPort - 1;

    /// <exception cref="FormatException">Not such a name.</exception>
    public static WiredLine Parse(string text, IReadOnlyCollection<DeviceId> expanders) => text.Split('/') switch
    {
        [var line] => new WiredLine(Number(line, LastOfBox)),
        [var expander, var pin] when expanders.Contains(new DeviceId(expander)) => new WiredLine(Pin(pin), new DeviceId(expander)),
        _ => throw new FormatException(),
    };

    public override string ToString() =>
        Expander is { } expander ? $"{expander}/{(Offset < OfPort ? 'A' : 'B')}{Offset % OfPort}" : Offset.ToString(CultureInfo.InvariantCulture);

    private static int Pin(string text) => text switch
    {
        ['A', >= '0' and <= '7'] => text[1] - '0',
        ['B', >= '0' and <= '7'] => OfPort + text[1] - '0',
        _ => Number(text, LastOfExpander),
    };

    private static int Number(string text, int last) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is var number && number <= last ? number : throw new FormatException();
}
