using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>A recorder of a simulated centre, on this machine only: it speaks ISAPI and keeps nothing but the time of what it would have kept last.</summary>
/// <param name="cameras">By track, such as <c>101</c>.</param>
public sealed class VirtualRecorder(IReadOnlyDictionary<string, VirtualCamera> cameras, TimeProvider time) : IDisposable
{
    private const int MostRequestBytes = 16 * 1024;
    private const int MostConnections = 4;

    // As recorders show them: local time with a Z that means nothing.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> kept = new(StringComparer.Ordinal);
    private TcpListener? listener;
    private int connections;

    /// <summary>Fault knob: the network plug is out.</summary>
    public bool Cut { get; set; }

    /// <summary>Fault knob: its disk has failed.</summary>
    public bool DiskFailed { get; set; }

    /// <summary>Says where it is really to be had; the server starts with the first question.</summary>
    public Uri Serve()
    {
        lock (gate)
        {
            if (listener is null)
            {
                listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                _ = AcceptAsync(listener);
            }

            return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        }
    }

    public void Dispose()
    {
        ending.Cancel();
        listener?.Dispose();
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                var client = await from.AcceptTcpClientAsync(ending.Token);
                if (Interlocked.Increment(ref connections) > MostConnections)
                {
                    Interlocked.Decrement(ref connections);
                    client.Dispose();
                    continue;
                }

                _ = AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The centre is put down.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var (path, body) = await ReadAsync(stream);
                if (Cut)
                {
                    return;
                }

                var answer = AnswerTo(path, body)?.ToString(SaveOptions.DisableFormatting);
                var bytes = Encoding.UTF8.GetBytes(answer ?? "");
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(answer is null ? "404 Not Found" : "200 OK")}\r\nContent-Type: application/xml\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), ending.Token);
                await stream.WriteAsync(bytes, ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException or XmlException or FormatException)
        {
            // Whoever asked has gone, or asked nothing that is understood.
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }

    private async Task<(string Path, string Body)> ReadAsync(NetworkStream stream)
    {
        var received = new byte[MostRequestBytes];
        for (var length = 0; length < received.Length;)
        {
            var more = await stream.ReadAsync(received.AsMemory(length), ending.Token);
            length += more > 0 ? more : throw new IOException("cut off");
            var end = received.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                continue;
            }

            var head = Encoding.ASCII.GetString(received, 0, end).Split("\r\n");
            var wanted = head.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } field ? int.Parse(field.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) : 0;
            if (length >= end + 4 + wanted)
            {
                return (head[0].Split(' ').ElementAtOrDefault(1) ?? "", Encoding.UTF8.GetString(received, end + 4, wanted));
            }
        }

        throw new IOException("too long");
    }

    private XElement? AnswerTo(string path, string body)
    {
        var now = time.GetUtcNow().ToOffset(Zone);
        switch (path)
        {
            case "/ISAPI/System/time":
                return new XElement("Time", new XElement("timeMode", "NTP"), new XElement("localTime", now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)));
            case "/ISAPI/ContentMgmt/Storage":
                return new XElement("storage", new XElement("hddList", new XElement(
                    "hdd", new XElement("id", 1), new XElement("hddName", "hdd1"), new XElement("status", DiskFailed ? "error" : "ok"), new XElement("capacity", 953_869), new XElement("freeSpace", 0))));
            case "/ISAPI/ContentMgmt/search":
                var track = XElement.Parse(body).Descendants().First(part => part.Name.LocalName == "trackID").Value;
                var newest = NewestOf(track, now);
                return new XElement(
                    "CMSearchResult", new XElement("responseStatusStrg", newest is null ? "NO MATCHES" : "OK"),
                    new XElement("matchList", newest is not { } end ? null : new XElement(
                        "searchMatchItem", new XElement("trackID", track), new XElement("timeSpan", new XElement("startTime", Write(end.AddMinutes(-20))), new XElement("endTime", Write(end))))));
            default:
                return null;
        }
    }

    private DateTimeOffset? NewestOf(string track, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!cameras.TryGetValue(track, out var camera))
            {
                return null;
            }

            if (!kept.TryGetValue(track, out var newest) || !(camera.Unkept || camera.Cut || DiskFailed))
            {
                kept[track] = newest = now;
            }

            return newest;
        }
    }

    private static string Write(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
