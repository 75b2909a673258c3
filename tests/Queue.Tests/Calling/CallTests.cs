using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class CallTests
{
    private readonly Hall hall = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1.999)]
    public void Next_pressed_twice_within_the_guard_time_counts_once(double seconds)
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(seconds);
        Assert.Equal("pressed-twice", hall.Refusal(new CallNext(Hall.Counter(1))));
        Assert.Equal("pressed-twice", hall.Refusal(new CallChosen(Hall.Counter(1), Hall.Number("A002"), Hall.Because)));
        Assert.Equal("A001", hall.At(1).Number.ToString());
    }

    [Fact]
    public void A_parked_number_that_is_chosen_was_never_one_that_missed_its_turn()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Do(new CallChosen(Hall.Counter(2), Hall.Number("A001"), Hall.Because));
        Assert.Equal(0, hall.State.Tally.Missed);
    }

    [Fact]
    public void Grounds_are_the_same_when_all_that_they_say_is()
    {
        var grounds = new CallGrounds(CallKind.Due, Hall.Elderly, 2, [Hall.Notary, Hall.Land], Hall.Because);
        Assert.Equal(grounds, grounds with { Over = [Hall.Notary, Hall.Land] });
        Assert.NotEqual(grounds, grounds with { Over = [Hall.Land, Hall.Notary] });
        Assert.NotEqual(grounds, grounds with { Passed = 1 });
        Assert.False(grounds.Equals(null));
    }

    [Fact]
    public void At_the_end_of_the_guard_time_next_is_next()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(2);
        Assert.Equal("A002", hall.Do<TicketCalled>(new CallNext(Hall.Counter(1))).Number.ToString());
    }

    [Fact]
    public void The_guard_is_the_counters_own_and_ends_with_a_recall_or_the_citizens_coming()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        Assert.Equal("A002", hall.Do<TicketCalled>(new CallNext(Hall.Counter(2))).Number.ToString());
        hall.Do(new Recall(Hall.Counter(1)));
        Assert.Equal("A003", hall.Do<TicketCalled>(new CallNext(Hall.Counter(1))).Number.ToString());
        hall.Do(new StartServing(Hall.Counter(1)));
        hall.Do<TicketDone>(new CallNext(Hall.Counter(1)));
    }

    [Fact]
    public void Without_a_guard_time_every_press_counts()
    {
        var bare = new Hall(Hall.Plan with { Timing = new QueueTiming { Guard = TimeSpan.Zero } });
        bare.Issue(Hall.Notary);
        bare.Next(1);
        bare.Do<TicketDone>(new CallNext(Hall.Counter(1)));
    }

    [Fact]
    public void A_clock_set_back_does_not_hold_the_guard_for_hours()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(-3600);
        hall.Do<TicketDone>(new CallNext(Hall.Counter(1)));
    }

    [Fact]
    public void Two_counters_that_press_at_once_never_get_one_ticket()
    {
        hall.Issue(Hall.Notary);
        hall.Do<TicketCalled>(new CallNext(Hall.Counter(1)));
        Assert.Equal("nobody-waiting", hall.Refusal(new CallNext(Hall.Counter(2))));
    }

    [Fact]
    public void After_three_calls_and_thirty_seconds_next_means_missed_and_otherwise_done_but_inferred()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        var missed = hall.Do<TicketMissed>(new CallNext(Hall.Counter(1)));
        Assert.Equal((true, hall.Now + TimeSpan.FromMinutes(30)), (missed.Inferred, missed.ReturnUntil!.Value));
        Assert.Equal((0, 1), (hall.State.Tally.Done, hall.State.Tally.Missed));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 29.999)]
    public void A_call_too_few_or_a_moment_too_early_is_done_but_inferred(int recalls, double seconds)
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        for (var i = 0; i < recalls; i++)
        {
            hall.Do(new Recall(Hall.Counter(1)));
        }

        hall.Wait(seconds);
        Assert.True(hall.Do<TicketDone>(new CallNext(Hall.Counter(1))).Inferred);
        Assert.Equal((1, 1), (hall.State.Tally.Done, hall.State.Tally.Inferred));
    }

    [Fact]
    public void Who_came_to_the_counter_was_served_however_often_called()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new StartServing(Hall.Counter(1)));
        hall.Wait(60);
        Assert.False(hall.Do<TicketDone>(new CallNext(Hall.Counter(1))).Inferred);
        Assert.Equal((1, 0), (hall.State.Tally.Done, hall.State.Tally.Inferred));
    }

    [Fact]
    public void A_ticket_that_is_served_is_neither_called_again_nor_started_twice()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        var started = hall.Do<ServingStarted>(new StartServing(Hall.Counter(1)));
        Assert.Equal((Hall.Number("A001"), hall.Now), (started.Number, started.At));
        Assert.Equal(TicketStage.Serving, hall.At(1).Stage);
        Assert.Equal("already-serving", hall.Refusal(new Recall(Hall.Counter(1))));
        Assert.Equal("already-serving", hall.Refusal(new StartServing(Hall.Counter(1))));
    }

    [Fact]
    public void A_chosen_number_ends_the_one_before_it()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(2);
        var events = hall.Do(new CallChosen(Hall.Counter(1), Hall.Number("A003"), Hall.Because));
        Assert.Equal([typeof(TicketDone), typeof(TicketCalled)], events.Select(e => e.GetType()));
        Assert.Equal(Hall.Because, ((TicketCalled)events[1]).Grounds!.Because);
        Assert.Equal("A003", hall.At(1).Number.ToString());
        Assert.Equal(1, hall.State.WaitingCount);
    }

    [Fact]
    public void A_number_that_cannot_be_chosen_is_refused_with_the_reason()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Land);
        hall.Next(1);
        Assert.Equal("ticket-at-counter", hall.Refusal(new CallChosen(Hall.Counter(2), Hall.Number("A001"), Hall.Because)));
        Assert.Equal("unknown-ticket", hall.Refusal(new CallChosen(Hall.Counter(2), Hall.Number("A002"), Hall.Because)));
        Assert.Equal("service-not-taken", hall.Refusal(new CallChosen(Hall.Counter(1), Hall.Number("L001"), Hall.Because)));
        Assert.Equal("unknown-counter", hall.Refusal(new CallChosen(Hall.Counter(9), Hall.Number("L001"), Hall.Because)));
    }

    [Fact]
    public void A_missed_ticket_can_be_chosen_until_its_window_ends()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        hall.Wait((30 * 60) + 0.001);
        Assert.Equal("return-too-late", hall.Refusal(new CallChosen(Hall.Counter(1), Hall.Number("A001"), Hall.Because)));
        hall.Wait(-0.001);
        hall.Do<TicketCalled>(new CallChosen(Hall.Counter(1), Hall.Number("A001"), Hall.Because));
        Assert.Equal((0, 2), (hall.State.Tally.Missed, hall.State.Tally.Called));
        Assert.Empty(hall.State.Aside);
        Assert.Null(hall.At(1).ReturnUntil);
    }

    [Fact]
    public void A_parked_ticket_can_be_chosen_and_a_directly_sent_one_by_the_counter_it_was_sent_to()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Do<TicketCalled>(new CallChosen(Hall.Counter(2), Hall.Number("A001"), Hall.Because));
        hall.Do(new TransferToCounter(Hall.Counter(2), Hall.Counter(3), Hall.Because));
        Assert.Equal("service-not-taken", hall.Refusal(new CallChosen(Hall.Counter(4), Hall.Number("A001"), Hall.Because)));
        hall.Do<TicketCalled>(new CallChosen(Hall.Counter(3), Hall.Number("A001"), Hall.Because));
        Assert.Equal(0, hall.State.WaitingCount);
    }

    [Fact]
    public void Someone_in_the_middle_of_the_line_is_found_among_others()
    {
        for (var i = 0; i < 5; i++)
        {
            hall.Issue(Hall.Notary);
        }

        hall.Do(new CancelTicket(Hall.Number("A003"), Hall.Because));
        Assert.Equal(["A001", "A002", "A004", "A005"], hall.State.AllWaiting.Select(t => t.Number.ToString()));
    }
}
