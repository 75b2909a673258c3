using Xunit;

namespace MotCua.Edge.Announcing.Tests;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("   ", 0)]
    [InlineData("Một câu ngắn.", 1)]
    [InlineData("Một câu. Hai câu. Ba câu.", 1)]
    public void Short_sentences_stay_together(string text, int pieces) => Assert.Equal(pieces, Sentences.Of(text).Count);

    [Fact]
    public void A_long_text_is_cut_after_sentences_and_nothing_is_lost()
    {
        var text = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"Đây là câu thứ {i} của bài hướng dẫn nộp hồ sơ, theo Nghị định 61.2018, v.v."));
        var pieces = Sentences.Of(text);

        Assert.Equal(text, string.Join(' ', pieces));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 60, Sentences.LongestPiece));
        Assert.All(pieces, piece => Assert.EndsWith(".", piece, StringComparison.Ordinal));
        Assert.True(pieces.Count > 5);
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('x')]
    public void A_text_without_an_end_is_cut_where_a_piece_is_full(char between)
    {
        var text = string.Concat(Enumerable.Repeat("chín" + between, 400)).Trim();
        var pieces = Sentences.Of(text);

        Assert.Equal(text.Replace(" ", ""), string.Concat(pieces).Replace(" ", ""));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, Sentences.LongestPiece));
    }

    [Fact]
    public void Numbers_are_cut_sooner_since_they_are_read_as_words() => Assert.All(
        Sentences.Of(string.Join(' ', Enumerable.Repeat("0912345678", 90))).SkipLast(1), piece => Assert.InRange(piece.Length, 40, Sentences.LongestPiece / Sentences.Digit + 5));

    [Fact]
    public void No_letter_of_two_units_is_cut_in_half() =>
        Assert.All(Sentences.Of(new string('a', Sentences.LongestPiece - 1) + "\U00020000" + new string('b', 300)), piece => Assert.False(char.IsLowSurrogate(piece[0])));
}
