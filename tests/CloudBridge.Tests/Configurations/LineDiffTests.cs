using MotCua.CloudBridge.Configurations;
using Xunit;

namespace MotCua.CloudBridge.Tests.Configurations;

public sealed class LineDiffTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc\n", "")]
    [InlineData("a\nb\nc", "a\r\nx\r\nc", "- b|+ x")]
    [InlineData("a\nb\nc", "a\nc", "- b")]
    [InlineData("a\nc", "a\nb\nc", "+ b")]
    [InlineData("a\nb\nc\nd", "b\nx\nd\ne", "- a|- c|+ x|+ e")]
    [InlineData("", "a", "- |+ a")]
    public void What_goes_and_what_comes_is_told_line_by_line(string before, string after, string changes) =>
        Assert.Equal(changes, string.Join('|', LineDiff.Between(before, after)));

    [Fact]
    public void Texts_without_a_line_in_common_are_told_in_part()
    {
        var (before, after) = (string.Join('\n', Enumerable.Range(0, 30_000)), string.Join('\n', Enumerable.Range(50_000, 30_000)));
        var changes = LineDiff.Between(before, after);
        Assert.Equal((LineDiff.Most, "- 0", "… 59601"), (changes.Count, changes[0], changes[^1]));
    }
}
