using System.Text;
using System.Text.Json;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.Tests.Documents;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Tests.Configuration;

public sealed class DesiredConfigurationTests : IDisposable
{
    private static readonly CentreId Centre = new("pt-viet-tri");
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly ProvinceKey province = ProvinceKey.Create();

    public void Dispose() => province.Dispose();

    [Fact]
    public void A_signed_configuration_is_read_as_it_was_written()
    {
        var word = new DesiredConfiguration(Centre, 7, Morning, "name: Phường Việt Trì\n\t«quầy» 😀\u2028\n");
        Assert.Equal(word, DesiredConfiguration.TryVerify(province, Centre, word.Sign(province), out var reason));
        Assert.Equal("", reason);
    }

    [Fact]
    public void Vietnamese_letters_travel_as_themselves()
    {
        var word = new DesiredConfiguration(Centre, 7, Morning, new string('ờ', 1000)).Sign(province);
        Assert.InRange(word.Length, 4_000, 4_600);
    }

    [Fact]
    public void The_largest_text_fits_a_token_whatever_it_holds_but_strange_letters()
    {
        foreach (var letter in (string[])["\"", "\n", "a", "ữ", "\\"])
        {
            var text = string.Concat(Enumerable.Repeat(letter, DesiredConfiguration.MaxTextBytes / Encoding.UTF8.GetByteCount(letter)));
            var token = new DesiredConfiguration(Centre, 1, Morning, text).Sign(province);
            Assert.InRange(token.Length, 1, DesiredConfiguration.MaxBytes);
            Assert.Equal(text, DesiredConfiguration.TryVerify(province, Centre, token, out _)?.Text);
        }
    }

    [Fact]
    public void Another_key_centre_purpose_or_byte_is_refused()
    {
        using var stranger = ProvinceKey.Create();
        var word = new DesiredConfiguration(Centre, 7, Morning, "name: x");
        Refused(word.Sign(stranger), "signature");
        Refused((word with { Centre = new CentreId("lam-thao") }).Sign(province), "another centre");
        Refused(new Ack(Centre, new EpochId(1), 0, ChainHash.Genesis).Sign(province, Morning), "cfg+jwt");
        var changed = word.Sign(province);
        changed[^5] ^= 1;
        Refused(changed, "signature");
        Refused([], "Not a token");
        Refused(new byte[1024 * 1024], $"at most {DesiredConfiguration.MaxBytes}");
    }

    [Theory]
    [InlineData("""{"aud":"pt-viet-tri","iat":1,"rev":0,"hash":"","text":"x"}""", "rev is")]
    [InlineData("""{"aud":"pt-viet-tri","iat":1,"rev":-3,"hash":"","text":"x"}""", "rev is")]
    [InlineData("""{"aud":"pt-viet-tri","iat":1,"rev":9007199254740993,"hash":"","text":"x"}""", "rev is")]
    [InlineData("""{"aud":"pt-viet-tri","iat":0,"rev":1,"hash":"","text":"x"}""", "iat")]
    [InlineData("""{"aud":"pt-viet-tri","iat":1,"rev":1,"hash":"00","text":"x"}""", "hash")]
    [InlineData("""{"aud":"pt-viet-tri","iat":1,"rev":1,"hash":"00"}""", "Not a token")]
    [InlineData("""{"aud":"pt-viet-tri","iat":1,"rev":1.5,"hash":"00","text":"x"}""", "Not a token")]
    public void What_makes_no_sense_is_refused_though_the_province_signed_it(string claims, string why) => Refused(Signed(JsonSerializer.Deserialize<JsonElement>(claims)), why);

    [Fact]
    public void A_text_that_is_too_long_is_refused_though_its_token_is_not()
    {
        var text = new string('a', DesiredConfiguration.MaxTextBytes + 1);
        Refused(new DesiredConfiguration(Centre, 1, Morning, text).Sign(province), "more than");
    }

    [Fact]
    public void What_became_of_it_always_fits_an_event()
    {
        var worst = new string('\u2028', 5_000);
        var changed = ConfigurationChanged.Of(1L << 53, new string('a', 64), ConfigurationOutcome.RolledBack, worst, [.. Enumerable.Repeat(worst, 500)]);
        Assert.InRange(Samples.Bytes(1, changed).Length, 1, EventCodec.MaxBytes);
        Assert.Equal((ConfigurationChanged.MostErrors, "… và 489 lỗi khác"), (changed.Errors.Count, changed.Errors[^1]));
        Assert.True(changed.IsFitting());
        Assert.Equal("a b…", ConfigurationChanged.Of(1, "", ConfigurationOutcome.Kept, "a\nb" + new string('x', 400), []).Reason?[..3] + "…");
    }

    private void Refused(byte[] token, string why)
    {
        Assert.Null(DesiredConfiguration.TryVerify(province, Centre, token, out var reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    private byte[] Signed(JsonElement claims) => SignedToken.Sign(province, "cfg+jwt", claims, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonElement>)Schemas.Like(typeof(JsonElement)));
}
