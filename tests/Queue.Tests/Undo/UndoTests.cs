using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class UndoTests
{
    private readonly Hall hall = new();

    public UndoTests()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Wait(60);
    }

    [Fact]
    public void A_finish_is_taken_back_as_if_it_had_not_been()
    {
        Same(() => hall.Do(new FinishTicket(Hall.Counter(1))), UndoableAction.Finish);
        Assert.Equal("not-done", hall.Refusal(new RateTicket(Hall.Number("A001"), Rating.Satisfied)));
    }

    [Fact]
    public void A_finish_by_next_is_taken_back_when_nobody_was_called() => Same(() => hall.Do(new CallNext(Hall.Counter(1))), UndoableAction.Finish);

    [Fact]
    public void A_miss_is_taken_back()
    {
        hall.CallInVain(1);
        Same(() => hall.Do(new MarkMissed(Hall.Counter(1))), UndoableAction.Miss);
    }

    [Fact]
    public void A_miss_by_next_is_taken_back_when_nobody_was_called()
    {
        hall.CallInVain(1);
        Same(() => hall.Do(new CallNext(Hall.Counter(1))), UndoableAction.Miss);
    }

    [Fact]
    public void A_parking_is_taken_back() => Same(() => hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because)), UndoableAction.Park);

    [Fact]
    public void A_transfer_is_taken_back()
    {
        Same(() => hall.Do(new TransferToCounter(Hall.Counter(1), Hall.Counter(3), Hall.Because)), UndoableAction.Transfer);
        Same(() => hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because)), UndoableAction.Transfer);
    }

    [Fact]
    public void A_cancellation_is_taken_back_wherever_the_ticket_was()
    {
        hall.Issue(Hall.Notary);
        Same(() => hall.Do(new CancelTicket(Hall.Number("A002"), Hall.Because, Hall.Counter(1))), UndoableAction.Cancel);
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        Same(() => hall.Do(new CancelTicket(Hall.Number("A001"), Hall.Because, Hall.Counter(2))), UndoableAction.Cancel, 2);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        Same(() => hall.Do(new CancelTicket(Hall.Number("A002"), Hall.Because, Hall.Counter(2))), UndoableAction.Cancel, 2);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(5.001, "undo-too-late")]
    [InlineData(-0.001, "undo-too-late")]
    public void An_action_can_be_taken_back_for_five_seconds(double seconds, string? code)
    {
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Wait(seconds);
        Assert.Equal(code, (hall.Try(new UndoLast(Hall.Counter(1))) as Refused)?.Code);
    }

    [Fact]
    public void Nothing_is_taken_back_twice_or_by_another_counter()
    {
        hall.Do(new FinishTicket(Hall.Counter(1)));
        Assert.Equal("nothing-to-undo", hall.Refusal(new UndoLast(Hall.Counter(2))));
        Assert.Equal("unknown-counter", hall.Refusal(new UndoLast(Hall.Counter(9))));
        hall.Do(new UndoLast(Hall.Counter(1)));
        Assert.Equal("nothing-to-undo", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Fact]
    public void A_call_is_never_taken_back_for_the_hall_has_heard_it()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        Assert.Equal("nothing-to-undo", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Fact]
    public void A_finish_that_was_rated_stands()
    {
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Do(new RateTicket(Hall.Number("A001"), Rating.NotSatisfied));
        Assert.Equal("undo-unsafe", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Fact]
    public void A_ticket_that_someone_else_has_called_stays_there()
    {
        hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        hall.Do(new CallNext(Hall.Counter(3)));
        Assert.Equal("undo-unsafe", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ticket_that_came_back_or_was_called_from_aside_stays_there(bool miss)
    {
        hall.CallInVain(1);
        hall.Do(miss ? new MarkMissed(Hall.Counter(1)) : new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Do(new CallChosen(Hall.Counter(2), Hall.Number("A001"), Hall.Because));
        hall.Do(miss ? new ParkTicket(Hall.Counter(2), Hall.Because) : new TransferToCounter(Hall.Counter(2), Hall.Counter(3), Hall.Because));
        Assert.Equal("undo-unsafe", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Theory]
    [InlineData(UndoableAction.Transfer)]
    [InlineData(UndoableAction.Park)]
    [InlineData(UndoableAction.Miss)]
    public void A_ticket_that_went_through_other_hands_stays_though_it_stands_where_it_stood(UndoableAction action)
    {
        if (action == UndoableAction.Miss)
        {
            hall.CallInVain(1);
        }

        Do(action, 1);
        hall.Do(action == UndoableAction.Transfer ? new CallNext(Hall.Counter(3)) : new CallChosen(Hall.Counter(2), Hall.Number("A001"), Hall.Because));
        var other = action == UndoableAction.Transfer ? 3 : 2;
        if (action == UndoableAction.Miss)
        {
            hall.State = hall.State with { AtCounters = hall.State.AtCounters.SetItem(Hall.Counter(other), hall.At(other) with { Calls = 3, CalledAt = hall.Now.AddMinutes(-1) }) };
        }

        Do(action, other);
        Assert.Equal("undo-unsafe", hall.Refusal(new UndoLast(Hall.Counter(1))));
        Assert.Equal(action, hall.Do<ActionUndone>(new UndoLast(Hall.Counter(other))).Action);

        void Do(UndoableAction what, int counter) => hall.Do(what switch
        {
            UndoableAction.Transfer => new TransferToService(Hall.Counter(counter), hall.At(counter).Service == Hall.Land ? Hall.Notary : Hall.Land, Hall.Because),
            UndoableAction.Park => new ParkTicket(Hall.Counter(counter), Hall.Because),
            _ => new MarkMissed(Hall.Counter(counter)),
        });
    }

    [Fact]
    public void A_ticket_that_another_counter_cancelled_and_gave_back_has_been_through_other_hands()
    {
        hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        hall.Do(new CancelTicket(Hall.Number("A001"), Hall.Because, Hall.Counter(3)));
        hall.Do(new UndoLast(Hall.Counter(3)));
        Assert.Equal("undo-unsafe", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Fact]
    public void A_counter_that_has_another_ticket_keeps_it()
    {
        hall.Issue(Hall.Notary);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        hall.Do(new CallNext(Hall.Counter(1)));
        Assert.Equal("nothing-to-undo", hall.Refusal(new UndoLast(Hall.Counter(1))));
    }

    [Fact]
    public void Who_overtook_a_sent_ticket_meanwhile_still_counts()
    {
        hall.Do(new StartServing(Hall.Counter(1)));
        hall.Wait(1);
        hall.Issue(Hall.Land, Hall.Disabled);
        hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        Assert.Equal(1, hall.Call(3).Grounds!.Passed);
        hall.Do(new UndoLast(Hall.Counter(1)));
        Assert.Equal(1, hall.At(1).Overtaken);
    }

    private void Same(Action act, UndoableAction action, int counter = 1)
    {
        var before = Hall.Text(hall.State with { Undo = hall.State.Undo.Clear(), Ratings = RatingBook.Empty });
        act();
        var undone = hall.Do<ActionUndone>(new UndoLast(Hall.Counter(counter)));
        Assert.Equal((action, hall.Now), (undone.Action, undone.At));
        Assert.Empty(hall.State.Ratings.Open);
        Assert.Equal(before, Hall.Text(hall.State with { Undo = hall.State.Undo.Clear(), Ratings = RatingBook.Empty }));
    }
}
