using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>A box without a clock battery: Monday's journal, switched on on Tuesday without knowing that.</summary>
public sealed class UntrustedClockTests
{
    private static readonly DateOnly Tuesday = new(2026, 11, 24);
    private readonly Hall hall = new();

    public UntrustedClockTests()
    {
        hall.Happened(new BoxStarted("monday"));
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Happened(new BoxStarted("tuesday"));
        hall.ClockTrusted = false;
    }

    [Fact]
    public void The_journals_date_stands_and_its_numbers_go_on()
    {
        hall.Now += TimeSpan.FromDays(400);
        Assert.Equal("A003", hall.Issue(Hall.Notary));
        Assert.Equal(Hall.MondayDate, hall.State.Date);
    }

    [Fact]
    public void A_new_box_starts_before_any_day_it_can_see_so_that_a_clock_that_runs_ahead_does_no_harm()
    {
        var fresh = new Hall { ClockTrusted = false, Now = Hall.Monday.AddYears(30) };
        fresh.Issue(Hall.Notary);
        Assert.Equal(BusinessDate.Unknown, fresh.State.Date);
        (fresh.ClockTrusted, fresh.Now) = (true, Hall.Monday);
        Assert.Equal("A002", fresh.Issue(Hall.Notary));
        Assert.Equal((Hall.MondayDate, 2), (fresh.State.Date, fresh.State.WaitingCount));
    }

