using MotCua.Edge.Devices.Boards;
using Xunit;

namespace MotCua.Devices.Tests.Boards.Contract;

/// <summary>What every board does, whatever its chip. Read from what the virtual chip decoded from the wire.</summary>
public abstract class BoardContract
{
    private static readonly BoardView Busy = Views.Of(12, "A105 3", "H007 12", "K842 1", "L009 2");

    private protected abstract BoardRig Rig(bool strict = true);

    [Theory]
    [InlineData("A105 3", "H007 12")]
    [InlineData("K842 12", "A001 1")]
    [InlineData("X999 99", "M350 7")]
    [InlineData("L000 8", "L001 10")]
    public void It_shows_number_and_counter_of_the_newest_calls(params string[] calls)
    {
        var rig = Rig();
        rig.Board.Show(Views.Of(3, calls), fromScratch: true);
        AssertShows(rig, calls);
        Assert.Empty(rig.Violations);
    }

    [Fact]
    public void The_same_view_again_writes_nothing()
    {
        var rig = Rig();
        rig.Board.Show(Busy, fromScratch: true);
        var bytes = rig.Bytes;
        rig.Board.Show(Busy with { Version = 99 }, fromScratch: false);
        Assert.Equal(bytes, rig.Bytes);
    }

    [Fact]
    public void A_changed_figure_costs_a_figure()
    {
        var rig = Rig();
        rig.Board.Show(Busy, fromScratch: true);
        var bytes = rig.Bytes;
        rig.Board.Show(Busy with { Calls = Busy.Calls.SetItem(0, Views.Call("A106 3") with { CallId = new CallId(1) }) }, fromScratch: false);
        Assert.Equal("A106", rig.Ticket(0));
        Assert.InRange(rig.Bytes - bytes, 1, rig.OneFigure);
    }

    [Fact]
    public void A_broken_wire_is_an_io_error_and_the_board_is_drawn_from_scratch_when_it_is_back()
    {
        var rig = Rig();
        rig.Board.Show(Busy, fromScratch: true);
        rig.BreakAfter(0);
        Assert.ThrowsAny<IOException>(() => rig.Board.Show(Views.Of(3, "X777 7"), fromScratch: false));
        rig.BreakAfter(null);
        rig.BrownOut();
        rig.Board.Show(Busy, fromScratch: false);
        AssertShows(rig, "A105 3");
    }

    [Fact]
    public void A_wire_that_breaks_after_any_byte_leaves_nothing_wrong_behind()
    {
        var rig = Rig(strict: false);
        rig.Board.Show(Busy, fromScratch: true);
        for (var bytes = 0; bytes < 40; bytes++)
        {
            rig.BreakAfter(bytes);
            try
            {
                rig.Board.Show(Views.Of(bytes, $"L5{bytes:00} 7", "M321 88"), fromScratch: bytes % 3 == 0);
            }
            catch (IOException)
            {
                // Short transactions are over before the break.
            }

            rig.BreakAfter(null);
            rig.Board.Show(Busy, fromScratch: false);
            AssertShows(rig, "A105 3");
        }
    }

    [Fact]
    public void A_scrub_never_hides_the_newest_call()
    {
        var rig = Rig();
        rig.Board.Show(Busy, fromScratch: true);
        var (seen, brightness, before, looks, gone) = (rig.Seen, rig.Brightness, rig.Bytes, 0, 0);
        rig.AfterEachByte(() =>
        {
            looks++;
            gone += rig.Ticket(0) == "A105" && rig.Brightness == brightness ? 0 : 1;
        });
        rig.Board.Show(Busy, fromScratch: true);
        Assert.InRange(looks, 5, int.MaxValue);
        Assert.InRange(gone, 0, rig.UnseenGap);
        Assert.Equal(seen, rig.Seen);
        Assert.True(rig.Bytes > before);
    }

