using System.Diagnostics;

namespace MotCua.Edge.Queue;

/// <summary>Applies what happened. Total: an event that was decided once applies for ever, whatever the plan says today.</summary>
public static class QueueFold
{
    // The commonest first.
    public static QueueState Apply(QueueState state, QueueEvent happened) => happened switch
    {
        TicketIssued e => IssueFold.Issued(state, e),
        TicketCalled e => CallFold.Called(state, e),
        TicketDone e => LifeFold.Done(state, e),
        TicketRecalled e => CallFold.Recalled(state, e),
        ServingStarted e => LifeFold.Serving(state, e),
        TicketMissed e => LifeFold.Missed(state, e),
        TicketParked e => LifeFold.Parked(state, e),
        TicketReturned e => LifeFold.Returned(state, e),
        TicketTransferred e => LifeFold.Transferred(state, e),
        TicketCancelled e => LifeFold.Cancelled(state, e),
        TicketExpired e => DayFold.Expired(state, e),
        DayOpened e => DayFold.Opened(state, e),
        DayConfirmed => DayFold.Confirmed(state),
        DayClosed => DayFold.Closed(state),
        DayReopened => DayFold.Reopened(state),
        BoxStarted e => DayFold.Started(state, e),
        ClockCorrected e => ClockFold.Corrected(state, e.Step),
        PastLost e => DayFold.Lost(state, e),
        ActionUndone e => UndoFold.Undone(state, e),
        TicketReprinted e => CareFold.Reprinted(state, e),
        TicketRated e => state with { Ratings = state.Ratings.Lock(e.Number) },
        HelpRequested e => state with { Help = state.Help.SetItem(e.Place, new HelpAsk(e.At, e.Kind, e.Area)) },
        HelpTaken e => CareFold.Taken(state, e),
        HelpAnswered e => state with { Help = state.Help.Remove(e.Place) },
        HelpWithdrawn e => state with { Help = state.Help.Remove(e.Place) },
        CounterPaused e => state with { PausedCounters = state.PausedCounters.SetItem(e.Counter, new Pause(e.Why, e.At)) },
        CounterResumed e => state with { PausedCounters = state.PausedCounters.Remove(e.Counter) },
        ServicePaused e => state with { PausedServices = state.PausedServices.SetItem(e.Service, new Pause(e.Why, e.At)) },
        ServiceResumed e => state with { PausedServices = state.PausedServices.Remove(e.Service) },
        CentrePaused e => state with { CentrePause = new Pause(e.Why, e.At) },
        CentreResumed => state with { CentrePause = null },
        AppointmentBooked e => state with { Appointments = state.Appointments.SetItem(e.Id, new Appointment(e.Service, e.Slot)) },
        AppointmentCancelled e => state with { Appointments = state.Appointments.Remove(e.Id) },
        _ => throw new UnreachableException(happened.GetType().Name),
    };
}
