using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MotCua.Testing;

/// <summary>A recorder's web server as recorders have it: HTTP with a login by digest or basic, ISAPI in XML, a status page in JSON, a clock of its own.</summary>
/// <remarks>It checks the digest by its own reading of RFC 7616.</remarks>
public sealed class RecorderDouble : IAsyncDisposable
{
    private const string Realm = "DS-7608";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly List<string> asked = [];
    private readonly Task running;
    private int nonces;

    public RecorderDouble()
    {
        listener.Start();
        running = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>Null: everybody may ask.</summary>
    public string? User { get; init; }

    public string Password { get; init; } = "mật khẩu 1";

    /// <summary>It asks for the older way.</summary>
    public bool AsksBasic { get; set; }

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Drift { get; set; }

    /// <summary>Its zone; times of recordings are local and end with Z all the same.</summary>
    public TimeSpan Zone { get; init; } = TimeSpan.FromHours(7);

    /// <summary>Times of recordings are really of UTC.</summary>
    public bool WritesUtc { get; init; }

    /// <summary>Ends of what it kept, by track, oldest first.</summary>
    public Dictionary<string, List<DateTimeOffset>> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Of its one disk.</summary>
    public string DiskStatus { get; set; } = "ok";

    /// <summary>In MB, of 1,000,000.</summary>
    public int Free { get; set; }

    /// <summary>Questions with a password that is not right.</summary>
    public int WrongTries { get; private set; }

    /// <summary>What it says in place of the answer to a path, or to a search in a track.</summary>
    public Dictionary<string, Func<Stream, Task>> Instead { get; } = new(StringComparer.Ordinal);

    /// <summary>The page in JSON; null: there is none.</summary>
    public Func<string>? Json { get; set; }

    /// <summary>Methods and paths, in order, with the status that was answered.</summary>
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

    /// <summary>What its clock shows.</summary>
    public DateTimeOffset Now => (TimeProvider.System.GetUtcNow() + Drift).ToOffset(Zone);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await running;
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
            var (lines, body) = await ReadAsync(stream);
            var (method, path) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
            if (Instead.TryGetValue(path, out var other) || Instead.TryGetValue(Inside(body, "trackID"), out other))
            {
                await other(stream);
                return;
            }

            var proof = lines.FirstOrDefault(line => line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase))?[14..].Trim();
            if (User is not null && !IsAllowed(proof, method, path))
            {
                WrongTries += proof is null ? 0 : 1;
                Note(method, path, 401);
                var question = AsksBasic ? $"Basic realm=\"{Realm}\"" : $"Digest qop=\"auth\", realm=\"{Realm}\", nonce=\"n{++nonces}\", algorithm=SHA-256";
                await SendAsync(stream, 401, $"WWW-Authenticate: {question}\r\n", "<html>401</html>");
                return;
            }

            var answer = AnswerTo(path, body);
            Note(method, path, answer is null ? 404 : 200);
            await SendAsync(stream, answer is null ? 404 : 200, $"Date: {Now.ToUniversalTime():r}\r\n", answer ?? "");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client left.
        }
    }

    private void Note(string method, string path, int status)
    {
        lock (asked)
        {
            asked.Add($"{method} {path} {status}");
        }
    }

    private async Task<(string[] Lines, string Body)> ReadAsync(NetworkStream stream)
    {
        var received = new byte[64 * 1024];
        for (var length = 0; length < received.Length;)
        {
            var more = await stream.ReadAsync(received.AsMemory(length), ending.Token);
            length += more > 0 ? more : throw new IOException("cut off");
            var end = received.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                continue;
            }

            var lines = Encoding.Latin1.GetString(received, 0, end).Split("\r\n");
            var wanted = lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } field ? int.Parse(field[15..].Trim(), CultureInfo.InvariantCulture) : 0;
            if (length >= end + 4 + wanted)
            {
                return (lines, Encoding.UTF8.GetString(received, end + 4, wanted));
            }
        }

        throw new IOException("too long");
    }

    private bool IsAllowed(string? proof, string method, string path)
    {
        if (proof is null)
        {
            return false;
        }

        if (AsksBasic)
        {
            return proof == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}";
        }

        string Of(string name) => System.Text.RegularExpressions.Regex.Match(proof, $"\\b{name}=\"?([^\",]*)\"?", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;
        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
        static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        var secret = Hash($"{Bytes(User!)}:{Realm}:{Bytes(Password)}");
        return Of("uri") == path && Of("response") == Hash($"{secret}:{Of("nonce")}:{Of("nc")}:{Of("cnonce")}:auth:{Hash($"{method}:{path}")}");
    }

    private string? AnswerTo(string path, string body)
    {
        switch (path)
        {
            case "/ISAPI/System/time":
                return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Time version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\"><timeMode>NTP</timeMode><localTime>{Now:yyyy-MM-ddTHH:mm:sszzz}</localTime><timeZone>CST-7:00:00</timeZone></Time>";
            case "/ISAPI/ContentMgmt/Storage":
                return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><storage version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\"><hddList size=\"2\"><hdd><id>1</id><hddName>hdd1</hddName><hddType>SATA</hddType><status>{DiskStatus}</status><capacity>1000000</capacity><freeSpace>{Free}</freeSpace><property>RW</property></hdd><hdd><id>2</id><status>notexist</status></hdd></hddList></storage>";
            case "/ISAPI/ContentMgmt/search":
                return Search(body);
            case "/status.json?x=1":
                return Json?.Invoke();
            default:
                return null;
        }
    }

    private static string Inside(string body, string name) => System.Text.RegularExpressions.Regex.Match(body, $"<{name}>([^<]*)<", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;

    // Pages of two, oldest first, only what ends inside the span that was asked for; the span itself stands in the answer.
    private string Search(string body)
    {
        string Of(string name) => Inside(body, name);
        var (from, to) = (Of("startTime"), Of("endTime"));
        var all = Kept.GetValueOrDefault(Of("trackID"), []).Select(end => (Start: Write(end.AddMinutes(-30)), End: Write(end))).Where(one => string.CompareOrdinal(one.End, from) >= 0 && string.CompareOrdinal(one.Start, to) <= 0).ToList();
        var page = all.Skip(int.Parse(Of("searchResultPostion"), CultureInfo.InvariantCulture)).Take(2).ToList();
        var items = string.Concat(page.Select(one => $"<searchMatchItem><sourceID>s</sourceID><trackID>{Of("trackID")}</trackID><timeSpan><startTime>{one.Start}</startTime><endTime>{one.End}</endTime></timeSpan></searchMatchItem>"));
        var state = page.Count == 0 ? "NO MATCHES" : all.Count > int.Parse(Of("searchResultPostion"), CultureInfo.InvariantCulture) + page.Count ? "MORE" : "OK";
        return $"<CMSearchResult version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\"><timeSpan><endTime>{to}</endTime></timeSpan><responseStatus>true</responseStatus><responseStatusStrg>{state}</responseStatusStrg><numOfMatches>{page.Count}</numOfMatches><matchList>{items}</matchList></CMSearchResult>";
    }

    private string Write(DateTimeOffset at) => at.ToOffset(WritesUtc ? TimeSpan.Zero : Zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task SendAsync(NetworkStream stream, int status, string fields, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\n{fields}Content-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), ending.Token);
        await stream.WriteAsync(bytes, ending.Token);
    }
}
