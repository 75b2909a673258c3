using MotCua.Edge.Devices.Boards;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

public sealed class Hd44780BoardTests
{
    private static readonly BoardView Busy = Views.Of(12, "A105 3", "H007 12", "A1004 1", "K009 2");

    [Fact]
    public void The_hall_sees_the_heading_and_the_newest_three_calls()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Busy, fromScratch: true);
        Assert.Equal(["DANG GOI      CHO 12", "SO A105  QUAY 3     ", "SO H007  QUAY 12    ", "SO A1004 QUAY 1     "], lcd.Lines);
        Assert.True(lcd.Chip.Glass is { On: true, Backlight: true, Violations: 0 });
    }

    [Fact]
    public void A_notice_is_folded_and_centred_in_place_of_the_calls()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Busy with { Notice = "TẠM NGỪNG PHỤC VỤ" }, fromScratch: true);
        Assert.Equal(["", "TAM NGUNG PHUC VU", "", ""], lcd.Lines.Select(line => line.Trim()));
        Assert.StartsWith(" TAM", lcd.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_notice_is_broken_at_words()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Busy with { Notice = "Hết giờ tiếp nhận. Xin mời quý vị quay lại vào buổi chiều từ 13:30." }, fromScratch: true);
        Assert.Equal(["Het gio tiep nhan.", "Xin moi quy vi quay", "lai vao buoi chieu", "tu 13:30."], lcd.Lines.Select(line => line.Trim()));
    }

    [Fact]
    public void A_word_longer_than_a_line_is_cut_and_a_fifth_line_is_dropped()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Busy with { Notice = new string('A', 25) + " B C " + new string('D', 60) }, fromScratch: true);
        Assert.Equal([new string('A', 20), "AAAAA B C", new string('D', 20), new string('D', 20)], lcd.Lines.Select(line => line.Trim()));
    }

    [Fact]
    public void A_huge_waiting_count_does_not_break_the_heading()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Views.Of(1_000_000), fromScratch: true);
        Assert.Equal("DANG GOI    CHO 9999", lcd.Lines[0]);
    }

    [Fact]
    public void Showing_the_same_again_writes_nothing()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Busy, fromScratch: false);
        Assert.Equal(0, lcd.Cost(() => lcd.Board.Show(Busy with { Version = 99 }, fromScratch: false)).Transactions);
    }

    [Fact]
    public void Every_change_is_one_transaction()
    {
        var lcd = new Lcd();
        Assert.Equal(1, lcd.Cost(() => lcd.Board.Show(Busy, fromScratch: true)).Transactions);
        Assert.Equal(1, lcd.Cost(() => lcd.Board.Show(Views.Of(3, "X999 9"), fromScratch: false)).Transactions);
        Assert.Equal(1, lcd.Cost(() => lcd.Board.Show(Views.Of(3, "X999 9"), fromScratch: true)).Transactions);
    }

    [Fact]
    public void A_scrub_never_goes_dark_or_empty()
    {
        var lcd = new Lcd();
        lcd.Board.Show(Busy, fromScratch: true);
        var before = lcd.Lines;
        var (bytes, dark) = (0, 0);
        // The bus hands over byte by byte, so the glass is looked at after each one.
        lcd.Chip.PinsMoved += () =>
        {
            bytes++;
            dark += lcd.Lines.SequenceEqual(before) ? 0 : 1;
            Assert.True(lcd.Chip.Glass is { On: true, Backlight: true });
            Assert.Equal((before[0], before[2]), (lcd.Lines[0], lcd.Lines[2]));
        };
        lcd.Board.Show(Busy, fromScratch: true);
        Assert.True(bytes > 300);
        // Passing through eight bits drops the second line for a moment. A byte is 90 µs, and a liquid crystal takes 100 ms to follow.
        Assert.InRange(dark, 1, 10);
    }

    [Fact]
    public void A_transaction_that_breaks_off_makes_the_next_one_start_from_power_on()
    {
        var lcd = new Lcd(strict: false);
        lcd.Board.Show(Busy, fromScratch: true);
        for (var broken = 0; broken < 60; broken++)
        {
            lcd.Socket.NackAfter = broken;
            Assert.Throws<IOException>(() => lcd.Board.Show(Views.Of(broken, "L555 7", "M321 88"), fromScratch: false));
            lcd.Socket.NackAfter = null;
            lcd.Board.Show(Busy, fromScratch: false);
            Assert.Equal("SO A105  QUAY 3     ", lcd.Lines[1]);
        }
    }
}
