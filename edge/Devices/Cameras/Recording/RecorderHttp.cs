using System.Globalization;
using System.Security.Cryptography;
using MotCua.Edge.Devices.Cameras.Rtsp;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>Asks a recorder over HTTP, with its login by digest, or basic where the file allows it, and takes no more than it has to say.</summary>
/// <param name="basic">Whoever answers may be told the password itself; never once a digest was asked for.</param>
internal sealed class RecorderHttp(CameraLogin? login, bool basic)
{
    /// <summary>A page of sixty recordings has some 50 KB.</summary>
    public const int MostBytes = 256 * 1024;

    private RtspAuthentication? known;
    private bool hasDigest;

    /// <param name="post">Null for a GET.</param>
    /// <returns>With the recorder's clock as the answer's head shows it; null when it shows none.</returns>
    /// <exception cref="CameraTroubleException">It refused, or has no such page.</exception>
    public async Task<(byte[] Body, DateTimeOffset? Date)> AskAsync(Uri where, byte[]? post, CancellationToken stop)
    {
        for (var again = false; ; again = true)
        {
            var method = post is null ? "GET" : "POST";
            var proof = known?.For(method, where.PathAndQuery);
            var (status, body, fields) = post is null
                ? await HttpExchange.GetAsync(where, proof, MostBytes, stop)
                : await HttpExchange.PostAsync(where, post, "application/xml", proof, MostBytes, stop);
            if (status == 200)
            {
                var date = fields.FirstOrDefault(field => field.Name.Equals("Date", StringComparison.OrdinalIgnoreCase)).Value;
                return (body, DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var shown) ? shown : null);
            }

            if (status is not (401 or 403))
            {
                throw new CameraTroubleException(RecorderFaults.BadAnswer, $"trả lời HTTP {status}");
            }

            // A nonce that it has forgotten meanwhile is asked anew, once: each wrong try counts against the account.
            // One that was refused is not shown once more by the next question either.
            known = null;
            var asked = login is null || status == 403 || again ? null : new RtspAuthentication(login, () => RandomNumberGenerator.GetHexString(16, lowercase: true), basic && !hasDigest);
            if (asked?.Take(fields) != true)
            {
                var wantsPassword = asked is not null && fields.Any(field => field.Name.Equals("WWW-Authenticate", StringComparison.OrdinalIgnoreCase) && field.Value.StartsWith("Basic", StringComparison.OrdinalIgnoreCase));
                throw new CameraTroubleException(RecorderFaults.LoginRefused, !wantsPassword ? $"trả lời HTTP {status}"
                    : hasDigest ? "đòi mật khẩu nguyên văn (Basic) dù trước đó dùng Digest; kiểm tra có máy khác giả đầu ghi không"
                    : "chỉ nhận mật khẩu nguyên văn (Basic); bật Digest trên đầu ghi, hoặc ghi basic: yes trong mục recorders nếu tin đường mạng");
            }

            (known, hasDigest) = (asked, hasDigest || asked.IsDigest);
        }
    }
}
