using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

public sealed class BoardPumpTests : IDisposable
{
    private readonly Lcd lcd = new();
    private readonly RecordedReports reports = new();
    private readonly RecordedReceipts receipts = new();
    private readonly BoardPump pump;

    public BoardPumpTests() => pump = new BoardPump(lcd.Board, lcd.Time, reports, receipts);

    public void Dispose() => pump.Dispose();

    [Fact]
    public async Task Nothing_is_written_before_the_first_view()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, await Step());
        Assert.Equal(0, lcd.Bus.Count.Transactions);
    }

    [Fact]
    public async Task Only_the_newest_view_is_shown()
    {
        pump.Post(Views.Of(1, "A001 1") with { Version = 1 });
        pump.Post(Views.Of(2, "A002 2") with { Version = 2 });
        await Step();
        Assert.Equal(1, lcd.Bus.Count.Transactions);
        Assert.StartsWith("SO A002", lcd.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_comes_late_is_ignored()
    {
        pump.Post(Views.Of(2, "A002 2") with { Version = 2 });
        pump.Post(Views.Of(1, "A001 1") with { Version = 1 });
        await Step();
        Assert.StartsWith("SO A002", lcd.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_posted_from_another_thread_wakes_the_loop()
    {
        await Task.Run(() => pump.Post(Views.Of(1, "A001 1")), TestContext.Current.CancellationToken);
        await pump.Wake.WaitAsync(Timeout.InfiniteTimeSpan, lcd.Time, TestContext.Current.CancellationToken);
        Assert.Equal(BoardPumpOptions.Default.BetweenViews, await Step());
        Assert.Equal("SO A001  QUAY 1     ", lcd.Lines[1]);
    }

    [Fact]
    public async Task A_board_that_works_is_ready_and_says_so_once()
    {
        for (var version = 1; version < 5; version++)
        {
            pump.Post(Views.Of(version, "A001 1") with { Version = version });
            await Step();
        }

        Assert.Equal(["Ready"], reports.Of("hall-lcd"));
    }

    [Fact]
    public async Task A_board_that_does_not_answer_is_told_once_with_address_and_errno()
    {
        lcd.Socket.NackAfter = 0;
        pump.Post(Views.Of(1, "A001 1"));
        await StepFor(TimeSpan.FromSeconds(20));
        Assert.Equal(["Failed device.not-answering"], reports.Of("hall-lcd"));
        Assert.Equal("i2c-1, address 0x27: Remote I/O error.", reports.All[0].Detail);
    }

    [Fact]
    public async Task Pauses_grow_to_two_seconds_and_start_again_after_a_success()
    {
        lcd.Socket.NackAfter = 0;
        pump.Post(Views.Of(1, "A001 1"));
        Assert.Equal<double[]>([250, 500, 1000, 2000, 2000], await Pauses(5));
        lcd.Socket.NackAfter = null;
        Assert.Equal<double[]>([20, 2_500 - 20], await Pauses(2));
        lcd.Socket.NackAfter = 0;
        Assert.Equal<double[]>([250, 500], await Pauses(2));
    }

    [Fact]
    public async Task A_new_view_does_not_shorten_the_pause()
    {
        lcd.Socket.NackAfter = 0;
        pump.Post(Views.Of(1, "A001 1"));
        await Step();
        var tried = lcd.Bus.Count.Transactions;
        pump.Post(Views.Of(2, "A002 1"));
        Assert.Equal(TimeSpan.FromMilliseconds(250), await Step());
        Assert.Equal(tried, lcd.Bus.Count.Transactions);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(61)]
    [InlineData(3600)]
    public async Task A_board_is_back_within_three_seconds_of_its_chip(int awaySeconds)
    {
        pump.Post(Views.Of(1, "A001 1"));
        await Step();
        lcd.Socket.Unplugged = true;
        pump.Post(Views.Of(1, "A002 7"));
        await StepFor(TimeSpan.FromSeconds(awaySeconds));
        lcd.Socket.Unplugged = false;
        Assert.False(lcd.Chip.Glass.On);
        await StepFor(TimeSpan.FromSeconds(3));
        Assert.StartsWith("SO A002  QUAY 7", lcd.Lines[1], StringComparison.Ordinal);
        Assert.Equal(["Ready", "Failed device.not-answering", "Ready"], reports.Of("hall-lcd"));
        Assert.Equal(0, lcd.Chip.Glass.Violations);
    }

    [Fact]
    public async Task Garbage_on_the_glass_heals_within_ten_seconds()
    {
        pump.Post(Views.Of(1, "A001 1"));
        await StepFor(TimeSpan.FromSeconds(3));
        lcd.Socket.BrownOut();
        Assert.False(lcd.Chip.Glass.On);
        await StepFor(TimeSpan.FromSeconds(10));
        Assert.True(lcd.Chip.Glass.On);
        Assert.StartsWith("SO A001", lcd.Lines[1], StringComparison.Ordinal);
        Assert.Equal(["Ready"], reports.Of("hall-lcd"));
    }

    [Fact]
    public async Task Views_that_change_all_the_time_do_not_put_off_the_scrub()
    {
        pump.Post(Views.Of(0));
        await Step();
        lcd.Socket.BrownOut();
        lcd.Time.Advance(TimeSpan.FromSeconds(9.9));
        for (var waiting = 1; waiting < 3; waiting++)
        {
            lcd.Time.Advance(TimeSpan.FromSeconds(0.1));
            pump.Post(Views.Of(waiting));
            await Step();
        }

        Assert.True(lcd.Chip.Glass.On);
    }

    [Fact]
    public async Task A_view_that_comes_right_after_a_scrub_is_shown_at_once()
    {
        pump.Post(Views.Of(1, "A001 1") with { Version = 1 });
        await Step();
        lcd.Time.Advance(BoardPumpOptions.Default.ScrubEvery);
        await Step();
        Assert.Equal(2, lcd.Bus.Count.Transactions);
        pump.Post(Views.Of(2, "A002 2") with { Version = 2 });
        await Step();
        Assert.StartsWith("SO A002", lcd.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_is_answered_once_whatever_is_shown_and_scrubbed()
    {
        pump.Post(Views.Of(1, "A001 1"));
        await StepFor(TimeSpan.FromSeconds(25));
        pump.Post(Views.Of(1, "A002 1", "A001 1"));
        await StepFor(TimeSpan.FromSeconds(25));
        Assert.Equal([(1, Delivery.Done), (2, Delivery.Done)], receipts.All);
    }

    [Fact]
    public async Task A_call_is_answered_only_when_the_board_took_it()
    {
        lcd.Socket.NackAfter = 40;
        pump.Post(Views.Of(1, "A001 1"));
        await StepFor(TimeSpan.FromSeconds(5));
        Assert.Empty(receipts.All);
    }

    [Fact]
    public async Task A_call_that_the_board_had_no_room_for_is_expired_rather_than_done()
    {
        pump.Post(Views.Of(1, "A005 1", "A004 2", "A003 3", "A002 4"));
        await Step();
        Assert.Equal([(5, Delivery.Done), (4, Delivery.Done), (3, Delivery.Done), (2, Delivery.Expired)], receipts.All);
    }

    [Fact]
    public async Task Calls_under_a_notice_wait_for_its_end()
    {
        pump.Post(Views.Of(1, "A001 1") with { Notice = "TẠM NGỪNG PHỤC VỤ" });
        await Step();
        Assert.Empty(receipts.All);
        pump.Post(Views.Of(1, "A001 1"));
        await StepFor(BoardPumpOptions.Default.BetweenViews);
        Assert.Equal([(1, Delivery.Done)], receipts.All);
    }

    [Fact]
    public async Task A_call_that_ended_while_the_board_was_dark_is_answered_as_never_shown()
    {
        lcd.Socket.Unplugged = true;
        pump.Post(Views.Of(1, "A001 1"));
        await Step();
        Assert.Empty(receipts.All);
        pump.Post(new BoardView(2, [], 0));
        await Step();
        Assert.Equal([(1, Delivery.Expired)], receipts.All);
    }

    [Fact]
    public async Task A_rush_of_views_fills_the_bus_no_faster_than_people_read_and_ends_with_the_newest()
    {
        pump.Post(Views.Of(1, "A001 1"));
        await Step();
        var before = lcd.Bus.Count;
        pump.Post(Views.Of(2, "A002 1"));
        Assert.Equal(BoardPumpOptions.Default.BetweenViews, await Step());
        pump.Post(Views.Of(3, "A003 1"));
        await Step();
        Assert.Equal(before, lcd.Bus.Count);
        await StepFor(BoardPumpOptions.Default.BetweenViews);
        Assert.Equal("SO A003  QUAY 1     ", lcd.Lines[1]);
        Assert.Equal(1, (lcd.Bus.Count - before).Transactions);
    }

    [Fact]
    public async Task One_dead_board_leaves_another_lit()
    {
        var sign = new Sign();
        using var other = new BoardPump(sign.Board, sign.Time, reports, receipts);
        lcd.Socket.Unplugged = true;
        foreach (var each in new[] { pump, other })
        {
            each.Post(Views.Of(1, "A001 1"));
            await each.StepAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("A001   1", sign.Text);
        Assert.Equal([new DeviceReport(new DeviceId("sign-3"), DeviceState.Ready)], reports.All.Where(report => report.State == DeviceState.Ready));
    }

    private ValueTask<TimeSpan> Step() => pump.StepAsync(TestContext.Current.CancellationToken);

    /// <summary>Steps as the host would, until some time has passed.</summary>
    private async Task StepFor(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero;)
        {
            var rest = await Step();
            var pass = rest == Timeout.InfiniteTimeSpan || rest > left ? left : rest;
            lcd.Time.Advance(pass);
            left -= pass;
        }

        await Step();
    }

    private async Task<double[]> Pauses(int steps)
    {
        var pauses = new List<double>();
        for (var i = 0; i < steps; i++)
        {
            var rest = await Step();
            pauses.Add(rest.TotalMilliseconds);
            lcd.Time.Advance(rest);
        }

        return [.. pauses];
    }
}
