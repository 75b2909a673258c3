namespace MotCua.Edge.Queue;

internal static class IssueFold
{
    public static QueueState Issued(QueueState state, TicketIssued issued)
    {
        var clock = state.Clock.Next(issued.At);
        var ticket = new Ticket(issued.Number, issued.Service, issued.Token, issued.At, state.NextArrival)
        {
            Came = issued.Slot is { } slot ? slot + clock.Shift : clock.Latest,
            AtSlot = issued.Slot is not null,
            Priority = issued.Priority,
            Credit = issued.Credit,
            Unsure = !issued.ClockTrusted,
        };
        return state.Join(ticket) with
        {
            LastNumbers = state.LastNumbers.SetItem(issued.Number.Series, issued.Number.Value),
            Clock = clock,
            NextArrival = state.NextArrival + 1,
            Tally = state.Tally with { Issued = state.Tally.Issued + 1 },
            Issued = state.Issued.SetItem(issued.Service, state.Issued.GetValueOrDefault(issued.Service) + 1),
            Boot = !ticket.Unsure ? state.Boot : state.Boot with
            {
                Unsure = state.Boot.Unsure with { Issued = state.Boot.Unsure.Issued + 1 },
                UnsureIssued = state.Boot.UnsureIssued.SetItem(issued.Service, state.Boot.UnsureIssued.GetValueOrDefault(issued.Service) + 1),
            },
            Appointments = issued.Appointment is { } kept ? state.Appointments.Remove(kept) : state.Appointments,
        };
    }
}
