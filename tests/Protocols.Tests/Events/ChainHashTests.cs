using System.Text;
using MotCua.Protocols.Events;

namespace MotCua.Protocols.Tests.Events;

public sealed class ChainHashTests
{
    // Computed apart: ( head -c 32 /dev/zero; printf '{"seq":"1"}' ) | sha256sum, and so on with the digest before.
    [Fact]
    public void The_chain_is_sha_256_over_the_hash_before_and_the_bytes()
    {
        var one = ChainHash.Genesis.Next("{\"seq\":\"1\"}"u8);
        Assert.Equal("67673bc361e2b036aa4538f7f47bcbd62fbde3d6b630e82c61adf1f2b495b017", one.ToString());
        Assert.Equal("8875e95216d0d40db23e081eaabe90f26590424096d20db3744ce63d92b724d2", one.Next("{\"seq\":\"2\"}"u8).ToString());
    }

    [Theory]
    [InlineData(2015, "5edf845b7dabce6daaee09dc256ae55c6995327e9d4f17c65b4781c85b272d83")]
    [InlineData(2048, "45a9e611b4f2ecc7c6d1bee38293c4f5f264881da96bb8958f7a6d1bbdd4d6d6")]
    [InlineData(2049, "3ea953c0cab4e400f967f3686cc1609bb251169108e35814ee0c98f76bf97ce0")]
    [InlineData(16_384, "0ecdf8ee908ca6bcb9257ee9319934781418229ab2514a6b7824bd56a1d71710")]
    public void Long_events_hash_like_short_ones(int length, string expected) =>
        Assert.Equal(expected, ChainHash.Genesis.Next(Encoding.ASCII.GetBytes(new string('x', length))).ToString());

    [Fact]
    public void A_hash_is_read_back_from_its_text_and_its_bytes()
    {
        var hash = ChainHash.Genesis.Next("x"u8);
        Assert.True(ChainHash.TryParse(hash.ToString(), out var read));
        Assert.Equal(hash, read);
        var bytes = new byte[ChainHash.Size];
        hash.CopyTo(bytes);
        Assert.Equal(hash, ChainHash.From(bytes));
        Assert.NotEqual(hash, ChainHash.Genesis);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_hash_is_refused(string text) => Assert.False(ChainHash.TryParse(text, out _));

    [Theory]
    [InlineData("3f9a11c027de5b84", true)]
    [InlineData("3F9A11C027DE5B84", false)]
    [InlineData("3f9a11c027de5b8", false)]
    [InlineData("3f9a11c027de5b8\0", false)]
    [InlineData(" 3f9a11c027de5b8", false)]
    public void An_epoch_has_one_text(string text, bool taken)
    {
        Assert.Equal(taken, EpochId.TryParse(text, out var epoch));
        Assert.True(!taken || epoch.ToString() == text);
    }
}
