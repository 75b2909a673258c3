using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Configuration;

/// <summary>The province's word how a centre shall be set up, on <c>down/cfg</c>, retained: signed, for one centre, newer than the one before.</summary>
/// <param name="Revision">Rises with each word to the centre, 1 to 2⁵³; a centre never takes an older one. A bridge uses the second in which it was given, so that one restored from a backup never falls behind.</param>
/// <param name="Issued">When it was given, by the province's clock; for people only, since a newer revision counts whatever the time.</param>
/// <param name="Text">All of <c>centre.yaml</c>, at most <see cref="MaxTextBytes"/> bytes of UTF-8.</param>
public sealed record DesiredConfiguration(CentreId Centre, long Revision, DateTimeOffset Issued, string Text)
{
    /// <summary>A large centre's file has some 10 KB.</summary>
    public const int MaxTextBytes = 64 * 1024;

    /// <summary>Longest token, in bytes: such a text with a third of it escaped.</summary>
    public const int MaxBytes = 192 * 1024;

    private const string Type = "cfg+jwt";
    private const long MostRevision = 1L << 53;

    // Vietnamese letters as themselves: half the bytes on a slow line.
    private static readonly ConfigurationJson Writing = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    });

    /// <summary>SHA-256 of the text as UTF-8, 64 hexadecimal digits; the same as of a file with these bytes.</summary>
    public string Hash => HashOf(Text);

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public byte[] Sign(ProvinceKey key) => SignedToken.Sign(
        key, Type, new ConfigurationClaims(Centre.Value, Issued.ToUnixTimeSeconds(), Revision, Hash, Text), Writing.ConfigurationClaims);

    /// <summary>Checks signature, purpose, audience, size and hash. Whether it is newer, and whether a centre can work by it, is the centre's question.</summary>
    /// <returns>Null, with the reason in words, when it is not a word of the province to this centre.</returns>
    public static DesiredConfiguration? TryVerify(ProvinceKey key, CentreId centre, ReadOnlySpan<byte> token, out string reason)
    {
        if (SignedToken.TryVerify(key, Type, token, ConfigurationJson.Default.ConfigurationClaims, out reason, MaxBytes) is not { } claims)
        {
            return null;
        }

        reason = claims switch
        {
            _ when claims.Aud != centre.Value => "The configuration is for another centre.",
            { Rev: < 1 or > MostRevision } => "rev is 1 to 2^53.",
            { Iat: <= 0 or >= 221_845_392_000 } => "iat is no time.",
            _ when Encoding.UTF8.GetByteCount(claims.Text) > MaxTextBytes => $"The text has more than {MaxTextBytes} bytes.",
            _ when HashOf(claims.Text) != claims.Hash => "The hash is not the text's.",
            _ => "",
        };
        return reason.Length > 0 ? null : new DesiredConfiguration(centre, claims.Rev, DateTimeOffset.FromUnixTimeSeconds(claims.Iat), claims.Text);
    }
}

/// <summary>Claims of <c>down/cfg</c> as they travel.</summary>
/// <param name="Aud">The centre.</param>
/// <param name="Iat">Seconds since 1970.</param>
/// <param name="Rev">The revision.</param>
/// <param name="Hash">SHA-256 of the text, 64 lower-case hexadecimal digits.</param>
/// <param name="Text">The whole file.</param>
public sealed record ConfigurationClaims(string Aud, long Iat, long Rev, string Hash, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConfigurationClaims))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
