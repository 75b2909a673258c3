using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MotCua.Edge.Devices.Neighbours.Wire;

/// <summary>What the other side showed of itself.</summary>
/// <param name="Ends">When its certificate ends.</param>
/// <param name="Problem">Why its certificate is not to be believed; null when it is.</param>
internal sealed record TlsFacts(DateTimeOffset Ends, string? Problem);

/// <summary>One request and its answer over a connection of its own, bounded in every direction.</summary>
/// <remarks>The runtime's client would bring HTTP/2, pools and 4 MB into a box that asks for a status line once a minute.</remarks>
internal static class HttpExchange
{
    private const int FirstRoom = 16 * 1024;

    /// <param name="where">Scheme <c>http</c> or <c>https</c>; <c>ipp</c> and <c>ipps</c> are the same on another port.</param>
    /// <param name="body">Of a POST; null for a GET.</param>
    /// <exception cref="IOException">No connection, or it broke.</exception>
    /// <exception cref="InvalidDataException">Not HTTP.</exception>
    public static async Task<(int Status, byte[] Body, TlsFacts? Tls)> AskAsync(Uri where, byte[]? body, string? contentType, int mostBody, CancellationToken stop)
    {
        var kind = body is null ? "" : $"Content-Type: {contentType}\r\nContent-Length: {body.Length}\r\n";
        var (status, answer, _, tls) = await AskAsync(where, body is null ? "GET" : "POST", kind, body ?? [], mostBody, stop);
        return (status, answer, tls);
    }

    /// <summary>Gets something that may ask who wants it.</summary>
    /// <param name="authorization">Value of that field; null while nobody asked.</param>
    /// <returns>With the fields of the answer.</returns>
    /// <exception cref="IOException">No connection, or it broke.</exception>
    /// <exception cref="InvalidDataException">Not HTTP.</exception>
    public static async Task<(int Status, byte[] Body, IReadOnlyList<(string Name, string Value)> Fields)> GetAsync(Uri where, string? authorization, int mostBody, CancellationToken stop)
    {
        var (status, answer, fields, _) = await AskAsync(where, "GET", authorization is null ? "" : $"Authorization: {authorization}\r\n", [], mostBody, stop);
        return (status, answer, fields);
    }

    private static async Task<(int Status, byte[] Body, IReadOnlyList<(string Name, string Value)> Fields, TlsFacts? Tls)> AskAsync(
        Uri where, string method, string more, byte[] body, int mostBody, CancellationToken stop)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(where.DnsSafeHost, where.Port, stop);
        await using var plain = new NetworkStream(socket);
        if (where.Scheme is not ("https" or "ipps"))
        {
            var (status, answer, fields) = await AskAsync(plain, where, method, more, body, mostBody, stop);
            return (status, answer, fields, null);
        }

        TlsFacts? facts = null;
        await using var tls = new SslStream(plain);
        try
        {
            await tls.AuthenticateAsClientAsync(Options(where, seen => facts = seen), stop);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new InvalidDataException($"không bắt tay được TLS: {e.Message}", e);
        }

        var secure = await AskAsync(tls, where, method, more, body, mostBody, stop);
        return (secure.Status, secure.Body, secure.Fields, facts);
    }

    /// <summary>Posts something where it may be asked who posts it.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public static async Task<(int Status, byte[] Body, IReadOnlyList<(string Name, string Value)> Fields)> PostAsync(
        Uri where, byte[] body, string contentType, string? authorization, int mostBody, CancellationToken stop)
    {
        var kind = $"Content-Type: {contentType}\r\nContent-Length: {body.Length}\r\n";
        var (status, answer, fields, _) = await AskAsync(where, "POST", authorization is null ? kind : $"{kind}Authorization: {authorization}\r\n", body, mostBody, stop);
        return (status, answer, fields);
    }

    // Who answers is not known for sure: recorders and printers sign their own certificates. A login goes this way as a digest, or as it is only where the file of the centre
    // says so; so a bad certificate is something to tell and not to stop at.
    private static SslClientAuthenticationOptions Options(Uri where, Action<TlsFacts> seen) => new()
    {
        TargetHost = where.DnsSafeHost,
        CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            if (certificate is not X509Certificate2 shown)
            {
                return false;
            }

            seen(new TlsFacts(new DateTimeOffset(shown.NotAfter.ToUniversalTime()), errors == SslPolicyErrors.None ? null : errors.ToString()));
            return true;
        },
    };

    private static async Task<(int Status, byte[] Body, IReadOnlyList<(string Name, string Value)> Fields)> AskAsync(
        Stream stream, Uri where, string method, string fields, byte[] body, int mostBody, CancellationToken stop)
    {
        var host = where.IsDefaultPort ? where.Host : $"{where.Host}:{where.Port}";
        var head = $"{method} {where.PathAndQuery} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: MotCua-Edge\r\nAccept: */*\r\nConnection: close\r\n{fields}\r\n";
        // A name of the other side goes back byte by byte as it came, and it was read as Latin-1.
        await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body], stop);
        await stream.FlushAsync(stop);
        // Whatever the other side sends, no more is kept; chunks have their frames, so there is room for twice the body. It is taken as bytes come: most answers are short.
        var most = HttpReply.MostHeaderBytes + (2 * mostBody) + 4;
        var received = new byte[Math.Min(most, FirstRoom)];
        for (var length = 0; ;)
        {
            if (length == received.Length && length < most)
            {
                Array.Resize(ref received, Math.Min(most, 2 * length));
            }

            var came = length < received.Length ? await stream.ReadAsync(received.AsMemory(length), stop) : 0;
            length += came;
            if (length == 0)
            {
                throw new IOException("kết nối bị đóng, không có trả lời");
            }

            if (HttpReply.TryRead(received.AsSpan(0, length), ended: came == 0, mostBody) is { } reply)
            {
                return (reply.Status, reply.Body, HttpReply.Fields(received.AsSpan(0, length)));
            }
        }
    }
}
