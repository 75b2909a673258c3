using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>One connection of a virtual camera's server (RTSP 1.0, packets on the same connection).</summary>
internal sealed class RtspTalk(VirtualCameras cameras, NetworkStream line, TimeProvider time) : IAsyncDisposable
{
    private const int MostRequestBytes = 8 * 1024;

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly CancellationTokenSource ending = new();
    private VirtualCamera? camera;
    private int videoChannel = -1;
    private int audioChannel = -1;
    private Task playing = Task.CompletedTask;

    public async Task RunAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ending.Token);
        var received = new byte[MostRequestBytes];
        var length = 0;
        while (length < received.Length && await line.ReadAsync(received.AsMemory(length), either.Token) is var more and > 0)
        {
            length += more;
            while (received.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                await AnswerAsync(Encoding.UTF8.GetString(received, 0, end).Split("\r\n"), either.Token);
                received.AsSpan(end + 4, length - end - 4).CopyTo(received);
                length -= end + 4;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await playing;
        writing.Dispose();
        ending.Dispose();
    }

    /// <summary>Sends a packet on a channel.</summary>
    public async Task SendAsync(int channel, ReadOnlyMemory<byte> packet, CancellationToken stop)
    {
        await writing.WaitAsync(stop);
        try
        {
            await line.WriteAsync(new[] { (byte)'$', (byte)channel, (byte)(packet.Length >> 8), (byte)packet.Length }, stop);
            await line.WriteAsync(packet, stop);
        }
        finally
        {
            writing.Release();
        }
    }

    private static string? FieldOf(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private async Task AnswerAsync(string[] lines, CancellationToken stop)
    {
        var words = lines[0].Split(' ');
        var (method, url) = words is [var first, var second, ..] ? (first, second) : throw new InvalidDataException(lines[0]);
        camera = cameras.Find(url) ?? camera;
        if (camera is { Cut: true })
        {
            throw new IOException("The plug is out.");
        }

        if (camera is { Hangs: true })
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }

        var (status, fields, body) = camera is null ? ("404 Not Found", "", "") : Answer(method, url, lines);
        var text = $"RTSP/1.0 {status}\r\nCSeq: {FieldOf(lines, "CSeq")}\r\n{fields}{(body.Length > 0 ? $"Content-Type: application/sdp\r\nContent-Length: {body.Length}\r\n" : "")}\r\n{body}";
        await writing.WaitAsync(stop);
        try
        {
            await line.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        }
        finally
        {
            writing.Release();
        }

        if (method == "PLAY" && playing.IsCompleted && camera is not null)
        {
            playing = PlayAsync(camera);
        }
    }

    private (string Status, string Fields, string Body) Answer(string method, string url, string[] lines)
    {
        const string Session = "Session: 1;timeout=60\r\n";
        switch (method)
        {
            case "OPTIONS" or "GET_PARAMETER":
                return ("200 OK", "Public: DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN\r\n", "");
            case "DESCRIBE":
                return ("200 OK", $"Content-Base: {url}/\r\n",
                    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\na=control:video\r\n"
                    + "m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=control:audio\r\n");
            case "SETUP" when FieldOf(lines, "Transport") is { } transport && transport.IndexOf("interleaved=", StringComparison.Ordinal) is >= 0 and var at
                && int.TryParse(transport.AsSpan(at + 12).ToString().Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var channel):
                (videoChannel, audioChannel) = url.EndsWith("audio", StringComparison.Ordinal) ? (videoChannel, channel) : (channel, audioChannel);
                return ("200 OK", $"Transport: RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}\r\n{Session}", "");
            case "SETUP":
                return ("461 Unsupported Transport", "", "");
            case "PLAY":
                return ("200 OK", Session, "");
            case "TEARDOWN":
                ending.Cancel();
                return ("200 OK", "", "");
            default:
                return ("405 Method Not Allowed", "", "");
        }
    }

    private async Task PlayAsync(VirtualCamera filmed)
    {
        try
        {
            await new RtpSender(this, filmed, time, videoChannel, audioChannel).RunAsync(ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or System.ComponentModel.Win32Exception)
        {
            // Nobody looks any more, or the plug is out: the connection ends with it.
            line.Close();
        }
    }
}