    [Fact]
    public void A_scrub_heals_any_garbage() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var rig = Rig(strict: false);
            var view = Views.Any(random);
            rig.Board.Show(view, fromScratch: true);
            var (seen, brightness) = (rig.Seen, rig.Brightness);
            rig.Scramble(random);
            rig.Board.Show(view, fromScratch: true);
            Assert.Equal((seen, brightness), (rig.Seen, rig.Brightness));
        });

    [Fact]
    public void After_a_storm_of_views_it_shows_what_a_fresh_board_shows() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var rig = Rig();
            var view = Views.Any(random);
            for (var i = 0; i < 15; i++)
            {
                view = random.Next(4) == 0 ? Views.Any(random) : Views.Near(view, random);
                rig.Board.Show(view, fromScratch: random.Next(8) == 0);
            }

            var fresh = Rig();
            fresh.Board.Show(view, fromScratch: true);
            Assert.Equal(fresh.Seen, rig.Seen);
            Assert.Empty(rig.Violations);
        });

    [Fact]
    public void A_new_call_blinks_for_five_seconds_and_its_counter_stays()
    {
        var rig = Rig();
        rig.Board.Show(Views.Of(3, "A104 1"), fromScratch: true);
        Assert.Null(rig.Board.Again);
        var view = Views.Of(3, "A105 3", "A104 1");
        rig.Board.Show(view, fromScratch: false);
        Assert.Equal("A105", rig.Ticket(0));
        var (blinking, dark) = (TimeSpan.Zero, 0);
        while (rig.Board.Again is { } soon)
        {
            Assert.InRange(soon, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
            rig.Time.Advance(soon);
            blinking += soon;
            rig.Board.Show(view, fromScratch: false);
            dark += rig.Ticket(0).Length == 0 ? 1 : 0;
            Assert.Contains(rig.Ticket(0), new[] { "", "A105" });
            Assert.Equal(rig.SaysCounter ? "3" : "", rig.Counter(0));
        }

        Assert.Equal(TimeSpan.FromSeconds(5), blinking);
        Assert.Equal(5, dark);
        AssertShows(rig, "A105 3");
    }

    [Fact]
    public void A_call_that_moves_up_and_calls_after_a_start_do_not_blink()
    {
        var rig = Rig();
        rig.Board.Show(Views.Of(3, "A105 3", "A104 1"), fromScratch: true);
        Assert.Null(rig.Board.Again);
        rig.Board.Show(Views.Of(3, "A104 1"), fromScratch: false);
        Assert.Null(rig.Board.Again);
        AssertShows(rig, "A104 1");
    }

    [Fact]
    public void It_is_dimmed_at_night_and_bright_again_by_day()
    {
        var rig = Rig();
        rig.Board.Show(Busy, fromScratch: true);
        var (seen, day) = (rig.Seen, rig.Brightness);
        rig.Time.Advance(TimeSpan.FromHours(11));
        rig.Board.Show(Busy, fromScratch: false);
        var night = rig.Brightness;
        Assert.Equal(seen, rig.Seen);
        rig.Time.Advance(TimeSpan.FromHours(12));
        rig.Board.Show(Busy, fromScratch: false);
        Assert.Equal(day, rig.Brightness);
        if (day is { } percent)
        {
            Assert.InRange(percent, 0.5, 0.6);
            Assert.InRange(night!.Value, 0.05, 0.15);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("TẠM NGỪNG PHỤC VỤ")]
    [InlineData("\u0301\u0323é\u0327漢字 😀 \u0000\u001b\n" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Any_notice_is_taken_and_leaves_when_it_ends(string notice)
    {
        var rig = Rig();
        rig.Board.Show(Busy with { Notice = notice }, fromScratch: true);
        rig.Board.Show(Busy with { Notice = string.Concat(Enumerable.Repeat(notice + " ", 500)) }, fromScratch: false);
        rig.Board.Show(Busy, fromScratch: false);
        AssertShows(rig, "A105 3");
        Assert.Empty(rig.Violations);
    }

    private static void AssertShows(BoardRig rig, params string[] calls)
    {
        for (var place = 0; place < Math.Min(rig.Board.CallRoom, calls.Length); place++)
        {
            var call = Views.Call(calls[place]);
            Assert.Equal(call.Ticket, rig.Ticket(place));
            if (rig.SaysCounter)
            {
                Assert.Equal($"{call.Counter}", rig.Counter(place));
            }
        }
    }
}