    [Fact]
    public void When_the_clock_is_trusted_at_midday_the_mornings_tickets_stay_and_only_yesterdays_expire()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Land);
        hall.Next(2);
        hall.Next(2);
        hall.Now = Hall.Monday.AddDays(1).AddHours(4);
        hall.ClockTrusted = true;
        var events = hall.Do(new IssueTicket(Hall.Notary, Hall.Token(9), "api"));
        Assert.Equal(["A001"], events.OfType<TicketExpired>().Select(e => e.Number.ToString()));
        Assert.All(events.OfType<TicketExpired>(), e => Assert.Equal(Hall.MondayDate, e.Date));
        Assert.Equal(new DayOpened(Tuesday, ByClerk: false, Carries: true, hall.Now), events.OfType<DayOpened>().Single());
        Assert.Equal("A004", events.OfType<TicketIssued>().Single().Number.ToString());
        Assert.Equal("A003", hall.At(2).Number.ToString());
        Assert.Equal(["A004", "L001"], hall.State.AllWaiting.Select(t => t.Number.ToString()).Order());
    }

    [Fact]
    public void The_new_day_counts_the_mornings_tickets_and_none_of_yesterdays()
    {
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Issue(Hall.Notary);
        hall.Do(new CancelTicket(Hall.Number("A004"), Hall.Because));
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        Assert.Equal(new DayTally(2, 1, 1, 0, Cancelled: 1), hall.State.Tally);
        Assert.Equal(2, hall.State.Issued[Hall.Notary]);
    }

    [Fact]
    public void Time_alone_settles_the_day_once_the_clock_is_trusted_so_that_tomorrow_takes_nothing_along()
    {
        hall.Issue(Hall.Notary);
        hall.ClockTrusted = true;
        Assert.Equal([new DayConfirmed(Hall.MondayDate, hall.Now)], hall.Do(new Tick()));
        Assert.Equal("nothing-due", hall.Refusal(new Tick()));
        hall.Now += TimeSpan.FromDays(1);
        var events = hall.Do(new IssueTicket(Hall.Notary, Hall.Token(9), "api"));
        Assert.False(events.OfType<DayOpened>().Single().Carries);
        Assert.Equal(3, events.OfType<TicketExpired>().Count());
        Assert.Equal("A001", events.OfType<TicketIssued>().Single().Number.ToString());
    }

    [Fact]
    public void What_was_carried_into_a_day_is_not_carried_out_of_it()
    {
        hall.Issue(Hall.Notary);
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        hall.Now += TimeSpan.FromDays(1);
        var events = hall.Do(new IssueTicket(Hall.Notary, Hall.Token(9), "api"));
        Assert.Equal(["A003"], events.OfType<TicketExpired>().Select(e => e.Number.ToString()));
        Assert.Equal("A001", events.OfType<TicketIssued>().Single().Number.ToString());
    }

    [Fact]
    public void A_power_flicker_before_the_clock_was_ever_trusted_costs_nobody_the_turn()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(2);
        hall.Happened(new BoxStarted("flicker"));
        hall.Issue(Hall.Notary);
        hall.Happened(new BoxStarted("flicker again"));
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        var events = hall.Do(new Tick());
        Assert.Equal(["A001", "A002"], events.OfType<TicketExpired>().Select(e => e.Number.ToString()).Order());
        Assert.True(events.OfType<DayOpened>().Single().Carries);
        Assert.Equal(["A003", "A004", "A005"], hall.State.Living.Select(t => t.Number.ToString()).Order());
        Assert.Equal((Tuesday, 3, "A006"), (hall.State.Date, hall.State.Tally.Issued, hall.Issue(Hall.Notary)));
    }

    [Fact]
    public void What_was_given_before_the_flicker_stays_in_doubt_and_its_call_says_so()
    {
        hall.Issue(Hall.Notary);
        hall.Happened(new BoxStarted("flicker"));
        hall.Issue(Hall.Notary);
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        Assert.Equal([true, false], [hall.InLine("A003").Doubtful, hall.InLine("A004").Doubtful]);
        Assert.Equal("Theo thứ tự lấy số. Lấy số khi máy chưa biết giờ, trước lần bật máy sau cùng: có thể là số của hôm trước.", hall.Call(2).Why);
        Assert.Equal("Theo thứ tự lấy số.", hall.Call(2).Why);
    }

    [Fact]
    public void A_clerk_takes_the_tickets_of_before_the_flicker_along_into_the_day_but_not_out_of_a_day_that_a_clerk_opened()
    {
        hall.Issue(Hall.Notary);
        hall.Happened(new BoxStarted("flicker"));
        Assert.True(hall.Do<DayOpened>(new OpenDay()).Carries);
        Assert.Equal(["A003"], hall.State.Living.Select(t => t.Number.ToString()));
        hall.Happened(new BoxStarted("wednesday"));
        Assert.False(hall.Do<DayOpened>(new OpenDay()).Carries);
        Assert.Empty(hall.State.Living);
    }

    [Fact]
    public void A_date_that_a_clerk_guessed_wrong_costs_nobody_the_turn_after_a_flicker()
    {
        hall.Do(new OpenDay());
        hall.Issue(Hall.Notary);
        hall.Happened(new BoxStarted("flicker"));
        hall.Now = Hall.Monday.AddDays(3);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        Assert.Equal(["A001"], hall.State.Living.Select(t => t.Number.ToString()));
    }

    [Theory]
    [InlineData("trusted")]
    [InlineData("closed")]
    [InlineData("nobody came")]
    public void What_was_settled_before_the_flicker_is_not_carried_out_of_its_day(string settled)
    {
        if (settled != "nobody came")
        {
            hall.Issue(Hall.Notary);
        }

        hall.ClockTrusted = settled == "trusted";
        hall.Try(settled == "closed" ? new CloseDay() : new Tick());
        hall.ClockTrusted = false;
        hall.Happened(new BoxStarted("wednesday"));
        var mine = hall.Issue(Hall.Notary);
        hall.Now = Hall.Monday.AddDays(2);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        Assert.Equal([mine], hall.State.Living.Select(t => t.Number.ToString()));
        Assert.False(hall.InLine(mine).Doubtful);
    }

    [Fact]
    public void A_restart_of_the_program_alone_changes_nothing()
    {
        hall.Issue(Hall.Notary);
        hall.Happened(new BoxStarted("tuesday"));
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        Assert.Equal(["A001", "A002"], hall.Do(new Tick()).OfType<TicketExpired>().Select(e => e.Number.ToString()).Order());
    }

    [Fact]
    public void A_new_day_without_unsure_tickets_starts_at_001()
    {
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        Assert.Equal("A001", hall.Issue(Hall.Notary));
    }

    [Fact]
    public void A_clerk_opens_the_next_day_and_takes_the_mornings_tickets_along()
    {
        hall.Issue(Hall.Notary);
        var events = hall.Do(new OpenDay());
        Assert.Equal(["A001", "A002"], events.OfType<TicketExpired>().Select(e => e.Number.ToString()).Order());
        Assert.Equal(new DayOpened(Tuesday, ByClerk: true, Carries: true, hall.Now), events[^1]);
        Assert.Equal("A004", hall.Issue(Hall.Notary));
    }

    [Fact]
    public void A_second_held_key_opens_no_second_day_within_four_hours()
    {
        hall.Do(new OpenDay());
        hall.Issue(Hall.Notary);
        hall.Now += TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1);
        Assert.Equal("day-already-open", hall.Refusal(new OpenDay()));
        hall.Wait(1);
        var opened = hall.Do<DayOpened>(new OpenDay());
        Assert.Equal((Tuesday.AddDays(1), false), (opened.Date, opened.Carries));
    }

    [Fact]
    public void After_another_start_the_key_opens_the_next_day_at_once()
    {
        hall.Do(new OpenDay());
        hall.Happened(new BoxStarted("wednesday"));
        Assert.Equal(Tuesday.AddDays(1), hall.Do<DayOpened>(new OpenDay()).Date);
    }

    [Fact]
    public void A_day_closed_by_mistake_opens_again_within_four_hours_of_its_opening()
    {
        hall.Do(new OpenDay());
        hall.Do(new CloseDay());
        Assert.Equal("day-closed", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
        Assert.Equal([new DayReopened(Tuesday, hall.Now)], hall.Do(new OpenDay()));
    }

    [Fact]
    public void A_day_closed_in_this_boot_gives_its_tickets_to_no_other_day()
    {
        hall.Issue(Hall.Notary);
        hall.Do(new CloseDay());
        Assert.False(hall.Do<DayOpened>(new OpenDay()).Carries);
    }

    [Fact]
    public void Yesterdays_closing_sends_nobody_home_who_comes_this_morning()
    {
        hall.Do(new CloseDay());
        hall.Happened(new BoxStarted("wednesday"));
        Assert.Equal("A003", hall.Issue(Hall.Notary));
        hall.ClockTrusted = true;
        Assert.Equal("day-closed", hall.Refusal(new IssueTicket(Hall.Notary, Hall.Token(9), "api")));
    }

    [Fact]
    public void The_date_a_clerk_opened_stands_until_the_clock_passes_it()
    {
        hall.Do(new OpenDay());
        hall.ClockTrusted = true;
        hall.Issue(Hall.Notary);
        Assert.Equal(Tuesday, hall.State.Date);
        hall.Now += TimeSpan.FromDays(2);
        hall.Issue(Hall.Notary);
        Assert.Equal(Tuesday.AddDays(1), hall.State.Date);
    }

    [Fact]
    public void What_the_morning_missed_may_return_in_the_new_day_but_yesterdays_may_not()
    {
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(2);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Now = Hall.Monday.AddDays(1);
        hall.ClockTrusted = true;
        Assert.Equal("not-aside", hall.Refusal(new ReturnTicket(Hall.Number("A001"))));
        hall.Do(new Tick());
        Assert.Equal(["A003"], hall.State.Aside.Keys.Select(n => n.ToString()));
        hall.Do<TicketReturned>(new ReturnTicket(Hall.Number("A003")));
    }
}
