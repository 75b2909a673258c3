using MotCua.Devices.Tests.Boards.Contract;
using MotCua.Edge.Devices.Boards.Hd44780;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>Vietnamese letters in the eight own glyphs of a character LCD.</summary>
public sealed class LcdGlyphTests
{
    [Fact]
    public void The_words_of_the_board_wear_their_marks()
    {
        var rig = new LcdRig(LcdVietnamese.Glyphs);
        rig.Board.Show(Views.Of(12, "A105 3"), fromScratch: true);
        Assert.Equal("▒ANG G▒I      CH▒ 12", rig.Glass.Lines[0]);
        Assert.Equal("S▒ A105  QU▒Y 3     ", rig.Glass.Lines[1]);
    }

    [Fact]
    public void A_letter_has_its_dots_and_both_ways_of_writing_it_are_one()
    {
        var (composed, combining) = (new LcdRig(LcdVietnamese.Glyphs), new LcdRig(LcdVietnamese.Glyphs));
        composed.Board.Show(Views.Of(1) with { Notice = "Ụ" }, fromScratch: true);
        combining.Board.Show(Views.Of(1) with { Notice = "u\u0323" }, fromScratch: true);
        Assert.Equal(composed.Seen, combining.Seen);
        var glyph = composed.Glass.Glyphs.AsSpan(composed.Glass.Codes.First(code => code < 8) * 8, 8).ToArray();
        Assert.Equal(["00000", "10010", "10010", "10010", "10010", "01100", "00000", "01100"], glyph.Select(row => Convert.ToString(row, 2).PadLeft(5, '0')));
    }

    [Fact]
    public void Beyond_eight_letters_the_rarest_lose_their_marks()
    {
        var rig = new LcdRig(LcdVietnamese.Glyphs);
        rig.Board.Show(Views.Of(1) with { Notice = "ÀÁẢÃẠ ÈÉẺ ÀÁẢÃẠ ÈÉẺ ỲÝ" }, fromScratch: true);
        var lines = string.Join(' ', rig.Glass.Lines.Select(line => line.Trim())).Trim();
        Assert.Equal("▒▒▒▒▒ ▒▒▒ ▒▒▒▒▒ ▒▒▒ YY", lines);
    }

    [Fact]
    public void Letters_that_stay_are_not_drawn_again()
    {
        var rig = new LcdRig(LcdVietnamese.Glyphs);
        rig.Board.Show(Views.Of(12, "A105 3"), fromScratch: true);
        var before = rig.Bytes;
        rig.Board.Show(Views.Of(12, "A106 3") with { }, fromScratch: false);
        Assert.InRange(rig.Bytes - before, 1, 12);
    }

    [Fact]
    public void A_page_with_other_letters_and_back_is_one_transaction_each()
    {
        var rig = new LcdRig(LcdVietnamese.Glyphs);
        rig.Board.Show(Views.Of(12, "A105 3"), fromScratch: true);
        var before = (rig.Bus.Count, rig.Seen);
        rig.Board.Show(Views.Of(12) with { Notice = "TẠM NGỪNG PHỤC VỤ" }, fromScratch: false);
        rig.Board.Show(Views.Of(12, "A105 3"), fromScratch: false);
        Assert.Equal(2, (rig.Bus.Count - before.Count).Transactions);
        Assert.Equal(before.Seen, rig.Seen);
        Assert.Empty(rig.Violations);
    }
}
