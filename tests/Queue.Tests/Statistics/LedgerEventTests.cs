using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>The ledger fed with events by hand, for what a hall reaches only on a bad day.</summary>
public sealed class LedgerEventTests
{
    private static readonly DateTimeOffset Eight = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateOnly Tuesday = Hall.MondayDate.AddDays(1);
    private static readonly ServiceCode Civil = new("ho-tich");

    private readonly DayLedger ledger = new();

    public LedgerEventTests() => Add(new DayOpened(Hall.MondayDate));

    [Theory]
    [InlineData("nothing settles it", true)]
    [InlineData("the date is confirmed", false)]
    [InlineData("the box starts again", true)]
    [InlineData("the day is closed and the box starts again", false)]
    [InlineData("the day is closed", true)]
    [InlineData("the day is closed, and the same start is told again", true)]
    [InlineData("the day is closed and opened again, and the box starts again", true)]
    [InlineData("the day is closed, and the next day the box starts again", true)]
    public void A_ticket_that_was_given_without_the_time_moves_into_the_next_day_unless_it_is_settled(string meanwhile, bool moves)
    {
        Add(new BoxStarted("monday"));
        if (meanwhile == "the day is closed, and the next day the box starts again")
        {
            Add(new DayClosed(Hall.MondayDate, Eight), new DayOpened(Tuesday), Issued("A001", trusted: false), new BoxStarted("tuesday"));
        }
        else
        {
            Add(Issued("A001", trusted: false));
            Add(meanwhile switch
            {
                "the date is confirmed" => [new DayConfirmed(Hall.MondayDate, Eight)],
                "the box starts again" => [new BoxStarted("again")],
                "the day is closed and the box starts again" => [new DayClosed(Hall.MondayDate, Eight), new BoxStarted("again")],
                "the day is closed" => [new DayClosed(Hall.MondayDate, Eight)],
                "the day is closed, and the same start is told again" => [new DayClosed(Hall.MondayDate, Eight), new BoxStarted("monday")],
                "the day is closed and opened again, and the box starts again" =>
                    [new DayClosed(Hall.MondayDate, Eight), new DayReopened(Hall.MondayDate, Eight), new BoxStarted("again")],
                _ => Array.Empty<QueueEvent>(),
            });
        }

        Add(new DayOpened(Tuesday.AddDays(1), Carries: true));
        Assert.Equal(moves ? 1 : 0, ledger.Report().Total.Issued);
        Assert.Equal(moves ? null : 1, ledger.Before?.Total.Issued);
    }

    [Fact]
    public void A_day_that_carries_nothing_starts_empty_also_after_a_morning_without_the_time()
    {
        Add(Issued("A001", trusted: false), new DayOpened(Tuesday));
        Assert.Equal((0, 1), (ledger.Report().Total.Issued, ledger.Before!.Total.Issued));
    }

    [Fact]
    public void An_empty_day_takes_the_place_of_no_day_before()
    {
        Add(Issued("A001"), new DayOpened(Tuesday), new DayOpened(Tuesday.AddDays(1)));
        Assert.Equal(Hall.MondayDate, ledger.Before!.Date);
        Assert.Equal(Tuesday.AddDays(1), ledger.Report().Date);
    }

