namespace MotCua.Edge.Queue;

/// <summary>Appointments: booked ahead, checked in on the day, in line at their slot unless too late.</summary>
internal static class AppointmentRules
{
    /// <summary>Ten weeks of a busy centre. Their bytes stand in every snapshot.</summary>
    public const int Most = 2_000;

    /// <summary>How far ahead anyone books. What lies further is a mistake, and would take a place until then.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    // Without a trusted clock nobody can tell what is far; these years hold whatever a box will see.
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Decision Book(Moment moment, BookAppointment book)
    {
        if (!moment.Plan.Services.ContainsKey(book.Service))
        {
            return Refusals.UnknownService;
        }

        if (moment.State.Appointments.ContainsKey(book.Id))
        {
            return Refusals.AppointmentExists;
        }

        if (moment.State.Appointments.Count >= Most)
        {
            return Refusals.TooManyAppointments;
        }

        if (book.Slot < Earliest || book.Slot > Latest || (moment.ClockTrusted && book.Slot - moment.Now > Furthest))
        {
            return Refusals.SlotTooFar;
        }

        return moment.ClockTrusted && book.Slot <= moment.Now
            ? Refusals.SlotIsPast
            : Moment.One(new AppointmentBooked(moment.Today, book.Id, book.Service, book.Slot, moment.Now));
    }

    public static Decision Cancel(Moment moment, AppointmentId id) => moment.State.Appointments.ContainsKey(id)
        ? Moment.One(new AppointmentCancelled(moment.Today, id, moment.Now))
        : Refusals.UnknownAppointment;

    // Neither opening hours nor a quota stop it: the citizen was promised the slot. Too late, the ticket waits from now on like anyone's; and so it does while
    // the clock is not trusted, since nobody can tell then what the slot is worth.
    public static Decision CheckIn(Moment moment, CheckIn here)
    {
        if (!moment.State.Appointments.TryGetValue(here.Id, out var appointment))
        {
            return Refusals.UnknownAppointment;
        }

        if (IssueRules.Closed(moment, appointment.Service, out var service) is { } closed)
        {
            return closed;
        }

        if (moment.ClockTrusted && BusinessDate.In(appointment.Slot) != moment.Today)
        {
            return Refusals.NotToday;
        }

        var kept = moment.ClockTrusted && moment.Now <= appointment.Slot + moment.Timing.AppointmentLateness;
        return IssueRules.Give(moment, service!, number => new TicketIssued(
            moment.Today, number, appointment.Service, here.Token, here.Origin, 0, moment.Now,
            ClockTrusted: moment.ClockTrusted, Appointment: here.Id, Slot: kept ? appointment.Slot : null));
    }
}
