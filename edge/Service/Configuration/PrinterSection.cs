using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>Reads <c>devices.printer</c>.</summary>
internal static class PrinterSection
{
    private const string Port = "usb:/dev/usb/lp0, tcp:máy-in:9100, serial:/dev/ttyUSB0@19200 hoặc serial:/dev/ttyUSB0@19200+rtscts";
    private const string Follow = "địa chỉ http(s) đầy đủ, tối đa 120 ký tự, kết thúc bằng '/' hoặc '='";
    private const int MostLines = 12;
    private const int LongestLine = 80;
    private const int LongestFooter = 200;

    /// <param name="id">Reads the field <c>id</c>.</param>
    public static PrinterOptions Read(YamlField field, Func<YamlField, DeviceId> id, IReadOnlyCollection<ServiceCode> services)
    {
        var name = id(field);
        var port = field.Required("port", Port)?.Value(ReadPort, Port);
        var paper = field.Optional("paper")?.Value(text => text is "58" or "80" ? text : throw new FormatException(), "58 hoặc 80 (mm)") ?? "80";
        var status = field.Optional("status")?.Value(text => text is "escpos" or "none" ? text : throw new FormatException(), "escpos, hoặc none nếu máy in không biết trả lời") ?? "escpos";
        var follow = field.Optional("follow-url")?.Value(ReadFollow, Follow);
        var logo = field.Optional("logo");
        var logoPath = logo?.Value(text => Path.IsPathFullyQualified(text) ? text : throw new FormatException(), "đường dẫn đầy đủ của tệp PBM, như /etc/motcua/logo.pbm");
        var footer = field.Optional("footer")?.Value(text => ReadLine(text, LongestFooter), string.Create(CultureInfo.InvariantCulture, $"1–{LongestFooter} ký tự"));
        var lists = ImmutableDictionary.CreateBuilder<ServiceCode, ImmutableArray<string>>();
        foreach (var list in field.Optional("checklists")?.Items("danh sách {service, lines}") ?? [])
        {
            ReadChecklist(list, services, lists);
        }

        field.NothingElse();
        return new PrinterOptions(name, port ?? new PrinterPort.Usb(""), paper == "58" ? 384 : 576, status == "escpos", follow, logoPath, footer, lists.ToImmutable())
        {
            FileLine = field.Line,
            LogoLine = logo?.Line ?? field.Line,
        };
    }

    private static PrinterPort ReadPort(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var rest = text[(colon + 1)..];
        return (colon < 0 ? "" : text[..colon]) switch
        {
            "usb" => new PrinterPort.Usb(Device(rest)),
            "tcp" => ReadTcp(rest),
            "serial" => ReadSerial(rest),
            _ => throw new FormatException(),
        };
    }

    private static PrinterPort.Tcp ReadTcp(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon is > 0 and <= 255 && Number(text[(colon + 1)..], 1, 65535) is { } port ? new PrinterPort.Tcp(text[..colon].Trim('[', ']'), port) : throw new FormatException();
    }

    private static PrinterPort.Serial ReadSerial(string text)
    {
        const string Flow = "+rtscts";
        var flow = text.EndsWith(Flow, StringComparison.Ordinal);
        text = flow ? text[..^Flow.Length] : text;
        var at = text.LastIndexOf('@');
        return at > 0 && Number(text[(at + 1)..], 300, 4_000_000) is { } baud ? new PrinterPort.Serial(Device(text[..at]), baud, flow) : throw new FormatException();
    }

    private static string Device(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) && path.Length is > 5 and <= 200 ? path : throw new FormatException();

    private static int? Number(string text, int from, int to) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to ? number : null;

    private static string ReadFollow(string text) =>
        text.Length is > 0 and <= 120 && text[^1] is ('/' or '=') && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") ? text : throw new FormatException();

    private static string ReadLine(string text, int longest) => text.Trim() is { Length: > 0 } line && line.Length <= longest && !line.Any(char.IsControl) ? line : throw new FormatException();

    private static void ReadChecklist(YamlField field, IReadOnlyCollection<ServiceCode> services, ImmutableDictionary<ServiceCode, ImmutableArray<string>>.Builder lists)
    {
        var known = $"một trong các lĩnh vực: {string.Join(", ", services)}";
        var service = field.Required("service", known)?.Value<ServiceCode?>(text => services.Contains(new ServiceCode(text)) ? new ServiceCode(text) : throw new FormatException(), known);
        var lines = field.Required("lines", "danh sách giấy tờ")?.SomeItems("danh sách giấy tờ").ToList() ?? [];
        if (lines.Count > MostLines)
        {
            lines[MostLines].Fail(string.Create(CultureInfo.InvariantCulture, $"tối đa {MostLines} dòng"));
        }

        var read = lines.Select(line => line.Value(text => ReadLine(text, LongestLine), string.Create(CultureInfo.InvariantCulture, $"1–{LongestLine} ký tự"))).OfType<string>().Take(MostLines);
        field.NothingElse();
        if (service is { } code && !lists.TryAdd(code, [.. read]))
        {
            field.Note(code.Value, "mỗi lĩnh vực một danh sách giấy tờ");
        }
    }
}
