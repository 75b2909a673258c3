using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace MotCua.Testing;

/// <summary>A camera's ONVIF service as cameras have it: its own clock, a login with a digest that may not be older than a few seconds, profiles, and notices that are pulled.</summary>
/// <remarks>It checks the digest by its own reading of the profile, and a client that is none of ours is held against it as well, so that it is no mirror of ours.</remarks>
public sealed partial class OnvifDouble : IAsyncDisposable
{
    private static readonly XNamespace Envelope = "http://www.w3.org/2003/05/soap-envelope";
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(5);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Queue<string> notices = new();
    private readonly SemaphoreSlim noticed = new(0);
    private readonly List<string> asked = [];
    private readonly Task running;

    public OnvifDouble()
    {
        listener.Start();
        running = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/onvif/device_service");

    public string User { get; init; } = "admin";

    public string Password { get; init; } = "mật khẩu";

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Drift { get; set; }

    /// <summary>What it says in place of the answer to a request, by the request's name.</summary>
    public Dictionary<string, Func<Stream, Task>> Instead { get; } = new(StringComparer.Ordinal);

    /// <summary>What is at the address of the still picture; asked for with a digest (RFC 7616, MD5). Null: nothing.</summary>
    public byte[]? Picture { get; set; }

    /// <summary>Subscriptions that are open.</summary>
    public int Subscriptions { get; private set; }

    /// <summary>Names of the requests, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (asked)
            {
                return [.. asked];
            }
        }
    }

    private DateTimeOffset Now => TimeProvider.System.GetUtcNow() + Drift;

    /// <summary>It notices something.</summary>
    /// <param name="topic">Such as <c>tns1:RuleEngine/CellMotionDetector/Motion</c>.</param>
    public void Notice(string topic, string name, bool isOn)
    {
        lock (notices)
        {
            notices.Enqueue($"""
                <wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">{topic}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="{Now:yyyy-MM-ddTHH:mm:ssZ}" PropertyOperation="Changed">
                <tt:Source><tt:SimpleItem Name="Source" Value="VideoSource_1"/></tt:Source><tt:Data><tt:SimpleItem Name="{name}" Value="{(isOn ? "true" : "false")}"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>
                """);
        }

        noticed.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await running;
        noticed.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(ending.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test ends.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            var stream = client.GetStream();
            var body = await ReadAsync(stream);
            if (body.StartsWith("GET ", StringComparison.Ordinal))
            {
                await ShowAsync(stream, body.Split("\r\n"));
                return;
            }

            var envelope = XElement.Parse(body);
            var request = envelope.Elements().First(part => part.Name.LocalName == "Body").Elements().First();
            var name = request.Name.LocalName;
            lock (asked)
            {
                asked.Add(name);
            }

            if (Instead.TryGetValue(name, out var other))
            {
                await other(stream);
                return;
            }

            var allowed = name is "GetSystemDateAndTime" || IsAllowed(envelope);
            var answer = allowed ? await AnswerToAsync(name, request) : null;
            await SendAsync(stream, answer is null ? 400 : 200, answer ?? Fault(allowed ? "ActionNotSupported" : "NotAuthorized"));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Xml.XmlException or InvalidOperationException)
        {
            // The client left, or sent nothing that is a request.
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var received = new byte[64 * 1024];
        for (var length = 0; length < received.Length;)
        {
            var more = await stream.ReadAsync(received.AsMemory(length), ending.Token);
            length += more > 0 ? more : throw new IOException("cut off");
            var end = received.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0 && received.AsSpan().StartsWith("GET "u8))
            {
                return Encoding.Latin1.GetString(received, 0, end);
            }

            if (end >= 0)
            {
                var head = Encoding.ASCII.GetString(received, 0, end).Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                var wanted = int.Parse(head.Split(':')[1].Trim(), CultureInfo.InvariantCulture);
                if (length >= end + 4 + wanted)
                {
                    return Encoding.UTF8.GetString(received, end + 4, wanted);
                }
            }
        }

        throw new IOException("too long");
    }

    private async Task ShowAsync(NetworkStream stream, string[] head)
    {
        var path = head[0].Split(' ')[1];
        lock (asked)
        {
            asked.Add($"GET {path}");
        }

        var proof = head.FirstOrDefault(line => line.StartsWith("Authorization: Digest ", StringComparison.OrdinalIgnoreCase));
        var (status, field, bytes) = Picture is not { } picture ? ("404 Not Found", "", [])
            : proof is null || !IsProof(proof, path) ? ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"camera\"\r\nWWW-Authenticate: Digest realm=\"camera\", nonce=\"4e6f6e63\", qop=\"auth\"\r\n", [])
            : ("200 OK", "Content-Type: image/jpeg\r\n", picture);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{field}Content-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), ending.Token);
        await stream.WriteAsync(bytes, ending.Token);
    }

    private bool IsProof(string line, string path)
    {
        string Of(string name)
        {
            var at = line.IndexOf($"{name}=", StringComparison.Ordinal) + name.Length + 1;
            return line[at] == '"' ? line[(at + 1)..line.IndexOf('"', at + 1)] : line[at..].Split(',')[0];
        }

#pragma warning disable CA5351 // What most cameras speak.
        static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
        return Of("uri") == path && Of("response") == Hash($"{Hash($"{User}:camera:{Password}")}:4e6f6e63:{Of("nc")}:{Of("cnonce")}:auth:{Hash($"GET:{path}")}");
    }

    private async Task SendAsync(NetworkStream stream, int status, string body)
    {
        var text = $"""
            <?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{Envelope}" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tev="http://www.onvif.org/ver10/events/wsdl" xmlns:tse="http://www.onvif.org/ver10/search/wsdl" xmlns:wsnt="http://docs.oasis-open.org/wsn/b-2" xmlns:wsa5="http://www.w3.org/2005/08/addressing" xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>{body}</s:Body></s:Envelope>
            """;
        var bytes = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/soap+xml; charset=utf-8\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), ending.Token);
        await stream.WriteAsync(bytes, ending.Token);
    }

    private static string Fault(string code) =>
        $"<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:{code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en\">{code}</s:Text></s:Reason></s:Fault>";

    private bool IsAllowed(XElement envelope)
    {
        string? Of(string name) => envelope.Descendants().FirstOrDefault(part => part.Name.LocalName == name)?.Value;
        if (Of("Username") != User || Of("Created") is not { } created || Of("Nonce") is not { } nonce || Of("Password") is not { } password)
        {
            return false;
        }

#pragma warning disable CA5350 // What the profile asks for.
        var digest = Convert.ToBase64String(SHA1.HashData((byte[])[.. Convert.FromBase64String(nonce), .. Encoding.UTF8.GetBytes(created + Password)]));
#pragma warning restore CA5350
        return digest == password && (DateTimeOffset.Parse(created, CultureInfo.InvariantCulture) - Now).Duration() < MostAge;
    }

    private async Task<string?> AnswerToAsync(string name, XElement request)
    {
        switch (name)
        {
            case "GetSystemDateAndTime":
                var now = Now;
                return $"<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime><tt:Time><tt:Hour>{now.Hour}</tt:Hour><tt:Minute>{now.Minute}</tt:Minute><tt:Second>{now.Second}</tt:Second></tt:Time><tt:Date><tt:Year>{now.Year}</tt:Year><tt:Month>{now.Month}</tt:Month><tt:Day>{now.Day}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>";
            case "GetDeviceInformation":
                return "<tds:GetDeviceInformationResponse><tds:Manufacturer>Hãng Thử</tds:Manufacturer><tds:Model>T-1</tds:Model><tds:FirmwareVersion>5.7</tds:FirmwareVersion><tds:SerialNumber>1</tds:SerialNumber><tds:HardwareId>1</tds:HardwareId></tds:GetDeviceInformationResponse>";
            case "GetCapabilities":
                // A host that is not its own, as cameras behind a router say.
                return $"<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Device><tt:XAddr>http://127.0.0.1:{Port}/onvif/device_service</tt:XAddr></tt:Device><tt:Events><tt:XAddr>http://127.0.0.1:{Port}/onvif/events</tt:XAddr><tt:WSSubscriptionPolicySupport>false</tt:WSSubscriptionPolicySupport><tt:WSPullPointSupport>true</tt:WSPullPointSupport><tt:WSPausableSubscriptionManagerInterfaceSupport>false</tt:WSPausableSubscriptionManagerInterfaceSupport></tt:Events><tt:Media><tt:XAddr>http://192.168.7.7/onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>";
            case "GetVideoSources":
                return "<trt:GetVideoSourcesResponse><trt:VideoSources token=\"VideoSource_1\"><tt:Framerate>25</tt:Framerate><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>";
            case "GetProfiles":
                return "<trt:GetProfilesResponse><trt:Profiles token=\"Profile_1\" fixed=\"true\"><tt:Name>main</tt:Name><tt:VideoSourceConfiguration token=\"V1\"><tt:Name>V</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>VideoSource_1</tt:SourceToken><tt:Bounds x=\"0\" y=\"0\" width=\"1920\" height=\"1080\"/></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token=\"E1\"><tt:Name>E</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality></tt:VideoEncoderConfiguration></trt:Profiles></trt:GetProfilesResponse>";
            case "GetSnapshotUri":
                return $"<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>http://192.168.7.7/snap.jpg?p={request.Value.Trim()}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetSnapshotUriResponse>";
            case "CreatePullPointSubscription":
                Subscriptions++;
                return $"<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa5:Address>http://127.0.0.1:{Port}/onvif/pull/1</wsa5:Address></tev:SubscriptionReference><wsnt:CurrentTime>{Now:yyyy-MM-ddTHH:mm:ssZ}</wsnt:CurrentTime><wsnt:TerminationTime>{Now.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}</wsnt:TerminationTime></tev:CreatePullPointSubscriptionResponse>";
            case "PullMessages":
                return await PullAsync(request);
            case "Renew":
                return $"<wsnt:RenewResponse><wsnt:TerminationTime>{Now.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}</wsnt:TerminationTime></wsnt:RenewResponse>";
            case "Unsubscribe":
                Subscriptions--;
                return "<wsnt:UnsubscribeResponse/>";
            default:
                return AnswerOfRecordings(name);
        }
    }

    private async Task<string> PullAsync(XElement request)
    {
        var waiting = System.Xml.XmlConvert.ToTimeSpan(request.Elements().First(part => part.Name.LocalName == "Timeout").Value);
        await noticed.WaitAsync(waiting, ending.Token);
        var messages = new StringBuilder();
        lock (notices)
        {
            while (notices.TryDequeue(out var one))
            {
                messages.Append(one);
            }
        }

        return $"<tev:PullMessagesResponse><tev:CurrentTime>{Now:yyyy-MM-ddTHH:mm:ssZ}</tev:CurrentTime><tev:TerminationTime>{Now.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}</tev:TerminationTime>{messages}</tev:PullMessagesResponse>";
    }
}
