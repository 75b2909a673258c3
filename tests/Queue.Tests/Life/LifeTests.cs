using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class LifeTests
{
    private readonly Hall hall = new();

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 29.999)]
    public void A_ticket_is_not_missed_before_three_calls_and_thirty_seconds(int recalls, double seconds)
    {
        Called();
        for (var i = 0; i < recalls; i++)
        {
            hall.Do(new Recall(Hall.Counter(1)));
        }

        hall.Wait(seconds);
        Assert.Equal("not-called-enough", hall.Refusal(new MarkMissed(Hall.Counter(1))));
    }

    [Fact]
    public void A_ticket_is_missed_after_three_calls_and_exactly_thirty_seconds()
    {
        Called();
        hall.CallInVain(1);
        var missed = hall.Do<TicketMissed>(new MarkMissed(Hall.Counter(1)));
        Assert.Equal((false, hall.Now + TimeSpan.FromMinutes(30), hall.Now), (missed.Inferred, missed.ReturnUntil!.Value, missed.At));
        Assert.Equal((TicketStage.Missed, 1), (hall.State.Aside[Hall.Number("A001")].Stage, hall.State.Tally.Missed));
        Assert.Empty(hall.State.AtCounters);
    }

    [Fact]
    public void Who_is_being_served_is_not_missed()
    {
        Called();
        hall.CallInVain(1);
        hall.Do(new StartServing(Hall.Counter(1)));
        Assert.Equal("already-serving", hall.Refusal(new MarkMissed(Hall.Counter(1))));
    }

    [Fact]
    public void A_clock_set_back_is_no_waiting()
    {
        Called();
        hall.CallInVain(1);
        hall.Wait(-3600);
        Assert.Equal("not-called-enough", hall.Refusal(new MarkMissed(Hall.Counter(1))));
    }

    [Fact]
    public void A_missed_ticket_returns_to_its_old_place_until_the_window_ends()
    {
        Missed();
        hall.Issue(Hall.Notary);
        hall.Wait((30 * 60) + 0.001);
        Assert.Equal("return-too-late", hall.Refusal(new ReturnTicket(Hall.Number("A001"))));
        hall.Wait(-0.001);
        hall.Do<TicketReturned>(new ReturnTicket(Hall.Number("A001")));
        Assert.Equal(0, hall.State.Tally.Missed);
        Assert.Equal((0, null, true), (hall.InLine("A001").Calls, hall.InLine("A001").ReturnUntil, hall.InLine("A001").Returned));
        Assert.Equal("A001", hall.Next(1));
    }

    [Fact]
    public void Without_the_time_no_return_window_ends()
    {
        Missed();
        hall.Wait(40 * 60);
        hall.ClockTrusted = false;
        hall.Do<TicketReturned>(new ReturnTicket(Hall.Number("A001")));
    }

    [Fact]
    public void A_ticket_missed_without_the_time_may_return_all_day()
    {
        hall.ClockTrusted = false;
        Called();
        hall.CallInVain(1);
        Assert.Null(hall.Do<TicketMissed>(new MarkMissed(Hall.Counter(1))).ReturnUntil);
        hall.ClockTrusted = true;
        hall.Do(new Tick());
        hall.Wait(3600);
        hall.Do<TicketReturned>(new ReturnTicket(Hall.Number("A001")));
    }

    [Fact]
    public void A_parked_ticket_returns_whenever_it_likes_and_stops_no_counter()
    {
        Called();
        hall.Issue(Hall.Notary);
        var parked = hall.Do<TicketParked>(new ParkTicket(Hall.Counter(1), Hall.Because));
        Assert.Equal((Hall.Because, Hall.Number("A001")), (parked.Why, parked.Number));
        Assert.Equal("A002", hall.Next(1));
        hall.Wait(5 * 3600);
        hall.Do<TicketReturned>(new ReturnTicket(Hall.Number("A001")));
        Assert.Equal("A001", hall.Next(1));
    }

    [Fact]
    public void Only_what_was_set_aside_returns()
    {
        hall.Issue(Hall.Notary);
        Assert.Equal("not-aside", hall.Refusal(new ReturnTicket(Hall.Number("A001"))));
        Assert.Equal("not-aside", hall.Refusal(new ReturnTicket(Hall.Number("A009"))));
    }

    [Fact]
    public void A_ticket_sent_to_another_service_keeps_its_number_and_its_arrival()
    {
        Called();
        hall.Issue(Hall.Land);
        hall.Wait(60);
        var sent = hall.Do<TicketTransferred>(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        Assert.Equal((Hall.Land, null), (sent.Service, sent.To));
        Assert.Equal(["A001", "L001"], [hall.Next(3), hall.Next(3)]);
    }

    [Fact]
    public void A_transfer_that_leads_nowhere_is_refused()
    {
        Called();
        Assert.Equal("same-service", hall.Refusal(new TransferToService(Hall.Counter(1), Hall.Notary, Hall.Because)));
        Assert.Equal("unknown-service", hall.Refusal(new TransferToService(Hall.Counter(1), new ServiceCode("khong-co"), Hall.Because)));
        Assert.Equal("same-counter", hall.Refusal(new TransferToCounter(Hall.Counter(1), Hall.Counter(1), Hall.Because)));
        Assert.Equal("unknown-counter", hall.Refusal(new TransferToCounter(Hall.Counter(1), Hall.Counter(9), Hall.Because)));
        Assert.Equal("counter-empty", hall.Refusal(new TransferToCounter(Hall.Counter(2), Hall.Counter(1), Hall.Because)));
        hall.Do(new PauseService(Hall.Land, Hall.Because));
        hall.Do(new PauseCounter(Hall.Counter(3), Hall.Because));
        Assert.Equal("service-paused", hall.Refusal(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because)));
        Assert.Equal("counter-paused", hall.Refusal(new TransferToCounter(Hall.Counter(1), Hall.Counter(3), Hall.Because)));
        var orphan = new Hall(Hall.Plan with { Counters = Hall.Plan.Counters.Remove(Hall.Counter(4)) });
        orphan.Issue(Hall.Notary);
        orphan.Next(1);
        Assert.Equal("no-counter-for-service", orphan.Refusal(new TransferToService(Hall.Counter(1), Hall.Online, Hall.Because)));
    }

    [Fact]
    public void A_ticket_sent_to_a_counter_is_called_there_first_and_nowhere_else()
    {
        Called();
        hall.Issue(Hall.Land);
        hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(3), Hall.Because));
        Assert.Equal((2, 0), (hall.State.WaitingCount, hall.State.WaitingFor(Hall.Notary)));
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(1))));
        Assert.Equal("A001", hall.Next(3));
        Assert.Null(hall.At(3).Direct);
        Assert.Equal("L001", hall.Next(3));
    }

    [Fact]
    public void A_ticket_that_is_given_up_is_gone_and_counted()
    {
        Missed();
        hall.Issue(Hall.Notary);
        hall.Do<TicketCancelled>(new CancelTicket(Hall.Number("A001"), Hall.Because));
        hall.Do<TicketCancelled>(new CancelTicket(Hall.Number("A002"), Hall.Because));
        Assert.Equal((0, 0, 0, 2), (hall.State.Aside.Count, hall.State.WaitingCount, hall.State.Tally.Missed, hall.State.Tally.Cancelled));
        Assert.Equal("unknown-ticket", hall.Refusal(new CancelTicket(Hall.Number("A002"), Hall.Because)));
        Assert.Equal("unknown-counter", hall.Refusal(new CancelTicket(Hall.Number("A002"), Hall.Because, Hall.Counter(9))));
    }

    [Fact]
    public void A_ticket_at_a_counter_is_not_given_up_behind_its_back()
    {
        Called();
        Assert.Equal("ticket-at-counter", hall.Refusal(new CancelTicket(Hall.Number("A001"), Hall.Because)));
    }

    [Fact]
    public void Every_act_on_an_empty_or_unknown_counter_is_refused()
    {
        foreach (var (command, unknown) in new (QueueCommand, QueueCommand)[]
        {
            (new MarkMissed(Hall.Counter(1)), new MarkMissed(Hall.Counter(9))),
            (new ParkTicket(Hall.Counter(1), Hall.Because), new ParkTicket(Hall.Counter(9), Hall.Because)),
            (new StartServing(Hall.Counter(1)), new StartServing(Hall.Counter(9))),
            (new FinishTicket(Hall.Counter(1)), new FinishTicket(Hall.Counter(9))),
            (new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because), new TransferToService(Hall.Counter(9), Hall.Land, Hall.Because)),
        })
        {
            Assert.Equal("counter-empty", hall.Refusal(command));
            Assert.Equal("unknown-counter", hall.Refusal(unknown));
        }
    }

    private void Called()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
    }

    private void Missed()
    {
        Called();
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
    }
}
