using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>Somebody whom a broker should not let in. Speaks the few bytes that it takes to find out, since a library would refuse to try.</summary>
/// <param name="ca">The province's authority: whoever answers in the broker's place is not the one to be tried.</param>
internal sealed class Stranger(string host, int port, X509Certificate2 ca, TimeProvider time)
{
    private const byte Connack = 0x20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // MQTT 5, 3.1: protocol name and level, clean start, keep-alive 60 s, no properties, client id "kiem-tra".
    private static readonly byte[] Connect = [0x10, 21, 0, 4, .. "MQTT"u8, 5, 2, 0, 60, 0, 0, 8, .. "kiem-tra"u8];

    /// <exception cref="IOException">The broker is not there at all, so nothing is known.</exception>
    public async Task<bool> IsLetInAsync(bool overTls, X509Certificate2? certificate)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var line = new TcpClient();
        try
        {
            await line.ConnectAsync(host, port, deadline.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            throw new IOException($"{host}:{port}: {e.Message}", e);
        }

        try
        {
            Stream stream = line.GetStream();
            if (overTls)
            {
                var tls = new SslStream(stream);
                stream = tls;
                await tls.AuthenticateAsClientAsync(Options(certificate), deadline.Token);
            }

            await stream.WriteAsync(Connect, deadline.Token);
            var answer = new byte[4];
            await stream.ReadExactlyAsync(answer, deadline.Token);
            return answer[0] == Connack && answer[3] < 0x80;
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
        {
            return false; // Thrown out, or not answered.
        }
    }

    private SslClientAuthenticationOptions Options(X509Certificate2? certificate) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { ca }, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
    };
}
