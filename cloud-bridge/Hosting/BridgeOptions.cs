using System.Globalization;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Dashboard;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Everything that can be set. From <c>appsettings.json</c>, the environment (<c>MOTCUA_BRIDGE_…</c>) and the command line; the later wins.</summary>
/// <param name="Urls">Where pages and APIs listen, separated by semicolons; loopback unless somebody says otherwise.</param>
/// <param name="Data">Directory of the SQLite store; made when it is not there.</param>
/// <param name="MqttHost">Broker.</param>
/// <param name="MqttPort">1 to 65535.</param>
/// <param name="Key">PEM file of the province's private key.</param>
/// <param name="Shared">True: replicas share the events among themselves. False: this bridge takes all.</param>
/// <param name="Tls">Mutual TLS to the broker; null for a plain connection on a trusted line.</param>
/// <param name="Postgres">Connection string of a PostgreSQL database, which several bridges may share; null: SQLite in <paramref name="Data"/>.</param>
/// <param name="ClientId">Name at the broker, unique among replicas; null makes a random one.</param>
/// <param name="HealthMonths">How long the health of centres is kept, 1 to 120 months.</param>
public sealed record BridgeOptions(
    string Urls, string Data, string MqttHost, int MqttPort, string Key, bool Shared, MqttTls? Tls = null, string? ClientId = null, string? Postgres = null, int HealthMonths = 13)
{
    /// <summary>Where browsers see the page when that is not an address of this machine: behind a proxy, or under a name.</summary>
    public IReadOnlyList<Uri> PublicUrls { get; init; } = [];

    /// <summary>Where the province's own video system shows a camera; null: no page links there.</summary>
    public VideoLink? Video { get; init; }

    /// <summary>Whom alerts are told, as its file says it.</summary>
    public ChannelBook Channels { get; init; } = ChannelBook.Empty;

    private const string EnvironmentPrefix = "MOTCUA_BRIDGE_";

    private static readonly string[] Known = ["urls", "data", "mqtt", "key", "shared", "ca", "cert", "certkey", "client-id", "postgres", "public-url", "health-months", "video-link", "alert-channels"];

    /// <param name="errors">Every mistake at once, in words; empty on success.</param>
    /// <returns>Null when there is a mistake.</returns>
    public static BridgeOptions? TryRead(string[] args, out IReadOnlyList<string> errors)
    {
        var found = new List<string>();
        errors = found;
        found.AddRange(args.Where(a => a.StartsWith("--", StringComparison.Ordinal) && !Known.Contains(a[2..].Split('=')[0], StringComparer.Ordinal)).Select(a => $"{a} is not an option. Options: --{string.Join(" --", Known)}"));
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables(EnvironmentPrefix);
        var values = file.AddCommandLine(args).Build();

        var data = values["data"] ?? "data";
        var (host, port) = ReadBroker(values["mqtt"] ?? "127.0.0.1:1883", found);
        if (!bool.TryParse(values["shared"] ?? "true", out var shared))
        {
            found.Add($"--shared is true or false, not '{values["shared"]}'.");
        }

        if (values["key"] is not { } key)
        {
            found.Add("--key is missing: the PEM file of the province's private key; 'cloud-bridge keys --out DIR' makes one.");
            key = "";
        }
        else if (!File.Exists(key))
        {
            found.Add($"--key: there is no file {key}.");
        }

        if (values["postgres"] is { } postgres && !Stores.IsPostgres(postgres))
        {
            found.Add("--postgres is a connection string such as \"Host=/run/postgresql;Database=motcua\".");
        }

        if (!int.TryParse(Value("health-months") ?? "13", NumberStyles.None, CultureInfo.InvariantCulture, out var months) || months is < 1 or > 120)
        {
            found.Add($"--health-months is 1 to 120, not '{Value("health-months")}'.");
        }

        var tls = ReadTls(values, found);
        var publicUrls = ReadPublicUrls(Value("public-url"), found);
        var video = Value("video-link") is { Length: > 0 } template ? VideoLink.TryRead(template) : null;
        if (video is null && Value("video-link") is { Length: > 0 } wrong)
        {
            found.Add($"--video-link is an address of http or https with {{centre}}, {{camera}} and {{time}} in its path or query, such as https://video.phutho.example/{{centre}}/{{camera}}?t={{time}}, not '{wrong}'.");
        }

        var channels = ChannelBook.Empty;
        if (Value("alert-channels") is { } channelFile)
        {
            channels = ChannelBook.TryRead(channelFile, out var mistakes) ?? channels;
            found.AddRange(mistakes.Select(line => $"--alert-channels: {line}"));
        }

        return found.Count > 0 ? null : new BridgeOptions(values["urls"] ?? "http://127.0.0.1:8090", data, host, port, key, shared, tls, Value("client-id"), values["postgres"], months) { PublicUrls = publicUrls, Video = video, Channels = channels };

        // A variable of the environment holds no hyphen: MOTCUA_BRIDGE_PUBLIC_URL.
        string? Value(string name) => values[name] ?? values[name.Replace('-', '_')];
    }

    private static (string Host, int Port) ReadBroker(string text, List<string> errors)
    {
        var colon = text.LastIndexOf(':');
        if (colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
        {
            return (text[..colon], port);
        }

        errors.Add($"--mqtt is host:port, not '{text}'.");
        return ("", 0);
    }

    private static List<Uri> ReadPublicUrls(string? text, List<string> errors)
    {
        var urls = new List<Uri>();
        foreach (var one in text?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            if (Uri.TryCreate(one, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.UserInfo.Length == 0)
            {
                urls.Add(url);
            }
            else
            {
                errors.Add($"--public-url is an address as a browser shows it, such as https://motcua.phutho.example, not '{one}'; several are separated by ';'.");
            }
        }

        return urls;
    }

    private static MqttTls? ReadTls(IConfiguration values, List<string> errors)
    {
        string?[] files = [values["ca"], values["cert"], values["certkey"]];
        if (files.All(file => file is null))
        {
            return null;
        }

        if (files.Any(file => file is null))
        {
            errors.Add("--ca, --cert and --certkey go together.");
            return null;
        }

        errors.AddRange(files.Where(file => !File.Exists(file)).Select(file => $"TLS: there is no file {file}."));
        return new MqttTls(files[0]!, files[1]!, files[2]!);
    }
}
