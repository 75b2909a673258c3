using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace MotCua.CloudBridge.Alerts.Telling;

/// <summary>What came of telling somebody.</summary>
/// <param name="Ok">It was taken.</param>
/// <param name="IsFinal">Trying again would change nothing.</param>
/// <param name="Note">For people; holds no secret.</param>
/// <param name="After">The other side asked to wait so long.</param>
public sealed record TellOutcome(bool Ok, bool IsFinal, string Note, TimeSpan? After = null);

/// <summary>Posts a message to an address, signed, and believes nothing that comes back beyond its bounds.</summary>
/// <remarks>No redirect is followed: whoever answers with one could send the message, and its token, anywhere. No proxy of the environment, no cookies.</remarks>
public sealed class WebhookSender(TimeProvider time) : IDisposable
{
    /// <summary>HMAC-SHA256 of <c>{t}.{body}</c> with the channel's secret: <c>t=…,v1=…</c>. Whoever checks it also looks how old <c>t</c> is.</summary>
    public const string SignatureHeader = "MotCua-Signature";

    /// <summary>Stays the same when a message is sent again.</summary>
    public const string DeliveryHeader = "MotCua-Delivery";

    private const int MostAnswer = 8 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestAfter = TimeSpan.FromHours(1);

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), MaxResponseHeadersLength = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 4, AutomaticDecompression = DecompressionMethods.None,
    });

    /// <summary>The signature of a body.</summary>
    /// <param name="at">Seconds since 1970.</param>
    public static string Sign(string secret, long at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at}.")));
        hash.AppendData(body);
        return string.Create(CultureInfo.InvariantCulture, $"t={at},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    public async Task<TellOutcome> TellAsync(WebhookChannel channel, long delivery, AlertMessage message, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(channel.Form.Fill(message, channel));
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation(DeliveryHeader, delivery.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("User-Agent", "MotCua-CloudBridge");
        foreach (var (name, value) in channel.Form.HeadersFor(message, channel))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (channel.Secret is { Length: > 0 } secret)
        {
            request.Headers.TryAddWithoutValidation(SignatureHeader, Sign(secret, time.GetUtcNow().ToUnixTimeSeconds(), body));
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            return Judge(channel, answer, await ReadAsync(answer, either.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new TellOutcome(false, false, $"Không trả lời trong {Patience.TotalSeconds:0} giây.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The address may hold a token, and messages of the runtime may hold the address.
            return new TellOutcome(false, false, e is HttpRequestException { HttpRequestError: var error } ? $"Không kết nối được: {error}." : "Kết nối đứt giữa chừng.");
        }
    }

    public void Dispose() => http.Dispose();

    private TellOutcome Judge(WebhookChannel channel, HttpResponseMessage answer, byte[] body)
    {
        var code = (int)answer.StatusCode;
        return code switch
        {
            >= 200 and < 300 when channel.Form.IsTaken(body) => new TellOutcome(true, true, $"HTTP {code}"),
            >= 200 and < 300 => new TellOutcome(false, false, $"HTTP {code}, nhưng nơi nhận báo không nhận."),
            >= 300 and < 400 => new TellOutcome(false, true, $"HTTP {code}: nơi nhận chuyển hướng; sửa url của kênh."),
            408 or 425 or 429 or >= 500 => new TellOutcome(false, false, $"HTTP {code}", After(answer)),
            _ => new TellOutcome(false, true, $"HTTP {code}: nơi nhận từ chối; sửa kênh rồi gửi lại."),
        };
    }

    private TimeSpan? After(HttpResponseMessage answer)
    {
        var after = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return after is { } wait && wait > TimeSpan.Zero ? (wait < LongestAfter ? wait : LongestAfter) : null;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var bytes = new byte[MostAnswer];
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return bytes[..read];
    }
}
