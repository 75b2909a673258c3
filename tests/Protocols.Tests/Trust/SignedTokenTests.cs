using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MotCua.Protocols.Events;
using MotCua.Protocols.Tests.Documents;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Tests.Trust;

public sealed class SignedTokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly Ack Word = new(Samples.Centre, Samples.Epoch, 10, ChainHash.Genesis.Next("x"u8));

    private readonly ProvinceKey key = ProvinceKey.Create();

    [Fact]
    public void An_acknowledgement_is_read_back_with_the_public_key_alone()
    {
        using var known = ProvinceKey.FromPem(key.PublicPem());
        Assert.Equal(Word, Ack.TryVerify(known, Samples.Centre, Word.Sign(key, Now), out var reason));
        Assert.Equal("", reason);
    }

    [Fact]
    public void Nothing_is_held_yet_is_said_with_zero_and_the_genesis()
    {
        var nothing = new Ack(Samples.Centre, Samples.Epoch, 0, ChainHash.Genesis);
        Assert.Equal(nothing, Ack.TryVerify(key, Samples.Centre, nothing.Sign(key, Now), out _));
    }

    [Fact]
    public async Task Another_implementation_takes_our_token()
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(Encoding.ASCII.GetString(Word.Sign(key, Now)), new TokenValidationParameters
        {
            IssuerSigningKey = SecurityKey(key.PublicPem()),
            ValidTypes = ["ack+jwt"],
            ValidAlgorithms = ["ES256"],
            ValidAudience = Samples.Centre.Value,
            ValidateIssuer = false,
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("10", result.Claims["upTo"]);
        Assert.Equal(Samples.Epoch.ToString(), result.Claims["epoch"]);
    }

    [Fact]
    public void We_take_the_token_of_another_implementation()
    {
        var token = Foreign(SecurityAlgorithms.EcdsaSha256, "ack+jwt", SecurityKey(key.PrivatePem()));
        Assert.Equal(Word, Ack.TryVerify(key, Samples.Centre, token, out var reason));
        Assert.Equal("", reason);
    }

    [Fact]
    public void A_token_for_another_purpose_is_refused() =>
        Refused(Foreign(SecurityAlgorithms.EcdsaSha256, "cmd+jwt", SecurityKey(key.PrivatePem())));

    [Fact]
    public void A_token_signed_with_a_shared_secret_is_refused_even_when_the_secret_is_our_public_key() =>
        Refused(Foreign(SecurityAlgorithms.HmacSha256, "ack+jwt", new SymmetricSecurityKey(Encoding.ASCII.GetBytes(key.PublicPem()))));

    [Fact]
    public void A_token_of_another_key_is_refused()
    {
        using var stranger = ProvinceKey.Create();
        Refused(Word.Sign(stranger, Now));
    }

    [Fact]
    public void A_token_for_another_centre_is_refused() => Refused((Word with { Centre = new CentreId("xa-tam-dao") }).Sign(key, Now));

    [Theory]
    [InlineData("""{"alg":"none","typ":"ack+jwt"}""")]
    [InlineData("""{"typ":"ack+jwt"}""")]
    [InlineData("""{"alg":"es256","typ":"ack+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"ack+jwt","crit":["exp"]}""")]
    [InlineData("""{"x":{"alg":"ES256","typ":"ack+jwt"}}""")]
    [InlineData("""["alg","ES256"]""")]
    [InlineData("nonsense")]
    public void A_header_that_does_not_say_ES256_and_the_purpose_is_refused_though_the_signature_fits(string header)
    {
        var parts = Encoding.ASCII.GetString(Word.Sign(key, Now)).Split('.');
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}";
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.PrivatePem());
        var signature = Base64Url.EncodeToString(ecdsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
        Refused(Encoding.ASCII.GetBytes($"{signed}.{signature}"));
        Refused(Encoding.ASCII.GetBytes($"{signed}."));
    }

    [Fact]
    public void A_token_with_any_byte_changed_is_refused()
    {
        var token = Word.Sign(key, Now);
        for (var at = 0; at < token.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var altered = (byte[])token.Clone();
                altered[at] ^= (byte)(1 << bit);
                Refused(altered);
            }
        }
    }

    [Fact]
    public void A_token_cut_at_any_byte_is_refused()
    {
        var token = Word.Sign(key, Now);
        for (var length = 0; length < token.Length; length++)
        {
            Refused(token[..length]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("a.b.c")]
    [InlineData("{}")]
    [InlineData("e30.e30.e30")]
    public void Garbage_is_refused(string text) => Refused(Encoding.ASCII.GetBytes(text));

    [Fact]
    public void A_token_that_is_too_long_is_refused_before_it_is_read() => Refused(new byte[SignedToken.MaxBytes + 1]);

    [Fact]
    public void Only_keys_on_P_256_are_taken()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.ThrowsAny<CryptographicException>(() => ProvinceKey.FromPem(other.ExportPkcs8PrivateKeyPem()));
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.ThrowsAny<CryptographicException>(() => ProvinceKey.FromPem(brainpool.ExportPkcs8PrivateKeyPem()));
        using var rsa = RSA.Create(2048);
        Assert.ThrowsAny<CryptographicException>(() => ProvinceKey.FromPem(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.ThrowsAny<CryptographicException>(() => ProvinceKey.FromPem("no key"));
    }

    public void Dispose() => key.Dispose();

    private static ECDsaSecurityKey SecurityKey(string pem)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(pem);
        return new ECDsaSecurityKey(ecdsa);
    }

    private static byte[] Foreign(string algorithm, string type, SecurityKey signing)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var descriptor = new SecurityTokenDescriptor
        {
            TokenType = type,
            SigningCredentials = new SigningCredentials(signing, algorithm),
            Claims = new Dictionary<string, object>
            {
                ["aud"] = Word.Centre.Value, ["iat"] = Now.ToUnixTimeSeconds(), ["epoch"] = Word.Epoch.ToString(), ["upTo"] = "10", ["hash"] = Word.Hash.ToString(),
            },
        };
        return Encoding.ASCII.GetBytes(handler.CreateToken(descriptor));
    }

    private void Refused(byte[] token)
    {
        Assert.Null(Ack.TryVerify(key, Samples.Centre, token, out var reason));
        Assert.NotEmpty(reason);
    }
}
