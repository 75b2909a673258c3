using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Tv;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Boards.Tv;

public sealed class TvScreenTests
{
    private readonly ManualTime time = new();
    private readonly RecordedReports reports = new();
    private readonly RecordedReceipts receipts = new();
    private readonly TvScreen tv;
    private int asked;

    public TvScreenTests()
    {
        tv = new TvScreen(new DeviceId("tv-sanh"), time, reports, receipts);
        tv.AskedAgain += () => asked++;
    }

    [Fact]
    public async Task A_call_is_delivered_when_the_page_says_that_people_can_see_it_and_once()
    {
        tv.Seen([]);
        tv.Post(Views.Of(1, "A001 1"));
        await RunAsync(2);
        Assert.Empty(receipts.All);
        Assert.Equal(1, tv.Seen([1]));
        Assert.Equal(1, tv.Seen([1]));
        await RunAsync(20);
        Assert.Equal([(1, Delivery.Done)], receipts.All);
        Assert.Equal(["Ready"], reports.Of("tv-sanh"));
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task A_call_that_was_never_its_own_counts_for_nothing()
    {
        tv.Post(Views.Of(1, "A001 1"));
        Assert.Equal(1, tv.Seen([7, 1, -3, long.MaxValue]));
        await RunAsync(10);
        Assert.Equal([(1, Delivery.Done)], receipts.All);
    }

    [Fact]
    public void More_names_than_a_page_can_show_are_not_read()
    {
        tv.Post(Views.Of(1, "A001 1"));
        Assert.Equal(0, tv.Seen([.. Enumerable.Repeat(9L, TvScreen.MostNamed), 1]));
        Assert.Empty(receipts.All);
    }

    [Fact]
    public async Task A_page_that_lives_and_keeps_silent_about_a_call_is_asked_once_more_then_told_as_a_fault_until_it_answers()
    {
        tv.Seen([]);
        tv.Post(Views.Of(1, "A001 1"));
        await AliveAsync(4);
        Assert.Equal(0, tv.Asked);
        await AliveAsync(2);
        Assert.Equal((1, 1), (tv.Asked, asked));
        Assert.Empty(receipts.All);
        await AliveAsync(6);
        Assert.Equal([(1, Delivery.Failed)], receipts.All);
        Assert.Equal(["Ready", "Degraded tv.no-answer"], reports.Of("tv-sanh"));
        Assert.Equal("Call 1, asked for twice.", reports.Last.Detail);

        tv.Post(Views.Of(1, "A002 1"));
        Assert.Equal(2, tv.Seen([2, 1]));
        await RunAsync(1);
        Assert.Equal([(1, Delivery.Failed), (2, Delivery.Done)], receipts.All);
        Assert.Equal("Ready", reports.Of("tv-sanh")[^1]);
    }

    [Fact]
    public async Task A_TV_has_a_minute_to_come_and_is_then_a_fault_until_its_page_speaks()
    {
        tv.Post(Views.Of(1, "A001 1"));
        await RunAsync(55);
        Assert.Empty(reports.All);
        await RunAsync(10);
        Assert.Equal(["Failed tv.away"], reports.Of("tv-sanh"));
        Assert.Empty(receipts.All);

        tv.Seen([1]);
        await RunAsync(1);
        Assert.Equal(["Failed tv.away", "Ready"], reports.Of("tv-sanh"));
        Assert.Equal([(1, Delivery.Done)], receipts.All);
    }

    [Fact]
    public async Task A_page_that_falls_silent_is_a_fault_and_the_calls_meanwhile_are_neither_lost_nor_called_shown()
    {
        tv.Seen([]);
        await AliveAsync(30);
        await RunAsync(20);
        Assert.Equal(["Ready"], reports.Of("tv-sanh"));
        await RunAsync(12);
        Assert.Equal(["Ready", "Failed tv.away"], reports.Of("tv-sanh"));

        tv.Post(Views.Of(1, "A001 1"));
        tv.Post(Views.Of(1, "A002 2", "A001 1"));
        tv.Post(Views.Of(1, "A002 2"));
        await RunAsync(10);
        Assert.Equal([(1, Delivery.Expired)], receipts.All);
        Assert.Equal(0, asked);

        // Back again it has as long as any other to show what stands.
        tv.Seen([]);
        await RunAsync(4);
        Assert.Equal(0, asked);
        tv.Seen([2]);
        Assert.Equal([(1, Delivery.Expired), (2, Delivery.Done)], receipts.All);
    }

    [Fact]
    public async Task A_call_that_was_shown_and_ended_before_the_page_could_say_so_counts()
    {
        tv.Seen([]);
        tv.Post(Views.Of(1, "A001 1"));
        tv.Post(Views.Of(1, "A002 1"));
        await RunAsync(1);
        Assert.Equal(2, tv.Seen([1, 2]));
        Assert.Equal([(1, Delivery.Done), (2, Delivery.Done)], receipts.All);
        await RunAsync(10);
        Assert.Equal(2, receipts.All.Count);
    }

    [Fact]
    public void A_call_without_room_is_answered_as_expired_but_one_that_waits_for_its_voice_is_not()
    {
        tv.Seen([]);
        tv.Post(Views.Of(0, "A006 6", "A005 5", "A004 4", "A003 3", "A002 2", "A001 1"));
        Assert.Equal([(1, Delivery.Expired)], receipts.All);

        // The sixth is spoken, so the newest stands last.
        var spoken = Views.Of(0, "A006 6", "A005 5", "A004 4", "A003 3", "A002 2", "A007 7") with { Spoken = new CallId(6) };
        tv.Post(spoken);
        Assert.Single(receipts.All);
        Assert.Equal(5, tv.Seen([6, 5, 4, 3, 2]));
        tv.Post(Views.Of(0, "A007 7", "A006 6", "A005 5", "A004 4", "A003 3", "A002 2"));
        Assert.Equal(1, tv.Seen([7]));
        Assert.Equal((7, Delivery.Done), receipts.All[^1]);
    }

    [Fact]
    public async Task A_rush_that_nobody_sees_is_answered_whole_and_holds_no_memory()
    {
        for (var number = 1; number <= 10_000; number++)
        {
            tv.Post(Views.Of(0, $"A{number} 1"));
        }

        await RunAsync(10);
        tv.Post(Views.Of(0));
        await RunAsync(10);
        Assert.Equal(10_000, receipts.All.Count);
        Assert.All(receipts.All, answer => Assert.Equal(Delivery.Expired, answer.Delivery));
        Assert.Equal(10_000, receipts.All.Select(answer => answer.Call).Distinct().Count());
    }

    [Fact]
    public async Task A_TV_that_comes_and_goes_all_day_is_shown_as_it_is_and_told_to_the_province_now_and_then()
    {
        for (var visit = 0; visit < 60; visit++)
        {
            tv.Seen([]);
            await RunAsync(40);
        }

        Assert.Equal(120, reports.Of("tv-sanh").Index().Count(one => one.Index == 0 || one.Item != reports.Of("tv-sanh")[one.Index - 1]));
        // Forty minutes: four at once and one more every five.
        Assert.InRange(reports.All.Count(report => !report.IsPassing), 4, 13);
    }

    [Fact]
    public async Task A_call_that_is_too_old_to_be_known_by_its_number_is_asked_for_by_nobody()
    {
        tv.Seen([]);
        tv.Post(new BoardView(1, [new BoardCall(new CallId(0), "A001", 1)], 0));
        await AliveAsync(30);
        Assert.Empty(receipts.All);
        Assert.Equal(["Ready"], reports.Of("tv-sanh"));
    }

    [Fact]
    public void A_call_that_ended_before_there_was_room_for_it_is_answered_as_never_shown()
    {
        var calls = Enumerable.Range(1, TvScreen.CallRoom + 1).Select(number => new BoardCall(new CallId(number), $"A{number:D3}", number)).ToArray();
        // The first is being spoken, so the last has its turn still.
        tv.Post(new BoardView(1, [.. calls], 0) { Spoken = new CallId(1) });
        tv.Post(new BoardView(2, [.. calls[..^1]], 0) { Spoken = new CallId(1) });
        Assert.Equal([(calls.Length, Delivery.Expired)], receipts.All);
    }

    [Fact]
    public async Task A_page_that_names_a_call_after_it_was_given_up_ends_the_fault()
    {
        tv.Seen([]);
        tv.Post(Views.Of(1, "A001 1"));
        await AliveAsync(15);
        Assert.Equal(FaultCode.TvNoAnswer, reports.Last.Fault);
        tv.Seen([1]);
        await RunAsync(1);
        Assert.Equal(DeviceState.Ready, reports.Last.State);
        Assert.Equal([(1, Delivery.Failed)], receipts.All);
    }

    private async Task RunAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await tv.StepAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Its page says that it lives, and nothing of calls.</summary>
    private async Task AliveAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            await RunAsync(1);
            tv.Seen([]);
        }
    }
}
