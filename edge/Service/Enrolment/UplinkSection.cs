using System.Globalization;
using System.Text.RegularExpressions;

namespace MotCua.Edge.Enrolment;

/// <summary>The section <c>mqtt</c> that the province hands out, and the two lines of it that change when its broker moves.</summary>
internal sealed partial record UplinkSection(string Text, string Host, int Port)
{
    // A text of some kilobytes takes microseconds.
    private const int PatienceMs = 1000;

    /// <exception cref="IOException">It names no broker.</exception>
    public static UplinkSection Read(string file, string text) =>
        HostLine().Match(text) is { Success: true } host && PortLine().Match(text) is { Success: true } port && int.TryParse(port.Groups["value"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new UplinkSection(text, host.Groups["value"].Value, number)
            : throw new IOException($"{file}: không ghi host và port của máy chủ tỉnh; xin tỉnh thư mục khác.");

    /// <summary>As they stand in <c>centre.yaml</c>.</summary>
    public string Lines => string.Create(CultureInfo.InvariantCulture, $"  host: \"{Host}\"\n  port: {Port}");

    /// <returns>A file whose section <c>mqtt</c> names this broker; the same text when its section is not written a field a line.</returns>
    public string MoveHere(string yaml)
    {
        var inside = false;
        return string.Join('\n', yaml.Split('\n').Select(line =>
        {
            if (line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '#')
            {
                inside = line.StartsWith("mqtt:", StringComparison.Ordinal);
            }

            return inside
                ? PortLine().Replace(HostLine().Replace(line, found => $"{found.Groups["head"].Value}\"{Host}\""), found => string.Create(CultureInfo.InvariantCulture, $"{found.Groups["head"].Value}{Port}"))
                : line;
        }));
    }

    [GeneratedRegex("""^(?<head>[ \t]+host:[ \t]*)"?(?<value>[^"\s#,}]+)"?""", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex HostLine();

    [GeneratedRegex("""^(?<head>[ \t]+port:[ \t]*)(?<value>[0-9]{1,5})""", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatienceMs)]
    private static partial Regex PortLine();
}
