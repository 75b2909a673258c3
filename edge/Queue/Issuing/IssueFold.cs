namespace MotCua.Edge.Queue;

internal static class IssueFold
{
    /// <summary>The ticket as it will stand in line.</summary>
    public static Ticket TicketOf(TicketIssued issued, ArrivalClock clock, long arrival) => new(issued.Number, issued.Service, issued.Token, issued.At, arrival)
    {
        Came = issued.Slot is { } slot ? slot.Moved(clock.Shift) : clock.Latest,
        Slot = issued.Slot,
        Priority = issued.Priority,
        Credit = issued.Credit,
        Unsure = !issued.ClockTrusted,
        Language = issued.Language,
        Procedure = issued.Procedure,
    };

    public static QueueState Issued(QueueState state, TicketIssued issued)
    {
        var clock = state.Clock.Next(issued.At);
        return state.Join(TicketOf(issued, clock, state.NextArrival)) with
        {
            LastNumbers = state.LastNumbers.SetItem(issued.Number.Series, issued.Number.Value),
            Clock = clock,
            NextArrival = state.NextArrival + 1,
            Tally = state.Tally with { Issued = state.Tally.Issued + 1 },
            Issued = state.Issued.SetItem(issued.Service, state.Issued.GetValueOrDefault(issued.Service) + 1),
            Boot = issued.ClockTrusted ? state.Boot : state.Boot with
            {
                Unsure = state.Boot.Unsure with { Issued = state.Boot.Unsure.Issued + 1 },
                UnsureIssued = state.Boot.UnsureIssued.SetItem(issued.Service, state.Boot.UnsureIssued.GetValueOrDefault(issued.Service) + 1),
            },
            Appointments = issued.Appointment is { } kept ? state.Appointments.Remove(kept) : state.Appointments,
        };
    }
}
