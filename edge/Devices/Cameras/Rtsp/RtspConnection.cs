using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>A packet that came over the connection; its bytes hold until the next one is asked for.</summary>
internal readonly record struct InterleavedPacket(int Channel, ReadOnlyMemory<byte> Bytes);

/// <summary>One conversation with a camera over one TCP connection, packets included (RFC 2326, 10.12), bounded in every direction.</summary>
/// <remarks>Used by one caller at a time. Every wait ends by the caller's deadline; what comes back wrong is a <see cref="CameraTroubleException"/> with a name.</remarks>
internal sealed class RtspConnection : IDisposable
{
    // A packet has at most 65,535 bytes and a head of four.
    private const int BufferBytes = 72 * 1024;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly RtspAuthentication? login;
    private readonly string url;
    private readonly ByteBudget budget;
    private int start;
    private int end;
    private int asked;
    private string? session;

    private RtspConnection(Uri where, CameraLogin? login, ByteBudget budget)
    {
        this.budget = budget;
        // A name and password in the address would stand in every request.
        url = where.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);
        this.login = login is null ? null : new RtspAuthentication(login, () => RandomNumberGenerator.GetHexString(16, lowercase: true));
    }

    /// <summary>How long the server keeps a session that says nothing.</summary>
    public TimeSpan SessionTimeout { get; private set; } = TimeSpan.FromSeconds(60);

    /// <param name="budget">Of this connection alone.</param>
    /// <exception cref="CameraTroubleException">Nothing answers there.</exception>
    public static async Task<RtspConnection> OpenAsync(Uri where, CameraLogin? login, ByteBudget budget, CancellationToken stop)
    {
        const int Usual = 554;
        var connection = new RtspConnection(where, login, budget);
        try
        {
            await connection.socket.ConnectAsync(where.DnsSafeHost, where.Port > 0 ? where.Port : Usual, stop);
            return connection;
        }
        catch (SocketException e)
        {
            connection.Dispose();
            throw new CameraTroubleException(CameraFaults.Unreachable, e.Message, e);
        }
        catch (OperationCanceledException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What the stream holds.</summary>
    public async Task<(IReadOnlyList<MediaTrack> Tracks, string Base)> DescribeAsync(CancellationToken stop)
    {
        var reply = await AskAsync("DESCRIBE", url, "Accept: application/sdp\r\n", stop);
        var place = reply.Field("Content-Base") ?? reply.Field("Content-Location") ?? url;
        return (SessionDescription.Read(reply.Body), place);
    }

    /// <summary>Orders a track onto two channels of this connection.</summary>
    /// <returns>The channel on which its packets come.</returns>
    public async Task<int> SetupAsync(MediaTrack track, string place, int channel, CancellationToken stop)
    {
        var reply = await AskAsync("SETUP", UrlOf(track, place), $"Transport: RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}\r\n", stop);
        var given = reply.Field("Session")?.Split(';', StringSplitOptions.TrimEntries);
        session = given?[0] ?? session;
        if (given?.FirstOrDefault(word => word.StartsWith("timeout=", StringComparison.OrdinalIgnoreCase)) is { } words && int.TryParse(words.AsSpan(8), out var seconds))
        {
            SessionTimeout = TimeSpan.FromSeconds(Math.Clamp(seconds, 5, 600));
        }

        var transport = reply.Field("Transport")?.Split(';').FirstOrDefault(word => word.Trim().StartsWith("interleaved=", StringComparison.OrdinalIgnoreCase))?.Trim()["interleaved=".Length..];
        return transport is not null && int.TryParse(transport.Split('-')[0], out var named) && named is >= 0 and <= 254 ? named : channel;
    }

    public async Task PlayAsync(string place, CancellationToken stop) => await AskAsync("PLAY", place, "Range: npt=0.000-\r\n", stop);

    /// <summary>Tells the server that somebody still looks; the answer comes between the packets and is passed over there.</summary>
    public Task KeepAliveAsync(string place, CancellationToken stop) => SendAsync("GET_PARAMETER", place, "", stop);

    /// <summary>Says goodbye; no answer is waited for.</summary>
    public Task TearDownAsync(string place, CancellationToken stop) => SendAsync("TEARDOWN", place, "", stop);

    /// <exception cref="CameraTroubleException">The connection ended, or what came is no packet.</exception>
    public async ValueTask<InterleavedPacket> NextAsync(CancellationToken stop)
    {
        while (true)
        {
            if (end - start >= 4 && buffer[start] == '$')
            {
                var length = (buffer[start + 2] << 8) | buffer[start + 3];
                if (end - start >= 4 + length)
                {
                    var packet = new InterleavedPacket(buffer[start + 1], buffer.AsMemory(start + 4, length));
                    start += 4 + length;
                    return packet;
                }
            }
            else if (end > start && buffer[start] != '$' && ReadReply() is not null)
            {
                continue; // The answer to a sign of life.
            }

            await FillAsync(stop);
        }
    }

    public void Dispose() => socket.Dispose();

    private static string UrlOf(MediaTrack track, string place) =>
        track.Control.Length is 0 || track.Control == "*" ? place
        : track.Control.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) ? track.Control
        : place.EndsWith('/') ? place + track.Control : $"{place}/{track.Control}";

    private async Task<RtspReply> AskAsync(string method, string where, string fields, CancellationToken stop)
    {
        for (var again = false; ; again = true)
        {
            await SendAsync(method, where, fields, stop);
            var reply = await ReplyAsync(stop);
            if (reply.Status is >= 200 and < 300)
            {
                return reply;
            }

            // Once more and no more: each wrong try counts against the account.
            if (reply.Status != 401 || again || login?.Take(reply.Fields) != true)
            {
                throw new CameraTroubleException(FaultOf(reply.Status), $"{method}: trả lời RTSP {reply.Status}");
            }
        }
    }

    private static Health.FaultCode FaultOf(int status) => status switch
    {
        401 or 403 => CameraFaults.LoginRefused,
        404 or 410 or 454 => CameraFaults.NoSuchStream,
        _ => CameraFaults.BadAnswer,
    };

    private async Task SendAsync(string method, string where, string fields, CancellationToken stop)
    {
        var proof = login?.For(method, where) is { } field ? $"Authorization: {field}\r\n" : "";
        var text = $"{method} {where} RTSP/1.0\r\nCSeq: {++asked}\r\nUser-Agent: MotCua-Edge\r\n{(session is null ? "" : $"Session: {session}\r\n")}{proof}{fields}\r\n";
        // What the server named goes back byte by byte as it came, and it was read as Latin-1.
        ReadOnlyMemory<byte> rest = Encoding.Latin1.GetBytes(text);
        try
        {
            while (rest.Length > 0)
            {
                rest = rest[await socket.SendAsync(rest, stop)..];
            }
        }
        catch (SocketException e)
        {
            throw new CameraTroubleException(CameraFaults.NoAnswer, e.Message, e);
        }
    }

    private async Task<RtspReply> ReplyAsync(CancellationToken stop)
    {
        while (true)
        {
            if (end > start && buffer[start] == '$')
            {
                await NextAsync(stop); // Packets of a track that plays already.
                continue;
            }

            if (end > start && ReadReply() is { } reply)
            {
                return reply;
            }

            await FillAsync(stop);
        }
    }

    private RtspReply? ReadReply()
    {
        try
        {
            var reply = RtspReply.TryRead(buffer.AsSpan(start, end - start), out var taken);
            start += taken;
            return reply;
        }
        catch (InvalidDataException e)
        {
            throw new CameraTroubleException(CameraFaults.BadAnswer, e.Message, e);
        }
    }

    private async ValueTask FillAsync(CancellationToken stop)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        // Packets and answers are shorter than the buffer, so there is always room.
        int more;
        try
        {
            more = await socket.ReceiveAsync(buffer.AsMemory(end), stop);
        }
        catch (SocketException e)
        {
            throw new CameraTroubleException(CameraFaults.NoAnswer, e.Message, e);
        }

        if (!budget.Takes(more))
        {
            throw new CameraTroubleException(CameraFaults.BadAnswer, "gửi quá nhiều dữ liệu");
        }

        end += more > 0 ? more : throw new CameraTroubleException(CameraFaults.NoAnswer, "kết nối bị đóng");
    }
}
