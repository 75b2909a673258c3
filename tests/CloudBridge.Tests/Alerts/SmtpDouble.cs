using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>A letter as a mail server got it.</summary>
internal sealed record Letter(string From, IReadOnlyList<string> To, string Data)
{
    public IReadOnlyList<string> Headers => [.. Data[..Data.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")];

    public string? Header(string name) => Headers.FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    /// <summary>The body as the sender wrote it.</summary>
    public string Text => Encoding.UTF8.GetString(Convert.FromBase64String(Data[(Data.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("\r\n", "", StringComparison.Ordinal)));
}

/// <summary>A small mail server on a free loopback port: it speaks the protocol (RFC 5321), offers STARTTLS and AUTH when told, and answers some words as a test says.</summary>
internal sealed class SmtpDouble : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    public SmtpDouble()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool OffersTls { get; init; }

    public bool OffersAuth { get; init; }

    /// <summary>Answers to words, such as <c>RCPT</c>, instead of the usual ones.</summary>
    public Dictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<Letter> Letters { get; } = new();

    /// <summary>Every line that a client said, outside of letters.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await serving;
        listener.Stop();
        stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The client went away, as it may.
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var (reader, writer) = Over(stream);
        await writer.WriteLineAsync("220 double ESMTP");
        var (from, to, auth) = ("", new List<string>(), 0);
        while (await reader.ReadLineAsync(stopping.Token) is { } line)
        {
            Said.Enqueue(line);
            var word = auth > 0 ? "" : line.Split(' ', ':')[0].ToUpperInvariant();
            if (Answers.TryGetValue(word, out var answer))
            {
                await writer.WriteLineAsync(answer);
                continue;
            }

            switch (word)
            {
                case "EHLO":
                    await writer.WriteLineAsync($"250-double{(OffersTls ? "\r\n250-STARTTLS" : "")}{(OffersAuth ? "\r\n250-AUTH LOGIN" : "")}\r\n250 8BITMIME");
                    break;
                case "STARTTLS":
                    await writer.WriteLineAsync("220 go on");
                    using (var certificate = NobodysCertificate())
                    {
                        var tls = new SslStream(stream);
                        await tls.AuthenticateAsServerAsync(certificate);
                        (reader, writer) = Over(tls);
                    }

                    break;
                case "AUTH":
                    auth = line.Split(' ').Length > 2 ? 1 : 2;
                    await writer.WriteLineAsync(auth == 2 ? "334 VXNlcm5hbWU6" : "334 UGFzc3dvcmQ6");
                    break;
                case "" when auth > 0:
                    auth--;
                    await writer.WriteLineAsync(auth > 0 ? "334 UGFzc3dvcmQ6" : "235 welcome");
                    break;
                case "MAIL":
                    from = Address(line);
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT":
                    to.Add(Address(line));
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    Letters.Enqueue(new Letter(from, to, await LetterAsync(reader)));
                    (from, to) = ("", []);
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("502 what");
                    break;
            }
        }
    }

    private async Task<string> LetterAsync(StreamReader reader)
    {
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
        {
            letter.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return letter.ToString();
    }

    private static (StreamReader Reader, StreamWriter Writer) Over(Stream stream) =>
        (new StreamReader(stream, Encoding.ASCII), new StreamWriter(stream, new ASCIIEncoding()) { NewLine = "\r\n", AutoFlush = true });

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static X509Certificate2 NobodysCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
