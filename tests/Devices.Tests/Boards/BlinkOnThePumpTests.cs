using MotCua.Devices.Tests.Boards.Contract;
using MotCua.Edge.Devices.Boards;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>A board that blinks is shown again by its pump, for as long as it wants and no longer.</summary>
public sealed class BlinkOnThePumpTests
{
    [Fact]
    public async Task A_new_call_goes_dark_and_lit_by_itself_and_is_answered_once()
    {
        var rig = new Max7219Rig();
        var receipts = new RecordedReceipts();
        using var pump = new BoardPump(rig.Board, rig.Time, new RecordedReports(), receipts);
        pump.Post(Views.Of(1, "A104 1"));
        await pump.StepAsync(TestContext.Current.CancellationToken);
        pump.Post(Views.Of(1, "A105 3", "A104 1") with { Version = 2 });
        var (dark, lit, steps) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(8); steps++)
        {
            var rest = await pump.StepAsync(TestContext.Current.CancellationToken);
            rig.Time.Advance(rest);
            passed += rest;
            (dark, lit) = rig.Ticket(0).Length == 0 ? (dark + rest, lit) : (dark, lit + rest);
        }

        Assert.InRange(dark.TotalSeconds, 1.4, 1.7);
        Assert.InRange(steps, 15, 40);
        Assert.Equal("A105", rig.Ticket(0));
        Assert.Equal([(104, Delivery.Done), (105, Delivery.Done)], receipts.All);
    }

    [Fact]
    public async Task A_call_that_people_should_look_at_again_blinks_again_once_for_each_wish()
    {
        var rig = new Max7219Rig();
        using var pump = new BoardPump(rig.Board, rig.Time, new RecordedReports(), new RecordedReceipts());
        var view = Views.Of(1, "A105 3");
        pump.Post(view);
        Assert.Equal(TimeSpan.Zero, await DarkAsync());

        pump.Post(view with { Flash = new CallFlash(new CallId(105), 1), Version = 2 });
        Assert.InRange((await DarkAsync()).TotalSeconds, 1.4, 1.7);
        pump.Post(view with { Flash = new CallFlash(new CallId(105), 1), Version = 3, Waiting = 2 });
        Assert.Equal(TimeSpan.Zero, await DarkAsync());
        pump.Post(view with { Flash = new CallFlash(new CallId(105), 2), Version = 4 });
        Assert.InRange((await DarkAsync()).TotalSeconds, 1.4, 1.7);

        async Task<TimeSpan> DarkAsync()
        {
            var dark = TimeSpan.Zero;
            for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(8);)
            {
                var rest = await pump.StepAsync(TestContext.Current.CancellationToken);
                rig.Time.Advance(rest);
                passed += rest;
                dark += rig.Ticket(0).Length == 0 ? rest : TimeSpan.Zero;
            }

            return dark;
        }
    }

    [Fact]
    public async Task A_call_that_must_wait_for_the_voice_of_another_is_answered_when_its_turn_has_come()
    {
        var rig = new Max7219Rig();
        var receipts = new RecordedReceipts();
        using var pump = new BoardPump(rig.Board, rig.Time, new RecordedReports(), receipts);
        pump.Post(Views.Of(1, "A104 1", "A105 3") with { Spoken = new CallId(104) });
        await pump.StepAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(104, Delivery.Done)], receipts.All);

        rig.Time.Advance(TimeSpan.FromSeconds(1));
        pump.Post(Views.Of(1, "A105 3", "A104 1") with { Version = 2 });
        await pump.StepAsync(TestContext.Current.CancellationToken);
        Assert.Equal([(104, Delivery.Done), (105, Delivery.Done)], receipts.All);
    }

    [Fact]
    public void A_sign_over_a_counter_says_that_counters_calls_only() =>
        Assert.Equal(["A104"], Views.Of(1, "A105 3", "A104 1", "H007 12").ForCounter(1).Calls.Select(call => call.Ticket));

    [Fact]
    public void A_number_that_was_given_without_paper_stands_on_no_sign_over_a_counter() =>
        Assert.Null((Views.Of(1, "A105 3") with { Told = "A106" }).ForCounter(1).Told);
}
