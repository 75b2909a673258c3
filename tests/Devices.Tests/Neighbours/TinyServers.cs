using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>A server at loopback that answers each connection with fixed bytes, or with whatever a test likes.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    /// <param name="answer">Writes to the client after the request's first bytes came; the connection is closed when it returns.</param>
    public TinyServer(Func<Stream, CancellationToken, Task> answer, X509Certificate2? certificate = null)
    {
        listener.Start();
        running = Task.Run(() => ServeAsync(answer, certificate));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The newest request, as far as it came in one piece.</summary>
    public byte[] Asked { get; private set; } = [];

    public static TinyServer Saying(params byte[] bytes) => new(async (stream, stop) => await stream.WriteAsync(bytes, stop));

    public static TinyServer Saying(string text) => Saying(System.Text.Encoding.Latin1.GetBytes(text));

    public static X509Certificate2 Certificate(DateTimeOffset ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(ends.AddYears(-1), ends);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await running;
        stop.Dispose();
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task> answer, X509Certificate2? certificate)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await using Stream stream = certificate is null ? client.GetStream() : new SslStream(client.GetStream());
                if (stream is SslStream tls)
                {
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
                }

                var request = new byte[4096];
                var length = await stream.ReadAsync(request, stop.Token);
                Asked = request[..length];
                await answer(stream, stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client left, or the test ends.
            }
        }
    }
}

/// <summary>A server of datagrams at loopback.</summary>
internal sealed class TinyAgent : IAsyncDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    /// <param name="answers">What comes back for a datagram, one after the other.</param>
    public TinyAgent(Func<byte[], IEnumerable<byte[]>> answers)
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        running = Task.Run(() => ServeAsync(answers));
    }

    public IPEndPoint At => (IPEndPoint)socket.LocalEndPoint!;

    public List<byte[]> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        socket.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync(Func<byte[], IEnumerable<byte[]>> answers)
    {
        var bytes = new byte[2048];
        try
        {
            while (true)
            {
                var came = await socket.ReceiveFromAsync(bytes, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                byte[] asked = bytes[..came.ReceivedBytes];
                Asked.Add(asked);
                foreach (var answer in answers(asked))
                {
                    await socket.SendToAsync(answer, came.RemoteEndPoint, stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test ends.
        }
    }
}
