using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class WaitingCurveTests
{
    private readonly Hall hall = new();
    private readonly WaitingCurve curve = new();
    private int told;

    [Fact]
    public void The_most_who_waited_in_every_five_minutes_until_now()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        hall.Wait(60);
        hall.Next(1);
        hall.Wait(11 * 60);
        hall.Next(2);
        Tell();
        Assert.Equal(["08:00 2", "08:05 1", "08:10 1", "08:15 0"], Points(hall.Now.AddMinutes(4)));
    }

    [Fact]
    public void Whatever_a_ticket_goes_through_the_curve_ends_with_those_who_wait()
    {
        for (var i = 0; i < 6; i++)
        {
            hall.Issue(Hall.Notary);
        }

        hall.Next(1);
        hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        Same();
        hall.Do(new UndoLast(Hall.Counter(1)));
        Same();
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Do(new ReturnTicket(Hall.Number("A001")));
        Same();
        hall.Do(new CancelTicket(Hall.Number("A003"), Hall.Because, Hall.Counter(1)));
        Same();
        hall.Do(new UndoLast(Hall.Counter(1)));
        Same();
        hall.Next(2);
        hall.CallInVain(2);
        hall.Do(new MarkMissed(Hall.Counter(2)));
        Same();
        hall.Do(new CloseDay());
        Same();

        void Same()
        {
            Tell();
            Assert.Equal(hall.State.WaitingCount, curve.Until(hall.Now.AddMinutes(5))[^1].Waiting);
        }
    }

    [Fact]
    public void The_longest_waits_are_kept_longest_first_and_each_ticket_once()
    {
        for (var i = 0; i < 7; i++)
        {
            hall.Issue(Hall.Notary);
        }

        for (var i = 0; i < 7; i++)
        {
            hall.Wait(60);
            hall.Next(1);
        }

        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        hall.Do(new ReturnTicket(Hall.Number("A007")));
        hall.Wait(3600);
        hall.Next(1);
        Tell();
        Assert.Equal(["A007", "A006", "A005", "A004", "A003"], curve.Longest.Select(wait => wait.Number.ToString()));
        Assert.InRange(curve.Longest[0].Waited, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(8));
    }

    [Fact]
    public void A_new_day_begins_empty_and_a_clock_that_was_set_waits_for_nobody()
    {
        hall.Issue(Hall.Notary);
        hall.Now = hall.Now.AddDays(1);
        hall.Issue(Hall.Notary);
        hall.Wait(60);
        hall.Happened(new ClockCorrected(TimeSpan.FromHours(2), hall.Now.AddHours(2)));
        hall.Now = hall.Now.AddHours(2);
        hall.Next(1);
        Tell();
        Assert.InRange(Assert.Single(curve.Longest).Waited, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));
        Assert.Equal("08:00 1", Points(hall.Now)[0]);
    }

    [Fact]
    public void A_clock_that_is_set_back_draws_on_from_the_true_hour()
    {
        hall.Issue(Hall.Notary);
        hall.Now = hall.Now.AddHours(3);
        hall.Issue(Hall.Notary);
        hall.Happened(new ClockCorrected(TimeSpan.FromHours(-3), hall.Now.AddHours(-3)));
        hall.Now = hall.Now.AddHours(-3);
        hall.Wait(5 * 60);
        hall.Next(1);
        hall.Wait(5 * 60);
        hall.Next(2);
        Tell();
        Assert.Equal(["08:00 2", "08:05 2", "08:10 1"], Points(hall.Now));
    }

    [Fact]
    public void A_slot_that_is_still_to_come_does_not_move_with_the_clock()
    {
        hall.Do(new BookAppointment(new AppointmentId("HEN-1"), Hall.Notary, hall.Now.AddMinutes(20)));
        hall.Do(new CheckIn(new AppointmentId("HEN-1"), Hall.Token(1), "api"));
        hall.Happened(new ClockCorrected(TimeSpan.FromMinutes(10), hall.Now.AddMinutes(10)));
        hall.Now = hall.Now.AddMinutes(25);
        hall.Next(1);
        Tell();
        Assert.InRange(Assert.Single(curve.Longest).Waited, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public void Before_the_first_ticket_there_is_nothing_to_draw() => Assert.Empty(curve.Until(hall.Now));

    private void Tell()
    {
        foreach (var happened in hall.Log.Skip(told))
        {
            curve.Add(happened);
        }

        told = hall.Log.Count;
    }

    private List<string> Points(DateTimeOffset now) => [.. curve.Until(now).Select(point => $"{point.From:HH:mm} {point.Waiting}")];
}
