using System.Text;
using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.Slip;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

public sealed class LogoFileTests
{
    [Fact]
    public void A_picture_is_read_dot_for_dot()
    {
        var logo = LogoFile.Read(Pbm("P4\n# by hand\n10 2\n", 0xFF, 0xC0, 0x80, 0x40), 384);
        Assert.Equal((16, 2), (logo.Width, logo.Height));
        Assert.Equal([0xFF, 0xC0], logo.Row(0).ToArray());
        Assert.Equal([0x80, 0x40], logo.Row(1).ToArray());
    }

    [Theory]
    [InlineData("P1\n1 1\n1", "P4")]
    [InlineData("\u0089PNG\r\n", "P4")]
    [InlineData("P4", "0×0")]
    [InlineData("P4\n385 1\n", "385×1")]
    [InlineData("P4\n8 401\n", "8×401")]
    [InlineData("P4\n999999999999 1\n", "cần rộng 1–384")]
    [InlineData("P4\n384 400\nshort", "cụt")]
    [InlineData("P4\n# a comment without an end", "0×0")]
    public void What_is_no_such_picture_or_too_large_is_told(string file, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => LogoFile.Read(Encoding.Latin1.GetBytes(file), 384)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_logo_stands_in_the_middle_above_everything()
    {
        var logo = new Raster(96);
        logo.Box(0, 0, 96, 40);
        using var glyphs = new Edge.Devices.Printing.Fonts.FreeTypeGlyphs();
        var paper = new SlipPainter(glyphs, 384, logo).Paint(Slips.Bare);
        Assert.All(Enumerable.Range(0, 40), y => Assert.True(paper[144, y] && paper[239, y] && !paper[143, y] && !paper[240, y]));
    }

    private static byte[] Pbm(string header, params byte[] dots) => [.. Encoding.ASCII.GetBytes(header), .. dots];
}
