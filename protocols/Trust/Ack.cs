using System.Globalization;
using System.Text.Json.Serialization;
using MotCua.Protocols.Events;

namespace MotCua.Protocols.Trust;

/// <summary>The bridge's word, after its commit, that it holds the log of <paramref name="Epoch"/> up to <paramref name="UpTo"/>, bit for bit.</summary>
/// <param name="UpTo">0 when it holds nothing of that epoch yet; the hash is then the genesis.</param>
public sealed record Ack(CentreId Centre, EpochId Epoch, long UpTo, ChainHash Hash)
{
    private const string Type = "ack+jwt";

    public byte[] Sign(ProvinceKey key, DateTimeOffset now) => SignedToken.Sign(
        key, Type, new AckClaims(Centre.Value, now.ToUnixTimeSeconds(), Epoch.ToString(), UpTo.ToString(CultureInfo.InvariantCulture), Hash.ToString()), AckJson.Default.AckClaims);

    /// <summary>Checks signature, purpose and audience.</summary>
    /// <remarks>No expiry: an acknowledgement stays true for ever, the edge takes it only forward and only where the hash fits its own, and its clock may be wrong.</remarks>
    /// <returns>Null, with the reason in words, when it is not a word of the province to this centre.</returns>
    public static Ack? TryVerify(ProvinceKey key, CentreId centre, ReadOnlySpan<byte> token, out string reason) => TryVerify(key, centre, token, out _, out reason);

    /// <inheritdoc cref="TryVerify(ProvinceKey, CentreId, ReadOnlySpan{byte}, out string)"/>
    /// <param name="signedAt">When it was signed, by the province's clock, cut to whole seconds.</param>
    public static Ack? TryVerify(ProvinceKey key, CentreId centre, ReadOnlySpan<byte> token, out DateTimeOffset signedAt, out string reason)
    {
        signedAt = default;
        var claims = SignedToken.TryVerify(key, Type, token, AckJson.Default.AckClaims, out reason);
        if (claims is null)
        {
            return null;
        }

        if (claims.Aud != centre.Value)
        {
            reason = "The acknowledgement is for another centre.";
            return null;
        }

        if (!EpochId.TryParse(claims.Epoch, out var epoch) || !ChainHash.TryParse(claims.Hash, out var hash)
            || !DecimalText.TryParse(claims.UpTo, out var upTo))
        {
            reason = "The acknowledgement's epoch, upTo or hash cannot be read.";
            return null;
        }

        // A time that is none says nothing of when it was signed; the acknowledgement itself stays true.
        signedAt = claims.Iat is > 0 and < 221_845_392_000 ? DateTimeOffset.FromUnixTimeSeconds(claims.Iat) : default;
        reason = "";
        return new Ack(centre, epoch, upTo, hash);
    }
}

/// <summary>Claims of <c>down/ack</c> as they travel.</summary>
public sealed record AckClaims(string Aud, long Iat, string Epoch, string UpTo, string Hash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AckClaims))]
internal sealed partial class AckJson : JsonSerializerContext;