    [Fact]
    public void Ratings_and_overtakings_of_a_day_do_not_count_in_the_next()
    {
        var over = new CallGrounds(CallKind.InOrder, null, 2, [Hall.Notary], null);
        Add(Issued("A001"), Called("A001", 1, over), Called("A001", 2, over with { Over = [] }), new TicketRated(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), Rating.VerySatisfied, Eight));
        Assert.Equal((2, 2, 1), (ledger.Report().Overtakings, ledger.Report().Apart, ledger.Report().Ratings[Rating.VerySatisfied]));
        Add(new DayOpened(Tuesday));
        Assert.Equal((0, 0, 0), (ledger.Report().Overtakings, ledger.Report().Apart, ledger.Report().Ratings.Count));
    }

    [Theory]
    [InlineData(0, 10)] // At the very moment before the step.
    [InlineData(-5, 15)]
    [InlineData(30, -20)] // A slot that was still to come; the call comes before it, and measures nothing.
    public void A_clock_that_was_set_moves_what_has_begun_and_no_slot_that_is_to_come(int sinceMinutes, int waited)
    {
        var before = Eight.AddMinutes(60);
        var since = before.AddMinutes(sinceMinutes);
        Add(sinceMinutes > 0 ? Issued("A001", at: Eight, slot: since) : Issued("A001", at: since));
        Add(new ClockCorrected(TimeSpan.FromHours(2), before.AddHours(2)));
        var moved = sinceMinutes > 0 ? TimeSpan.Zero : TimeSpan.FromHours(2);
        Add(new TicketCalled(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), "Đến lượt.", since + moved + TimeSpan.FromMinutes(waited), null));
        var waiting = ledger.Report().Total.Waiting;
        Assert.Equal(waited < 0 ? default : new Spread(1, TimeSpan.FromMinutes(waited), TimeSpan.FromMinutes(waited)), waiting);
    }

    [Fact]
    public void A_call_and_an_end_in_the_same_moment_are_measured_as_nothing_and_not_left_out()
    {
        Add(Issued("A001"), Called("A001", 0), Done("A001", 0));
        var total = ledger.Report().Total;
        Assert.Equal((new Spread(1, TimeSpan.Zero, TimeSpan.Zero), new Spread(1, TimeSpan.Zero, TimeSpan.Zero)), (total.Waiting, total.Service));
    }

    [Fact]
    public void A_finish_that_is_taken_back_leaves_no_older_end_behind()
    {
        Add(Issued("A001"), Called("A001", 1), new TicketMissed(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), null, false, Eight), Called("A001", 2), Done("A001", 3));
        Add(Undone(UndoableAction.Finish));
        var total = ledger.Report().Total;
        Assert.Equal((0, 0, 1), (total.Missed, total.Served, total.Living));
    }

    [Fact]
    public void A_cancellation_that_is_taken_back_gives_the_end_before_it_again()
    {
        Add(Issued("A001"), Called("A001", 1), new TicketMissed(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), null, false, Eight));
        Add(new TicketCancelled(Hall.MondayDate, Hall.Number("A001"), Hall.Because, Hall.Counter(1), Eight), Undone(UndoableAction.Cancel));
        Assert.Equal((1, 0), (ledger.Report().Total.Missed, ledger.Report().Total.Cancelled));
    }

    [Theory]
    [InlineData(UndoableAction.Transfer, false)]
    [InlineData(UndoableAction.Finish, true)]
    public void Only_a_transfer_that_is_taken_back_brings_the_service_back(UndoableAction action, bool staysThere)
    {
        Add(Issued("A001"), Called("A001", 1), new TicketTransferred(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), Civil, null, Hall.Because, Eight));
        Add(Undone(action));
        Assert.Equal(staysThere ? Civil : Hall.Notary, Assert.Single(ledger.Report().ByService.Keys));
    }

    private void Add(params QueueEvent[] happened) => Array.ForEach(happened, ledger.Add);

    private static TicketIssued Issued(string number, bool trusted = true, DateTimeOffset? at = null, DateTimeOffset? slot = null) =>
        new(Hall.MondayDate, Hall.Number(number), Hall.Notary, Hall.Token(1), "api", 0, at ?? Eight, ClockTrusted: trusted, Slot: slot);

    private static TicketCalled Called(string number, int minutes, CallGrounds? grounds = null) =>
        new(Hall.MondayDate, Hall.Number(number), Hall.Counter(1), "Đến lượt.", Eight.AddMinutes(minutes), grounds);

    private static TicketDone Done(string number, int minutes) => new(Hall.MondayDate, Hall.Number(number), Hall.Counter(1), false, Eight.AddMinutes(minutes));

    private static ActionUndone Undone(UndoableAction action) => new(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), action, Eight);
}
