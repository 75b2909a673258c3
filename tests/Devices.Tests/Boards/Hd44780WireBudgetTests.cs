using MotCua.Edge.Devices.Boards;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>Counted on the wire at 100 kHz; no clock is read.</summary>
public sealed class Hd44780WireBudgetTests(ITestOutputHelper output)
{
    private static readonly BoardView First = Views.Of(12, "A105 3", "H207 12", "A104 1");

    [Fact]
    public void A_full_redraw_stays_under_29_6_ms()
    {
        var lcd = Showing(First with { Notice = string.Join(' ', Enumerable.Repeat(new string('#', 20), 4)) });
        var cost = lcd.Cost(() => lcd.Board.Show(First with { Notice = string.Join(' ', Enumerable.Repeat(new string('=', 20), 4)) }, fromScratch: false));
        output.WriteLine($"{cost}");
        Assert.Equal(1, cost.Transactions);
        Assert.InRange(cost.Wire.TotalMilliseconds, 28, 29.6);
    }

    [Fact]
    public void Three_changed_digits_stay_under_1_75_ms()
    {
        var lcd = Showing(First);
        var cost = lcd.Cost(() => lcd.Board.Show(Views.Of(12, "A216 3", "H207 12", "A104 1"), fromScratch: false));
        output.WriteLine($"{cost}");
        Assert.Equal("SO A216  QUAY 3     ", lcd.Lines[1]);
        Assert.Equal(1, cost.Transactions);
        Assert.InRange(cost.Wire.TotalMilliseconds, 1.5, 1.75);
    }

    [Fact]
    public void A_scrub_costs_a_redraw_and_nine_ms()
    {
        var lcd = Showing(First);
        var cost = lcd.Cost(() => lcd.Board.Show(First, fromScratch: true));
        output.WriteLine($"{cost}");
        Assert.InRange(cost.Wire.TotalMilliseconds, 35, 39);
    }

    [Fact]
    public void One_unchanged_cell_between_two_changes_is_cheaper_than_an_address()
    {
        var lcd = Showing(First);
        var apart = lcd.Cost(() => lcd.Board.Show(Views.Of(12, "A206 3", "H207 12", "A104 1"), fromScratch: false));
        Assert.Equal(1 + 4 + 1 + 3 * 4, apart.Bytes);
    }

    [Fact]
    public void A_change_over_the_end_of_the_ring_needs_one_address()
    {
        // Row 3 ends at 67h, where the counter runs on to row 0 at 00h.
        var old = string.Join(' ', new string('a', 20), new string('b', 20), new string('c', 20), new string('d', 20));
        var lcd = Showing(First with { Notice = old });
        var cost = lcd.Cost(() => lcd.Board.Show(First with { Notice = 'X' + old[1..^1] + 'Y' }, fromScratch: false));
        Assert.Equal(1 + 4 + 1 + 2 * 4, cost.Bytes);
        Assert.Equal(('X', 'Y'), (lcd.Lines[0][0], lcd.Lines[3][19]));
    }

    private static Lcd Showing(BoardView view)
    {
        var lcd = new Lcd();
        lcd.Board.Show(First with { Notice = "?" }, fromScratch: true);
        // Changed once, so that RS stands at data as it does in service: the dearer case.
        lcd.Board.Show(view, fromScratch: false);
        return lcd;
    }
}
