using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class OvertakingTests
{
    private readonly Hall hall = new();

    [Fact]
    public void A_priority_group_goes_before_those_who_came_within_its_credit()
    {
        hall.Issue(Hall.Notary);
        hall.Wait(30 * 60);
        hall.Issue(Hall.Notary);
        hall.Wait(1);
        var old = hall.Issue(Hall.Notary, Hall.Elderly);
        Assert.Equal(["A001", old, "A002"], [hall.Next(1), hall.Next(1), hall.Next(1)]);
    }

    [Fact]
    public void At_exactly_the_credit_whoever_came_first_goes_first()
    {
        hall.Issue(Hall.Notary);
        hall.Wait(30 * 60);
        hall.Issue(Hall.Notary, Hall.Elderly);
        Assert.Equal("A001", hall.Next(1));
    }

    [Fact]
    public void A_larger_credit_goes_before_a_smaller_one()
    {
        hall.Issue(Hall.Notary, Hall.Elderly);
        hall.Wait(60);
        hall.Issue(Hall.Notary, Hall.Disabled);
        Assert.Equal(["A002", "A001"], [hall.Next(1), hall.Next(1)]);
    }

    [Fact]
    public void A_call_out_of_turn_says_whom_it_favours_and_how_many_it_went_past()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Land);
        hall.Wait(60);
        hall.Issue(Hall.Notary, Hall.Elderly);
        var called = hall.Call(2);
        Assert.Equal("Ưu tiên: người cao tuổi, vượt 2 lượt.", called.Why);
        Assert.Equal((CallKind.Priority, Hall.Elderly, 2), (called.Grounds!.Kind, called.Grounds.Priority, called.Grounds.Passed));
        Assert.Equal([Hall.Notary, Hall.Land], called.Grounds.Over.OrderBy(s => s.Value));
    }

    [Fact]
    public void A_call_in_order_says_so()
    {
        hall.Issue(Hall.Notary);
        var called = hall.Call(1);
        Assert.Equal(("Theo thứ tự lấy số.", CallKind.InOrder, 0), (called.Why, called.Grounds!.Kind, called.Grounds.Passed));
    }

    [Fact]
    public void A_priority_that_went_past_nobody_is_called_in_order()
    {
        hall.Issue(Hall.Notary, Hall.Elderly);
        var called = hall.Call(1);
        Assert.Equal((CallKind.InOrder, "Theo thứ tự lấy số."), (called.Grounds!.Kind, called.Why));
        Assert.Equal(Hall.Elderly, called.Grounds.Priority);
    }

    [Fact]
    public void Nobody_is_overtaken_more_often_than_the_cap_and_then_goes_before_every_credit()
    {
        hall.Issue(Hall.Notary);
        for (var i = 0; i < 4; i++)
        {
            hall.Wait(1);
            hall.Issue(Hall.Notary, Hall.Disabled);
        }

        Assert.Equal(["A002", "A003", "A004"], [hall.Next(1), hall.Next(1), hall.Next(1)]);
        Assert.Equal(3, hall.InLine("A001").Overtaken);
        var due = hall.Call(1);
        Assert.Equal(("A001", CallKind.Due), (due.Number.ToString(), due.Grounds!.Kind));
        Assert.Equal("Đã bị vượt 3 lượt nên được gọi trước.", due.Why);
        Assert.Equal("A005", hall.Next(1));
    }

    [Fact]
    public void Those_who_are_due_go_in_the_order_they_came()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        for (var i = 0; i < 4; i++)
        {
            hall.Wait(1);
            hall.Issue(Hall.Notary, Hall.Disabled);
        }

        Assert.Equal(["A003", "A004", "A005", "A001", "A002", "A006"], Enumerable.Range(0, 6).Select(_ => hall.Next(1)));
    }

    [Fact]
    public void Who_is_due_in_one_service_goes_before_the_other_services_of_the_counter()
    {
        hall.Issue(Hall.Land);
        for (var i = 0; i < 4; i++)
        {
            hall.Wait(1);
            hall.Issue(Hall.Notary, Hall.Disabled);
        }

        Assert.Equal(["A001", "A002", "A003", "L001", "A004"], Enumerable.Range(0, 5).Select(_ => hall.Next(2)));
    }

    [Fact]
    public void A_counter_that_could_not_have_served_a_ticket_does_not_overtake_it()
    {
        hall.Issue(Hall.Land);
        hall.Wait(1);
        hall.Issue(Hall.Notary, Hall.Disabled);
        hall.Next(1);
        Assert.Equal(0, hall.InLine("L001").Overtaken);
    }

    [Fact]
    public void A_ticket_of_a_paused_service_is_not_overtaken()
    {
        hall.Issue(Hall.Land);
        hall.Wait(1);
        hall.Issue(Hall.Notary, Hall.Disabled);
        hall.Do(new PauseService(Hall.Land, Hall.Because));
        Assert.Equal(0, hall.Call(2).Grounds!.Passed);
        Assert.Equal(0, hall.InLine("L001").Overtaken);
    }

    [Fact]
    public void Chosen_direct_returned_and_appointed_calls_use_up_nobodys_cap()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        var chosen = hall.Do<TicketCalled>(new CallChosen(Hall.Counter(2), Hall.Number("A002"), Hall.Because));
        Assert.Equal((CallKind.Chosen, 1), (chosen.Grounds!.Kind, chosen.Grounds.Passed));
        Assert.Empty(chosen.Grounds.Over);
        Assert.Equal("Cán bộ chọn số: thiếu bản sao, vượt 1 lượt.", chosen.Why);
        hall.Do(new TransferToCounter(Hall.Counter(2), Hall.Counter(1), Hall.Because));
        var direct = hall.Call(1);
        Assert.Equal((CallKind.Direct, 1, "A002"), (direct.Grounds!.Kind, direct.Grounds.Passed, direct.Number.ToString()));
        Assert.Empty(direct.Grounds.Over);
        Assert.Equal("Chuyển thẳng đến quầy này: thiếu bản sao, vượt 1 lượt.", direct.Why);
        hall.Do(new BookAppointment(new AppointmentId("hen-1"), Hall.Notary, hall.Now + TimeSpan.FromMinutes(10)));
        hall.Wait(15 * 60);
        hall.Issue(Hall.Notary);
        hall.Wait(9 * 60);
        hall.Do(new CheckIn(new AppointmentId("hen-1"), Hall.Token(77), "api"));
        Assert.Equal("A001", hall.Next(1));
        var appointed = hall.Call(1);
        Assert.Equal((CallKind.Appointment, 0), (appointed.Grounds!.Kind, appointed.Grounds.Passed));
        Assert.Equal(0, hall.InLine("A003").Overtaken);
    }

    [Fact]
    public void A_returned_ticket_takes_its_old_place_and_says_so()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Do(new ReturnTicket(Hall.Number("A001")));
        var called = hall.Call(1);
        Assert.Equal(("A001", CallKind.Returned, "Quay lại hàng chờ và giữ chỗ cũ."), (called.Number.ToString(), called.Grounds!.Kind, called.Why));
        Assert.Null(called.Grounds.Because);
        hall.Issue(Hall.Notary);
        Assert.Equal(CallKind.InOrder, hall.Call(1).Grounds!.Kind);
    }

    [Fact]
    public void A_cap_of_zero_is_first_come_first_served()
    {
        var strict = new Hall(Hall.Plan with { OvertakingCap = 0 });
        strict.Issue(Hall.Notary);
        strict.Issue(Hall.Notary, Hall.Disabled);
        var called = strict.Call(1);
        Assert.Equal(("A001", CallKind.InOrder), (called.Number.ToString(), called.Grounds!.Kind));
        Assert.Equal("A002", strict.Next(1));
    }

    [Fact]
    public void A_clock_that_is_set_back_lets_nobody_in_front()
    {
        hall.Issue(Hall.Notary);
        hall.Now -= TimeSpan.FromHours(2);
        hall.Issue(Hall.Notary);
        hall.Wait(60);
        hall.Issue(Hall.Notary);
        hall.Wait(60);
        hall.Issue(Hall.Notary, Hall.Elderly);
        Assert.Equal(TimeSpan.FromHours(2), hall.State.Clock.Shift);
        Assert.Equal(["A004", "A001", "A002", "A003"], Enumerable.Range(0, 4).Select(_ => hall.Next(1)));
    }

    [Fact]
    public void The_ticket_says_how_many_go_first()
    {
        var first = hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(1), "api"));
        var other = hall.Do<TicketIssued>(new IssueTicket(Hall.Land, Hall.Token(2), "api"));
        hall.Wait(1);
        var second = hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(3), "api"));
        var old = hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(4), "api", Hall.Elderly));
        Assert.Equal((0, 0, 1, 0), (first.Ahead, other.Ahead, second.Ahead, old.Ahead));
    }

    [Fact]
    public void Calls_of_an_older_journal_without_grounds_still_apply()
    {
        hall.Issue(Hall.Notary);
        hall.Happened(new TicketCalled(Hall.MondayDate, Hall.Number("A001"), Hall.Counter(1), "Theo thứ tự lấy số.", hall.Now));
        Assert.Equal("A001", hall.At(1).Number.ToString());
    }
}
