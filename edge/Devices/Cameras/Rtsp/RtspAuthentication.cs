using System.Security.Cryptography;
using System.Text;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>Answers the questions of a server for name and password: Digest (RFC 7616, RFC 2069) and Basic (RFC 7617).</summary>
/// <param name="newNonce">Fresh randomness of the client.</param>
/// <param name="basic">The password may be said as it is.</param>
internal sealed class RtspAuthentication(CameraLogin login, Func<string> newNonce, bool basic = true)
{
    // Bytes of UTF-8 seen as Latin-1, which is how all else of the protocol is read and written: what the server named must be hashed byte by byte as it came.
    private readonly string user = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(login.User));
    private readonly string password = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(login.Password));
    private Challenge? challenge;
    private bool wasStale;
    private int asked;

    /// <summary>The server asked in the way that keeps the password to ourselves.</summary>
    public bool IsDigest => challenge is { Hash: not null };

    /// <summary>Takes what the server asks with status 401; the strongest that both know is answered.</summary>
    /// <returns>False: nothing here answers it, or what was answered was refused.</returns>
    public bool Take(IEnumerable<(string Name, string Value)> fields)
    {
        var best = fields.Where(field => field.Name.Equals("WWW-Authenticate", StringComparison.OrdinalIgnoreCase))
            .Select(field => Challenge.Read(field.Value)).OfType<Challenge>().Where(one => basic || one.Hash is not null).MaxBy(one => one.Strength);
        // The same question again after an answer means that the answer was wrong; a stale nonce only that it is too old, which is believed once: a server that says so every time would make us try a wrong password without end.
        if (best is null || (challenge is not null && (!best.IsStale || wasStale)))
        {
            return false;
        }

        wasStale = challenge is not null;
        (challenge, asked) = (best, 0);
        return true;
    }

    /// <summary>The field for a request; null while the server has asked for nothing.</summary>
    public string? For(string method, string url)
    {
        if (challenge is not { } one)
        {
            return null;
        }

        if (one.Hash is null)
        {
            return $"Basic {Convert.ToBase64String(Encoding.Latin1.GetBytes($"{user}:{password}"))}";
        }

        var (nonce, count) = (newNonce(), $"{++asked:x8}");
        var secret = Hash(one, $"{user}:{one.Realm}:{password}");
        secret = one.IsSession ? Hash(one, $"{secret}:{one.Nonce}:{nonce}") : secret;
        var what = Hash(one, $"{method}:{url}");
        var proof = one.HasQuality ? Hash(one, $"{secret}:{one.Nonce}:{count}:{nonce}:auth:{what}") : Hash(one, $"{secret}:{one.Nonce}:{what}");
        var field = $"Digest username=\"{Quoted(user)}\", realm=\"{Quoted(one.Realm)}\", nonce=\"{Quoted(one.Nonce)}\", uri=\"{url}\", response=\"{proof}\"";
        field += one.Algorithm is { } algorithm ? $", algorithm={algorithm}" : "";
        field += one.Opaque is { } opaque ? $", opaque=\"{Quoted(opaque)}\"" : "";
        return field + (one.HasQuality ? $", qop=auth, nc={count}, cnonce=\"{nonce}\"" : one.IsSession ? $", cnonce=\"{nonce}\"" : "");
    }

    private static string Hash(Challenge one, string text) => Convert.ToHexStringLower(one.Hash!(Encoding.Latin1.GetBytes(text)));

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private sealed record Challenge(int Strength, Func<byte[], byte[]>? Hash, string Realm, string Nonce, string? Algorithm, string? Opaque, bool HasQuality, bool IsSession, bool IsStale)
    {
        public static Challenge? Read(string text)
        {
            var scheme = text.Split(' ', 2)[0];
            if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            {
                return new Challenge(0, null, "", "", null, null, false, false, false);
            }

            if (!scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase) || text.Length == scheme.Length)
            {
                return null;
            }

            var fields = Parameters(text[scheme.Length..]);
            var algorithm = fields.GetValueOrDefault("algorithm");
            var plain = algorithm?.ToUpperInvariant() ?? "MD5";
            var isSession = plain.EndsWith("-SESS", StringComparison.Ordinal);
            var (strength, hash) = (isSession ? plain[..^5] : plain) switch
            {
                "SHA-256" => (2, (Func<byte[], byte[]>)SHA256.HashData),
                "MD5" => (1, OldHash),
                _ => (-1, OldHash),
            };
            // "auth-int" alone would need the body of each request, which no camera asks for.
            var qualities = fields.GetValueOrDefault("qop")?.Split(',', StringSplitOptions.TrimEntries);
            return strength < 0 || !fields.TryGetValue("nonce", out var nonce) || (qualities is not null && !qualities.Contains("auth", StringComparer.OrdinalIgnoreCase))
                ? null
                : new Challenge(
                    strength, hash, fields.GetValueOrDefault("realm", ""), nonce, algorithm, fields.GetValueOrDefault("opaque"), qualities is not null, isSession,
                    fields.GetValueOrDefault("stale", "").Equals("true", StringComparison.OrdinalIgnoreCase));
        }

        // What most cameras speak; it protects nothing of ours, and the stronger one is taken where it is offered.
#pragma warning disable CA5351
        private static byte[] OldHash(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

        // name=token or name="quoted \" text", separated by commas.
        private static Dictionary<string, string> Parameters(string text)
        {
            var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var at = 0; at < text.Length;)
            {
                var equals = text.IndexOf('=', at);
                if (equals < 0)
                {
                    break;
                }

                var name = text[at..equals].Trim(' ', ',', '\t');
                at = equals + 1;
                var value = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    for (at++; at < text.Length && text[at] != '"'; at++)
                    {
                        at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
                        value.Append(text[at]);
                    }
                }

                var comma = text.IndexOf(',', Math.Min(at, text.Length));
                value.Append(value.Length > 0 || (at < text.Length && text[at] == '"') ? "" : text[at..(comma < 0 ? text.Length : comma)].Trim());
                found[name] = value.ToString();
                at = comma < 0 ? text.Length : comma + 1;
            }

            return found;
        }
    }
}
