using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Commands;

/// <summary>The province's word that a centre do something, on <c>down/cmd</c>: signed, for one centre, once, and not for ever.</summary>
/// <param name="Kind">One of <see cref="CommandKinds"/>, or newer than this program.</param>
/// <param name="Body">A JSON object; what it holds is the kind's own. Fields that nobody knows are ignored.</param>
/// <param name="Issued">When it was signed, by the province's clock; said anew each time that it is sent.</param>
/// <param name="Expires">Not begun after this, by the province's clock; the same each time.</param>
public sealed record Command(CentreId Centre, CommandId Id, string Kind, JsonElement Body, DateTimeOffset Issued, DateTimeOffset Expires)
{
    /// <summary>The longest life of a command. It bounds how long a centre must remember which it has had.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    public const int MaxKind = 40;

    private const string Type = "cmd+jwt";

    public byte[] Sign(ProvinceKey key) => SignedToken.Sign(
        key, Type, new CommandClaims(Centre.Value, Issued.ToUnixTimeSeconds(), Expires.ToUnixTimeSeconds(), Id.Value, Kind, Body), CommandJson.Default.CommandClaims);

    /// <summary>Checks signature, purpose and audience, and that the claims can be read. Whether it is too late, or was had before, is the centre's question.</summary>
    /// <returns>Null, with the reason in words, when it is not a word of the province to this centre.</returns>
    public static Command? TryVerify(ProvinceKey key, CentreId centre, ReadOnlySpan<byte> token, out string reason)
    {
        if (SignedToken.TryVerify(key, Type, token, CommandJson.Default.CommandClaims, out reason) is not { } claims)
        {
            return null;
        }

        reason = claims switch
        {
            _ when claims.Aud != centre.Value => "The command is for another centre.",
            _ when !CommandId.IsValid(claims.Jti) => "The command's jti is not 1 to 32 of a-z, 0-9 and '-'.",
            { Kind.Length: 0 or > MaxKind } => $"A kind has 1 to {MaxKind} characters.",
            { Body.ValueKind: not JsonValueKind.Object } => "The body is not an object.",
            _ when !IsTime(claims.Iat) || !IsTime(claims.Exp) || claims.Exp <= claims.Iat => "iat and exp are no times, or exp is not after iat.",
            _ => "",
        };
        return reason.Length > 0 ? null : new Command(
            centre, new CommandId(claims.Jti), claims.Kind, claims.Body, DateTimeOffset.FromUnixTimeSeconds(claims.Iat), DateTimeOffset.FromUnixTimeSeconds(claims.Exp));
    }

    // Past the year 9000 arithmetic on times would overflow.
    private static bool IsTime(long seconds) => seconds is > 0 and < 221_845_392_000;
}

/// <summary>Claims of <c>down/cmd</c> as they travel.</summary>
/// <param name="Aud">The centre.</param>
/// <param name="Iat">Seconds since 1970.</param>
/// <param name="Exp">Seconds since 1970.</param>
/// <param name="Jti">A <see cref="CommandId"/>.</param>
public sealed record CommandClaims(string Aud, long Iat, long Exp, string Jti, string Kind, JsonElement Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CommandClaims))]
internal sealed partial class CommandJson : JsonSerializerContext;
