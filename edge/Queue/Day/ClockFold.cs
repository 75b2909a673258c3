namespace MotCua.Edge.Queue;

/// <summary>What a step of the wall clock does: the beginning of everything that runs moves along, so that it has run as long as before.</summary>
/// <remarks>Slots of appointments stay: they were said in true time. The order of tickets stays as well, see <see cref="ArrivalClock"/>.</remarks>
internal static class ClockFold
{
    public static QueueState Corrected(QueueState state, TimeSpan step)
    {
        return state with
        {
            Clock = state.Clock with { Shift = state.Clock.Shift - step },
            AtCounters = state.AtCounters.SetItems(state.AtCounters.Select(at => KeyValuePair.Create(at.Key, OfTicket(at.Value)))),
            Aside = state.Aside.SetItems(state.Aside.Select(aside => KeyValuePair.Create(aside.Key, OfTicket(aside.Value)))),
            Undo = state.Undo.SetItems(state.Undo.Select(undo => KeyValuePair.Create(undo.Key, undo.Value with { At = undo.Value.At.Moved(step), Before = OfTicket(undo.Value.Before) }))),
            PausedCounters = state.PausedCounters.SetItems(state.PausedCounters.Select(pause => KeyValuePair.Create(pause.Key, OfPause(pause.Value)))),
            PausedServices = state.PausedServices.SetItems(state.PausedServices.Select(pause => KeyValuePair.Create(pause.Key, OfPause(pause.Value)))),
            CentrePause = state.CentrePause is { } centre ? OfPause(centre) : null,
            Help = state.Help.SetItems(state.Help.Select(help => KeyValuePair.Create(help.Key, help.Value with { Since = help.Value.Since.Moved(step), TakenAt = help.Value.TakenAt?.Moved(step) }))),
            Boot = state.Boot with { OpenedByClerk = state.Boot.OpenedByClerk?.Moved(step) },
        };

        Ticket OfTicket(Ticket ticket) => ticket with { CalledAt = ticket.CalledAt?.Moved(step), ReturnUntil = ticket.ReturnUntil?.Moved(step) };

        Pause OfPause(Pause pause) => pause with { Since = pause.Since.Moved(step) };
    }
}
