using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class DayTests
{
    private readonly Hall hall = new();

    [Fact]
    public void Closing_expires_who_waits_or_is_parked_and_counts_them_apart()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Land);
        hall.Next(3);
        hall.Do(new TransferToCounter(Hall.Counter(3), Hall.Counter(2), Hall.Because));
        var events = hall.Do(new CloseDay());
        Assert.Equal(["A001", "A002", "L001"], events.OfType<TicketExpired>().Select(e => e.Number.ToString()));
        Assert.Equal(new DayClosed(Hall.MondayDate, hall.Now), events[^1]);
        Assert.Equal((3, 0), (hall.State.Tally.Expired, hall.State.Tally.Done));
        Assert.Empty(hall.State.Living);
    }

    [Fact]
    public void Closing_leaves_who_is_at_a_counter_to_the_clerk_and_the_missed_as_missed()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Issue(Hall.Notary);
        hall.Next(1);
        Assert.IsType<DayClosed>(Assert.Single(hall.Do(new CloseDay())));
        Assert.Equal("day-closed", hall.Refusal(new ReturnTicket(Hall.Number("A001"))));
        hall.Do<TicketDone>(new FinishTicket(Hall.Counter(1)));
        Assert.Equal((1, 1, 0), (hall.State.Tally.Missed, hall.State.Tally.Done, hall.State.Tally.Expired));
    }

    [Fact]
    public void A_closed_day_gives_no_numbers_until_it_is_opened_again_and_its_numbers_go_on()
    {
        hall.Issue(Hall.Notary);
        hall.Do(new CloseDay());
        Assert.Equal("day-closed", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
        Assert.Equal("day-already-closed", hall.Refusal(new CloseDay()));
        Assert.Equal([new DayReopened(Hall.MondayDate, hall.Now)], hall.Do(new OpenDay()));
        Assert.Equal("A002", hall.Issue(Hall.Notary));
        Assert.Equal("day-already-open", hall.Refusal(new OpenDay()));
    }

    [Fact]
    public void The_morning_after_a_closed_day_opens_by_itself()
    {
        hall.Issue(Hall.Notary);
        hall.Do(new CloseDay());
        hall.Now += TimeSpan.FromDays(1);
        Assert.Equal("A001", hall.Issue(Hall.Notary));
        Assert.False(hall.State.Closed);
    }

    [Fact]
    public void A_day_that_never_began_cannot_be_closed()
    {
        Assert.Equal("day-already-closed", hall.Refusal(new CloseDay()));
        var opened = Assert.IsType<DayOpened>(Assert.Single(hall.Do(new OpenDay())));
        Assert.Equal(new DayOpened(Hall.MondayDate, ByClerk: true, Carries: false, hall.Now), opened);
    }

    [Fact]
    public void Closing_after_midnight_closes_the_day_that_was_forgotten_not_the_new_one()
    {
        hall.Issue(Hall.Notary);
        hall.Now += TimeSpan.FromDays(1);
        Assert.Equal(Hall.MondayDate, Assert.IsType<DayClosed>(hall.Do(new CloseDay())[^1]).Date);
        Assert.Equal("A001", hall.Issue(Hall.Notary));
    }

    [Fact]
    public void A_new_day_begins_with_everything_of_the_old_one_gone()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Do(new PauseCounter(Hall.Counter(1), Hall.Because));
        hall.Do(new PauseService(Hall.Land, Hall.Because));
        hall.Do(new RequestHelp(new HelpPlace("sanh")));
        hall.Now -= TimeSpan.FromHours(1);
        hall.Issue(Hall.Notary);
        hall.Now += TimeSpan.FromDays(1);
        hall.Issue(Hall.Notary);
        Assert.Empty(hall.State.Aside);
        Assert.Empty(hall.State.PausedCounters);
        Assert.Empty(hall.State.Help);
        Assert.Empty(hall.State.Ratings.Open);
        Assert.Equal(TimeSpan.Zero, hall.State.Clock.Shift);
        Assert.Equal("nothing-to-undo", hall.Refusal(new UndoLast(Hall.Counter(1))));
        Assert.Equal("service-paused", hall.Refusal(new IssueTicket(Hall.Land, Hall.Token(9), "api")));
        Assert.Equal(new DayTally(1, 0, 0, 0), hall.State.Tally);
    }

    [Fact]
    public void A_refused_command_opens_no_day()
    {
        hall.Issue(Hall.Notary);
        hall.Now += TimeSpan.FromDays(1);
        Assert.Equal("unknown-service", hall.Refusal(new IssueTicket(new ServiceCode("khong-co"), Hall.Token(9), "api")));
        Assert.Equal(Hall.MondayDate, hall.State.Date);
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
    }

    [Fact]
    public void Two_thousand_leftovers_expire_once_each_in_a_moment()
    {
        for (var i = 0; i < 2000; i++)
        {
            hall.Issue(i % 2 == 0 ? Hall.Notary : Hall.Land, i % 5 == 0 ? Hall.Elderly : null);
            hall.Wait(1);
        }

        hall.Now += TimeSpan.FromDays(1);
        var expired = hall.Do(new IssueTicket(Hall.Notary, Hall.Token(9), "api")).OfType<TicketExpired>().Select(e => e.Number).ToList();
        Assert.Equal((2000, 2000), (expired.Count, expired.Distinct().Count()));
        Assert.Equal(1, hall.State.WaitingCount);
    }
}
