using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class AppointmentTests
{
    private static readonly AppointmentId Id = new("hen-1");
    private readonly Hall hall = new();

    [Fact]
    public void Whoever_keeps_an_appointment_stands_in_line_at_its_slot()
    {
        Book(minutes: 30);
        hall.Issue(Hall.Notary);
        var early = hall.Do<TicketIssued>(new CheckIn(Id, Hall.Token(9), "kiosk"));
        Assert.Equal((Id, Hall.Monday.AddMinutes(30), "kiosk"), (early.Appointment!.Value, early.Slot!.Value, early.Origin));
        hall.Wait(29 * 60);
        hall.Issue(Hall.Notary);
        hall.Wait(120);
        hall.Issue(Hall.Notary);
        Assert.Equal(["A001", "A003", "A002", "A004"], Enumerable.Range(0, 4).Select(_ => hall.Next(1)));
    }

    [Fact]
    public void A_call_at_the_slot_says_when_it_was()
    {
        Book(minutes: 30);
        hall.Do(new CheckIn(Id, Hall.Token(9), "kiosk"));
        Assert.Equal("Đúng lịch hẹn lúc 08:30.", hall.Call(1).Why);
    }

    [Fact]
    public void Before_the_slot_it_is_called_when_nobody_else_waits_and_it_loses_nothing_to_those_before_it()
    {
        Book(minutes: 60);
        hall.Do(new CheckIn(Id, Hall.Token(9), "kiosk"));
        for (var i = 0; i < 5; i++)
        {
            hall.Issue(Hall.Notary);
            hall.Next(1);
        }

        Assert.Equal(0, hall.InLine("A001").Overtaken);
        Assert.Equal("A001", hall.Next(1));
    }

    [Theory]
    [InlineData(15 * 60, true)]
    [InlineData((15 * 60) + 0.001, false)]
    public void Fifteen_minutes_late_keeps_the_slot_and_later_waits_like_anyone(double secondsLate, bool kept)
    {
        Book(minutes: 10);
        hall.Wait(11 * 60);
        hall.Issue(Hall.Notary);
        hall.Now = Hall.Monday.AddMinutes(10).AddSeconds(secondsLate);
        var issued = hall.Do<TicketIssued>(new CheckIn(Id, Hall.Token(9), "kiosk"));
        Assert.Equal(kept, issued.Slot is not null);
        Assert.Equal(kept ? 0 : 1, issued.Ahead);
        Assert.Equal(kept ? "A002" : "A001", hall.Next(1));
    }

    [Fact]
    public void An_appointment_is_checked_in_once_and_on_its_day()
    {
        Book(minutes: 30);
        hall.Do(new CheckIn(Id, Hall.Token(9), "kiosk"));
        Assert.Equal("unknown-appointment", hall.Refusal(new CheckIn(Id, Hall.Token(9), "kiosk")));
        Book(minutes: 24 * 60);
        Assert.Equal("not-today", hall.Refusal(new CheckIn(Id, Hall.Token(9), "kiosk")));
        hall.Now += TimeSpan.FromDays(1);
        hall.Do<TicketIssued>(new CheckIn(Id, Hall.Token(9), "kiosk"));
    }

    [Fact]
    public void Without_the_time_the_citizen_waits_from_now_on()
    {
        Book(minutes: 24 * 60);
        hall.ClockTrusted = false;
        Assert.Null(hall.Do<TicketIssued>(new CheckIn(Id, Hall.Token(9), "kiosk")).Slot);
    }

    [Fact]
    public void A_promised_slot_stands_outside_hours_and_beyond_the_quota_but_not_in_a_pause()
    {
        var strict = new Hall(Hall.Plan with
        {
            Services = Hall.Plan.Services.SetItem(Hall.Notary, new Service(Hall.Notary, "Chứng thực", 'A', Quota: 0)),
            Hours = [new OpenSpan(DayOfWeek.Sunday, new TimeOnly(7, 0), new TimeOnly(8, 0))],
        });
        strict.Do(new BookAppointment(Id, Hall.Notary, Hall.Monday.AddMinutes(5)));
        strict.Do(new PauseService(Hall.Notary, Hall.Because));
        Assert.Equal("service-paused", strict.Refusal(new CheckIn(Id, Hall.Token(9), "kiosk")));
        strict.Do(new ResumeService(Hall.Notary));
        strict.Do<TicketIssued>(new CheckIn(Id, Hall.Token(9), "kiosk"));
    }

    [Fact]
    public void A_booking_that_makes_no_sense_is_refused()
    {
        Assert.Equal("unknown-service", hall.Refusal(new BookAppointment(Id, new ServiceCode("khong-co"), Hall.Monday.AddHours(1))));
        Assert.Equal("slot-past", hall.Refusal(new BookAppointment(Id, Hall.Notary, hall.Now)));
        Book(minutes: 30);
        Assert.Equal("appointment-exists", hall.Refusal(new BookAppointment(Id, Hall.Notary, Hall.Monday.AddHours(1))));
        hall.Do<AppointmentCancelled>(new CancelAppointment(Id));
        Assert.Equal("unknown-appointment", hall.Refusal(new CancelAppointment(Id)));
        hall.ClockTrusted = false;
        hall.Do(new BookAppointment(Id, Hall.Notary, hall.Now));
    }

    [Fact]
    public void Bookings_are_bounded_and_the_past_ones_go_with_their_day()
    {
        for (var i = 0; i < 2000; i++)
        {
            hall.Do(new BookAppointment(new AppointmentId($"x{i}"), Hall.Notary, Hall.Monday.AddHours(i < 1999 ? 1 : 25)));
        }

        Assert.Equal("too-many-appointments", hall.Refusal(new BookAppointment(Id, Hall.Notary, Hall.Monday.AddHours(1))));
        hall.Now += TimeSpan.FromDays(1);
        hall.Issue(Hall.Notary);
        Assert.Equal(["x1999"], hall.State.Appointments.Keys.Select(id => id.ToString()));
    }

    private void Book(int minutes) => hall.Do<AppointmentBooked>(new BookAppointment(Id, Hall.Notary, Hall.Monday.AddMinutes(minutes)));
}
