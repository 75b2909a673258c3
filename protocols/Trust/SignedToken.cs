using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace MotCua.Protocols.Trust;

/// <summary>A JWT in compact form (RFC 7519), ES256 only: whoever asks for another algorithm is refused before anything else is read.</summary>
public static class SignedToken
{
    /// <summary>Longest token taken, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <param name="type">What it is for, such as <c>ack+jwt</c>: a token made for one purpose is refused for any other (RFC 8725 §3.11).</param>
    public static byte[] Sign<T>(ProvinceKey key, string type, T claims, JsonTypeInfo<T> info)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","typ":"{{type}}"}"""));
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, info));
        var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
        return [.. signed, (byte)'.', .. Encoding.ASCII.GetBytes(Base64Url.EncodeToString(key.Sign(signed)))];
    }

    /// <param name="most">Longest token taken for this purpose, in bytes.</param>
    /// <returns>The claims, or null with the reason in words; nothing of a token that does not verify is given out.</returns>
    public static T? TryVerify<T>(ProvinceKey key, string type, ReadOnlySpan<byte> token, JsonTypeInfo<T> info, out string reason, int most = MaxBytes)
        where T : class
    {
        reason = "Not a token.";
        if (token.Length > most)
        {
            reason = $"A token has at most {most} bytes.";
            return null;
        }

        var firstDot = token.IndexOf((byte)'.');
        var lastDot = token.LastIndexOf((byte)'.');
        if (firstDot <= 0 || lastDot == firstDot)
        {
            return null;
        }

        try
        {
            if (!HeaderFits(Base64Url.DecodeFromUtf8(token[..firstDot]), type))
            {
                reason = $"The header does not say ES256 and {type}.";
                return null;
            }

            if (!key.Verify(token[..lastDot], Base64Url.DecodeFromUtf8(token[(lastDot + 1)..])))
            {
                reason = "The signature is not the province's.";
                return null;
            }

            var payload = Base64Url.DecodeFromUtf8(token[(firstDot + 1)..lastDot]);
            if (!Utf8.IsValid(payload))
            {
                // Else a claim that is kept as it stands would break whoever reads it later.
                reason = "The token is not valid UTF-8.";
                return null;
            }

            var claims = JsonSerializer.Deserialize(payload, info);
            reason = claims is null ? "The token says nothing." : "";
            return claims;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            reason = "Not a token.";
            return null;
        }
    }

    private static bool HeaderFits(ReadOnlySpan<byte> header, string type)
    {
        var (algorithmFits, typeFits) = (false, false);
        var json = new Utf8JsonReader(header);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
            {
                continue;
            }

            // Extensions that must be understood (RFC 7515 §4.1.11): none is.
            if (json.ValueTextEquals("crit"u8))
            {
                return false;
            }

            var isAlgorithm = json.ValueTextEquals("alg"u8);
            var isType = json.ValueTextEquals("typ"u8);
            json.Read();
            if (isAlgorithm)
            {
                algorithmFits = json.TokenType == JsonTokenType.String && json.ValueTextEquals("ES256"u8);
            }
            else if (isType)
            {
                typeFits = json.TokenType == JsonTokenType.String && json.ValueTextEquals(type);
            }
        }

        return algorithmFits && typeFits;
    }
}
