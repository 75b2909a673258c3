using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Tests.Documents;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly ProvinceKey key = ProvinceKey.Create();

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_command_is_read_back_with_the_public_key_alone()
    {
        using var known = ProvinceKey.FromPem(key.PublicPem());
        var sent = Word("""{"text":"Nghỉ trưa."}""");
        var read = Command.TryVerify(known, Samples.Centre, sent.Sign(key), out var reason);
        Assert.Equal("", reason);
        Assert.Equal((sent.Id, sent.Kind, sent.Issued, sent.Expires), (read!.Id, read.Kind, read.Issued, read.Expires));
        Assert.Equal("Nghỉ trưa.", CommandKinds.TryRead<AnnounceBody>(read.Body, out _)?.Text);
    }

    [Fact]
    public async Task Another_implementation_takes_our_token_and_sees_when_it_expires()
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.PublicPem());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(Encoding.ASCII.GetString(Word("{}").Sign(key)), new TokenValidationParameters
        {
            IssuerSigningKey = new ECDsaSecurityKey(ecdsa),
            ValidTypes = ["cmd+jwt"],
            ValidAlgorithms = ["ES256"],
            ValidAudience = Samples.Centre.Value,
            ValidateIssuer = false,
            LifetimeValidator = (_, expires, _, _) => expires == Now.AddHours(1).UtcDateTime,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("lenh-1", result.Claims["jti"]);
    }

    [Fact]
    public void A_command_for_another_centre_or_of_another_key_is_refused()
    {
        using var stranger = ProvinceKey.Create();
        Refused(Word("{}").Sign(stranger));
        Refused((Word("{}") with { Centre = new CentreId("xa-tam-dao") }).Sign(key));
    }

    [Fact]
    public void An_acknowledgement_is_no_command_and_a_command_no_acknowledgement()
    {
        var ack = new Ack(Samples.Centre, Samples.Epoch, 0, MotCua.Protocols.Events.ChainHash.Genesis);
        Refused(ack.Sign(key, Now));
        Assert.Null(Ack.TryVerify(key, Samples.Centre, Word("{}").Sign(key), out _));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("HS256", true)]
    public void A_token_without_a_signature_or_with_one_made_of_our_public_key_is_refused(string algorithm, bool hasSignature)
    {
        var parts = Encoding.ASCII.GetString(Word("{}").Sign(key)).Split('.');
        var head = $$"""{"alg":"{{algorithm}}","typ":"cmd+jwt"}""";
        var words = Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(head))}.{parts[1]}");
        var signature = hasSignature ? Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.PublicPem()), words)) : "";
        Refused([.. words, (byte)'.', .. Encoding.ASCII.GetBytes(signature)]);
    }

    [Theory]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a","kind":"announce"}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a","kind":"announce","body":"x"}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a","kind":"announce","body":null}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a/../b","kind":"announce","body":{}}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"","kind":"announce","body":{}}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a","kind":"","body":{}}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":2,"exp":2,"jti":"a","kind":"announce","body":{}}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":-1,"exp":2,"jti":"a","kind":"announce","body":{}}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":1,"exp":9223372036854775807,"jti":"a","kind":"announce","body":{}}""")]
    [InlineData("""{"aud":"phuong-viet-tri","iat":"1","exp":2,"jti":"a","kind":"announce","body":{}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Claims_that_cannot_be_meant_are_refused_though_the_signature_fits(string claims) => Refused(Signed(Encoding.UTF8.GetBytes(claims)));

    [Fact]
    public void A_signed_text_that_is_not_UTF_8_is_refused()
    {
        var claims = Encoding.UTF8.GetBytes("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a","kind":"announce","body":{"text":"xyz"}}""");
        claims[Array.IndexOf(claims, (byte)'z')] = 0xc3;
        Refused(Signed(claims));
    }

    [Fact]
    public void Fields_that_nobody_knows_are_ignored_in_the_claims_and_in_the_body()
    {
        var token = Signed("""{"aud":"phuong-viet-tri","iat":1,"exp":2,"jti":"a","kind":"announce","body":{"text":"Chào.","colour":[1]},"nbf":7,"x":{}}"""u8.ToArray());
        var read = Command.TryVerify(key, Samples.Centre, token, out _);
        Assert.Equal(new AnnounceBody("Chào."), CommandKinds.TryRead<AnnounceBody>(read!.Body, out _));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":7}""")]
    [InlineData("""{"text":"\ud800"}""")]
    [InlineData("""{"text":"a","at":"noon"}""")]
    public void A_body_that_is_not_of_its_kind_is_refused_in_words(string body)
    {
        Assert.Null(CommandKinds.TryRead<AnnounceBody>(JsonElement.Parse(body), out var reason));
        Assert.NotEmpty(reason);
    }

    [Theory]
    [InlineData("Trung tâm nghỉ trưa.", true)]
    [InlineData("8", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData("...", false)]
    [InlineData("một\nhai", false)]
    public void A_text_can_be_said_when_it_has_words_on_one_line(string text, bool can) => Assert.Equal(can, AnnounceBody.CanBeSaid(text));

    [Fact]
    public void A_text_of_ten_thousand_characters_cannot_be_said() => Assert.False(AnnounceBody.CanBeSaid(new string('a', 10_000)));

    [Fact]
    public void A_kind_that_nobody_knows_has_no_body() => Assert.Null(CommandKinds.InfoOf("fly"));

    [Fact]
    public void A_reason_that_is_too_long_is_cut_and_says_so()
    {
        var cut = CommandAnswer.Fitting(new string('ế', 1000));
        Assert.Equal(CommandAnswer.MaxReason, cut!.Length);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.Null(CommandAnswer.Fitting(null));
    }

    private static Command Word(string body) => new(Samples.Centre, new CommandId("lenh-1"), CommandKinds.Announce, JsonElement.Parse(body), Now, Now.AddHours(1));

    private byte[] Signed(byte[] claims)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(key.PrivatePem());
        var words = $"{Base64Url.EncodeToString("""{"alg":"ES256","typ":"cmd+jwt"}"""u8)}.{Base64Url.EncodeToString(claims)}";
        return Encoding.ASCII.GetBytes($"{words}.{Base64Url.EncodeToString(ecdsa.SignData(Encoding.ASCII.GetBytes(words), HashAlgorithmName.SHA256))}");
    }

    private void Refused(byte[] token)
    {
        Assert.Null(Command.TryVerify(key, Samples.Centre, token, out var reason));
        Assert.NotEmpty(reason);
    }
}
