using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;

namespace MotCua.Protocols.Events;

/// <summary>The table of all events that leave the box: CloudEvents <c>type</c> and record.</summary>
public static class EventTypes
{
    private static readonly (string Type, JsonTypeInfo Info)[] Table =
    [
        ("journal.opened", EventJson.Default.JournalOpened),
        ("edge.started", EventJson.Default.EdgeStarted),
        ("day.opened", EventJson.Default.DayOpened),
        ("ticket.issued", EventJson.Default.TicketIssued),
        ("ticket.called", EventJson.Default.TicketCalled),
        ("ticket.recalled", EventJson.Default.TicketRecalled),
        ("ticket.done", EventJson.Default.TicketDone),
        ("ticket.expired", EventJson.Default.TicketExpired),
        ("call.delivered", EventJson.Default.CallDelivered),
        ("device.changed", EventJson.Default.DeviceChanged),
        ("day.closed", EventJson.Default.DayClosed),
        ("day.reopened", EventJson.Default.DayReopened),
        ("ticket.serving", EventJson.Default.TicketServing),
        ("ticket.missed", EventJson.Default.TicketMissed),
        ("ticket.parked", EventJson.Default.TicketParked),
        ("ticket.returned", EventJson.Default.TicketReturned),
        ("ticket.transferred", EventJson.Default.TicketTransferred),
        ("ticket.cancelled", EventJson.Default.TicketCancelled),
        ("action.undone", EventJson.Default.ActionUndone),
        ("ticket.reprinted", EventJson.Default.TicketReprinted),
        ("ticket.rated", EventJson.Default.TicketRated),
        ("help.requested", EventJson.Default.HelpRequested),
        ("help.answered", EventJson.Default.HelpAnswered),
        ("counter.paused", EventJson.Default.CounterPaused),
        ("counter.resumed", EventJson.Default.CounterResumed),
        ("service.paused", EventJson.Default.ServicePaused),
        ("service.resumed", EventJson.Default.ServiceResumed),
        ("centre.paused", EventJson.Default.CentrePaused),
        ("centre.resumed", EventJson.Default.CentreResumed),
        ("appointment.booked", EventJson.Default.AppointmentBooked),
        ("appointment.cancelled", EventJson.Default.AppointmentCancelled),
        ("day.confirmed", EventJson.Default.DayConfirmed),
        ("clock.corrected", EventJson.Default.ClockCorrected),
        ("self-test.finished", EventJson.Default.SelfTestFinished),
        ("buttons.counted", EventJson.Default.ButtonsCounted),
        ("ticket.printed", EventJson.Default.TicketPrinted),
        ("ticket.unprinted", EventJson.Default.TicketUnprinted),
        ("announcement.said", EventJson.Default.AnnouncementSaid),
        ("command.answered", EventJson.Default.CommandAnswered),
        ("configuration.changed", EventJson.Default.ConfigurationChanged),
        ("help.taken", EventJson.Default.HelpTaken),
        ("help.withdrawn", EventJson.Default.HelpWithdrawn),
        ("camera.offline", EventJson.Default.CameraOffline),
        ("camera.online", EventJson.Default.CameraOnline),
        ("camera.covered", EventJson.Default.CameraCovered),
        ("camera.frozen", EventJson.Default.CameraFrozen),
        ("camera.blurred", EventJson.Default.CameraBlurred),
        ("camera.moved", EventJson.Default.CameraMoved),
        ("camera.clock", EventJson.Default.CameraClock),
        ("camera.motion", EventJson.Default.CameraMotion),
        ("camera.tamper", EventJson.Default.CameraTamper),
        ("camera.deaf", EventJson.Default.CameraDeaf),
        ("camera.unsure", EventJson.Default.CameraUnsure),
        ("camera.snapshot", EventJson.Default.CameraSnapshot),
    ];

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByType = Table.ToFrozenDictionary(row => row.Type, row => row.Info, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, (string Type, JsonTypeInfo Info)> ByRecord = Table.ToFrozenDictionary(row => row.Info.Type);

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Type)];

    public static string NameOf(EventData data) => ByRecord[data.GetType()].Type;

    /// <summary>How a type's data is written and read; null for a type that this version does not know.</summary>
    public static JsonTypeInfo? InfoOf(string type) => ByType.GetValueOrDefault(type);
}
