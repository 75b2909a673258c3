using System.Globalization;
using System.Net;

namespace MotCua.Edge.Configuration;

/// <summary>How a neighbour is looked at.</summary>
public enum WatchMethod
{
    Ping,
    Tcp,
    Dns,
    Http,
    Ipp,
    Snmp,
}

/// <summary>A neighbour's word in <c>centre.yaml</c>, such as <c>ping 192.168.1.1</c> or <c>ipp://192.168.1.40/ipp/print</c>.</summary>
/// <param name="Host">Name or address; for <see cref="WatchMethod.Dns"/> the name that is asked for.</param>
/// <param name="Port">Of <see cref="WatchMethod.Tcp"/> and <see cref="WatchMethod.Snmp"/>.</param>
/// <param name="Where">Of <see cref="WatchMethod.Http"/> and <see cref="WatchMethod.Ipp"/>.</param>
/// <param name="Resolver">Of <see cref="WatchMethod.Dns"/>: who is asked; null for the box's own.</param>
/// <param name="Community">Of <see cref="WatchMethod.Snmp"/>.</param>
public readonly record struct WatchSpec(WatchMethod Method, string Host, int Port = 0, Uri? Where = null, IPEndPoint? Resolver = null, string? Community = null)
{
    public const string Expected = "«ping máy», «tcp máy:cổng», «dns tên [địa-chỉ-máy-chủ[:cổng]]», «http(s)://…», «ipp(s)://máy/đường-dẫn» hoặc «snmp máy[:cổng] [community]»";

    private const int DnsPort = 53;
    private const int SnmpPort = 161;
    private const int IppPort = 631;

    /// <exception cref="FormatException">Not such a word.</exception>
    public static WatchSpec Parse(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["ping", var host] => new(WatchMethod.Ping, Checked(host)),
        ["tcp", var where] when Split(where) is { Port: { } port } there => new(WatchMethod.Tcp, there.Host, port),
        ["dns", var name] => new(WatchMethod.Dns, NameOf(name)),
        ["dns", var name, var server] => new(WatchMethod.Dns, NameOf(name), Resolver: ServerOf(server)),
        ["snmp", var where] => Snmp(where, "public"),
        ["snmp", var where, { Length: <= 64 } community] => Snmp(where, community),
        [var url] when url.Contains("://", StringComparison.Ordinal) => OfUrl(url),
        _ => throw new FormatException(),
    };

    private static WatchSpec Snmp(string where, string community) => Split(where) is var (host, port) ? new(WatchMethod.Snmp, host, port ?? SnmpPort, Community: community) : throw new FormatException();

    private static WatchSpec OfUrl(string url)
    {
        if (url.Length > 300 || !Uri.TryCreate(url, UriKind.Absolute, out var where) || where.UserInfo.Length > 0 || where.Fragment.Length > 0)
        {
            throw new FormatException();
        }

        return where.Scheme switch
        {
            "http" or "https" => new(WatchMethod.Http, Checked(where.DnsSafeHost), Where: where),
            "ipp" or "ipps" => new(WatchMethod.Ipp, Checked(where.DnsSafeHost), Where: where.Port > 0 ? where : new UriBuilder(where) { Port = IppPort }.Uri),
            _ => throw new FormatException(),
        };
    }

    // host, host:port, [v6]:port or a bare v6 address.
    private static (string Host, int? Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        var isBare = colon < text.LastIndexOf(']') || (!text.StartsWith('[') && text.IndexOf(':', StringComparison.Ordinal) != colon);
        return colon < 0 || isBare ? (Checked(text.Trim('[', ']')), null) : (Checked(text[..colon].Trim('[', ']')), PortOf(text[(colon + 1)..]));
    }

    private static IPEndPoint ServerOf(string text) =>
        Split(text) is var (host, port) && IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port ?? DnsPort) : throw new FormatException();

    private static int PortOf(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 65535 and var port ? port : throw new FormatException();

    private static string NameOf(string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Dns && text.Length <= 253 && text.Split('.').All(label => label.Length is > 0 and <= 63) ? text : throw new FormatException();

    private static string Checked(string host) => host.Length <= 253 && Uri.CheckHostName(host) is not (UriHostNameType.Unknown or UriHostNameType.Basic) ? host : throw new FormatException();
}
