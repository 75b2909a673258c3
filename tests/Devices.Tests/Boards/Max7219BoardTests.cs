using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Segments;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

public sealed class Max7219BoardTests
{
    [Theory]
    [InlineData("A105 3", "A105   3")]
    [InlineData("H007 12", "H007  12")]
    [InlineData("K1005 99", "K1005 99")]
    [InlineData("X001 1", "X001   1")]
    [InlineData("S234 5", "5234   5")]
    public void The_sign_shows_ticket_left_and_counter_right(string call, string text)
    {
        var sign = new Sign();
        sign.Board.Show(Views.Of(4, call, "A104 2"), fromScratch: true);
        Assert.Equal(text, sign.Text);
    }

    [Fact]
    public void Nothing_called_and_paused_show_dashes_rather_than_a_dark_sign()
    {
        var sign = new Sign();
        sign.Board.Show(BoardView.Empty, fromScratch: true);
        Assert.Equal("----   -", sign.Text);
        sign.Board.Show(Views.Of(1, "A001 1") with { Notice = "TẠM NGỪNG PHỤC VỤ" }, fromScratch: false);
        Assert.Equal("--------", sign.Text);
    }

    [Fact]
    public void A_sign_that_was_never_written_is_dark()
    {
        var sign = new Sign();
        Assert.False(sign.Chip.Digits.On);
        Assert.Equal("        ", sign.Text);
    }

    [Fact]
    public void Only_changed_digits_are_written()
    {
        var sign = new Sign();
        sign.Board.Show(Views.Of(4, "A105 3"), fromScratch: true);
        Assert.Equal(1, sign.Transfers(() => sign.Board.Show(Views.Of(4, "A106 3"), fromScratch: false)));
        Assert.Equal(0, sign.Transfers(() => sign.Board.Show(Views.Of(9, "A106 3"), fromScratch: false)));
        Assert.Equal(6, sign.Transfers(() => sign.Board.Show(Views.Of(9, "L217 12"), fromScratch: false)));
    }

    [Fact]
    public void A_scrub_never_goes_dark_or_shows_another_number()
    {
        var sign = new Sign();
        var view = Views.Of(4, "A105 3");
        sign.Board.Show(view, fromScratch: true);
        var before = sign.Chip.Digits;
        sign.Chip.Changed += () =>
        {
            Assert.True(sign.Chip.Digits.On);
            Assert.Equal(before.Text, sign.Chip.Digits.Text);
            Assert.Equal(before.Intensity, sign.Chip.Digits.Intensity);
        };
        Assert.Equal(13, sign.Transfers(() => sign.Board.Show(view, fromScratch: true)));
    }

    [Fact]
    public void A_start_never_shows_a_wrong_number()
    {
        var sign = new Sign();
        var seen = new List<string>();
        sign.Chip.Changed += () => seen.Add(sign.Text);
        sign.Board.Show(Views.Of(4, "A105 3"), fromScratch: true);
        Assert.Equal(["        ", "A105   3"], seen.Distinct());
    }

    [Fact]
    public void A_lost_bus_is_an_error_and_the_next_show_writes_everything()
    {
        var sign = new Sign();
        sign.Board.Show(Views.Of(4, "A105 3"), fromScratch: true);
        sign.Bus.Gone = true;
        Assert.Throws<IOException>(() => sign.Board.Show(Views.Of(4, "A106 3"), fromScratch: false));
        sign.Bus.Gone = false;
        Assert.Equal(13, sign.Transfers(() => sign.Board.Show(Views.Of(4, "A106 3"), fromScratch: false)));
        Assert.Equal("A106   3", sign.Text);
    }

    [Fact]
    public void Every_series_letter_has_a_shape_of_its_own()
    {
        const string letters = "AHKLMSX";
        Assert.All(letters, letter => Assert.True(SegmentFont.Knows(letter)));
        Assert.Equal(letters.Length, letters.Select(SegmentFont.Segments).Distinct().Count());
        // S is the only one that is also a digit.
        Assert.Equal("S", string.Concat(letters.Where(letter => "0123456789".Any(digit => SegmentFont.Segments(digit) == SegmentFont.Segments(letter)))));
    }

    [Fact]
    public void A_letter_without_a_shape_is_a_dash() => Assert.Equal(SegmentFont.Dash, SegmentFont.Segments('W'));
}
