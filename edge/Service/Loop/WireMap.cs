using System.Diagnostics;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>The one place where the queue's events become the contract's and back. The queue knows nothing of the wire, nor the wire of the queue.</summary>
/// <remarks>What an event's header says already (its time, its boot, whether the clock was trusted) its data does not say again.</remarks>
internal static class WireMap
{
    private const long MostStepMs = 365_250L * 24 * 3600 * 1000;

    public static EventData ToWire(QueueEvent happened) => happened switch
    {
        Queue.TicketIssued e => new Wire.TicketIssued(
            e.Date, e.Number.ToString(), e.Service.Value, e.Token.Value, e.Origin, e.Ahead, e.Priority?.Value, (int)e.Credit.TotalSeconds, e.Appointment?.Value, e.Slot, e.Language?.Value, e.Procedure?.Value),
        Queue.TicketCalled e => new Wire.TicketCalled(e.Date, e.Number.ToString(), e.Counter.Value, e.Why, e.Grounds is { } grounds ? ToWire(grounds) : null),
        Queue.TicketRecalled e => new Wire.TicketRecalled(e.Date, e.Number.ToString(), e.Counter.Value, e.Call),
        ServingStarted e => new TicketServing(e.Date, e.Number.ToString(), e.Counter.Value),
        Queue.TicketDone e => new Wire.TicketDone(e.Date, e.Number.ToString(), e.Counter.Value, e.Inferred),
        Queue.TicketMissed e => new Wire.TicketMissed(e.Date, e.Number.ToString(), e.Counter.Value, e.ReturnUntil, e.Inferred),
        Queue.TicketParked e => new Wire.TicketParked(e.Date, e.Number.ToString(), e.Counter.Value, e.Why.Value),
        Queue.TicketReturned e => new Wire.TicketReturned(e.Date, e.Number.ToString()),
        Queue.TicketTransferred e => new Wire.TicketTransferred(e.Date, e.Number.ToString(), e.From.Value, e.Service.Value, e.To?.Value, e.Why.Value),
        Queue.TicketCancelled e => new Wire.TicketCancelled(e.Date, e.Number.ToString(), e.Why.Value, e.By?.Value),
        Queue.TicketExpired e => new Wire.TicketExpired(e.Date, e.Number.ToString()),
        Queue.ActionUndone e => new Wire.ActionUndone(e.Date, e.Number.ToString(), e.Counter.Value, WireWord.Of(e.Action)),
        Queue.TicketReprinted e => new Wire.TicketReprinted(e.Date, e.Number.ToString(), e.Copy, e.Origin),
        Queue.TicketRated e => new Wire.TicketRated(e.Date, e.Number.ToString(), e.Counter.Value, WireWord.Of(e.Rating), ToWire(e.Reasons)),
        Queue.DayOpened e => new Wire.DayOpened(e.Date, e.ByClerk, e.Carries),
        Queue.DayClosed e => new Wire.DayClosed(e.Date),
        Queue.DayReopened e => new Wire.DayReopened(e.Date),
        Queue.DayConfirmed e => new Wire.DayConfirmed(e.Date),
        Queue.ClockCorrected e => new Wire.ClockCorrected((long)e.Step.TotalMilliseconds),
        Queue.HelpRequested e => new Wire.HelpRequested(e.Date, e.Place.Value, e.Kind == HelpKind.Other ? null : WireWord.Of(e.Kind), e.Area?.Value),
        Queue.HelpTaken e => new Wire.HelpTaken(e.Date, e.Place.Value, e.Member),
        Queue.HelpAnswered e => new Wire.HelpAnswered(e.Date, e.Place.Value),
        Queue.HelpWithdrawn e => new Wire.HelpWithdrawn(e.Date, e.Place.Value),
        Queue.CounterPaused e => new Wire.CounterPaused(e.Date, e.Counter.Value, e.Why.Value),
        Queue.CounterResumed e => new Wire.CounterResumed(e.Date, e.Counter.Value),
        Queue.ServicePaused e => new Wire.ServicePaused(e.Date, e.Service.Value, e.Why.Value),
        Queue.ServiceResumed e => new Wire.ServiceResumed(e.Date, e.Service.Value),
        Queue.CentrePaused e => new Wire.CentrePaused(e.Date, e.Why.Value),
        Queue.CentreResumed e => new Wire.CentreResumed(e.Date),
        Queue.AppointmentBooked e => new Wire.AppointmentBooked(e.Date, e.Id.Value, e.Service.Value, e.Slot),
        Queue.AppointmentCancelled e => new Wire.AppointmentCancelled(e.Date, e.Id.Value),
        _ => throw new UnreachableException(happened.GetType().Name),
    };

    /// <returns>Null for events that do not move the queue.</returns>
    public static QueueEvent? ToQueue(EventHeader header, EventData data)
    {
        var at = header.Time;
        return data switch
        {
            Wire.TicketIssued e => new Queue.TicketIssued(
                e.Date, TicketNumber.Parse(e.Number), new ServiceCode(e.Service), new FollowToken(e.Token), e.Origin, e.Ahead, at,
                e.Priority is { } group ? new PriorityCode(group) : null, TimeSpan.FromSeconds(e.CreditSeconds), header.Clock != ClockTrust.Unsynced,
                e.Appointment is { } id ? new AppointmentId(id) : null, e.Slot, e.Language is { } spoken && LanguageCode.IsValid(spoken) ? new LanguageCode(spoken) : null,
                e.Procedure is { } procedure && ProcedureCode.IsValid(procedure) ? new ProcedureCode(procedure) : null),
            Wire.TicketCalled e => new Queue.TicketCalled(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Why, at, e.Grounds is { } grounds ? ToQueue(grounds) : null),
            Wire.TicketRecalled e => new Queue.TicketRecalled(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Call, at),
            TicketServing e => new ServingStarted(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), at),
            Wire.TicketDone e => new Queue.TicketDone(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Inferred, at),
            Wire.TicketMissed e => new Queue.TicketMissed(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.ReturnUntil, e.Inferred, at),
            Wire.TicketParked e => new Queue.TicketParked(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), new Reason(e.Why), at),
            Wire.TicketReturned e => new Queue.TicketReturned(e.Date, TicketNumber.Parse(e.Number), at),
            Wire.TicketTransferred e => new Queue.TicketTransferred(
                e.Date, TicketNumber.Parse(e.Number), new CounterId(e.From), new ServiceCode(e.Service), e.To is { } to ? new CounterId(to) : null, new Reason(e.Why), at),
            Wire.TicketCancelled e => new Queue.TicketCancelled(e.Date, TicketNumber.Parse(e.Number), new Reason(e.Why), e.By is { } by ? new CounterId(by) : null, at),
            Wire.TicketExpired e => new Queue.TicketExpired(e.Date, TicketNumber.Parse(e.Number), at),
            // A word that a later version wrote moves nothing: a box that went back to an older program still starts.
            Wire.ActionUndone e => WireWord.TryParse<UndoableAction>(e.Action, out var action)
                ? new Queue.ActionUndone(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), action, at) : null,
            Wire.TicketReprinted e => new Queue.TicketReprinted(e.Date, TicketNumber.Parse(e.Number), e.Copy, e.Origin, at),
            Wire.TicketRated e => WireWord.TryParse<Rating>(e.Rating, out var rating)
                ? new Queue.TicketRated(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), rating, at, ToQueue(e.Reasons)) : null,
            Wire.DayOpened e => new Queue.DayOpened(e.Date, e.ByClerk, e.Carries, at),
            Wire.DayClosed e => new Queue.DayClosed(e.Date, at),
            Wire.DayReopened e => new Queue.DayReopened(e.Date, at),
            Wire.DayConfirmed e => new Queue.DayConfirmed(e.Date, at),
            Wire.ClockCorrected e => new Queue.ClockCorrected(StepOf(e), at),
            Wire.HelpRequested e => new Queue.HelpRequested(
                e.Date, new HelpPlace(e.Place), at, e.Kind is { } word && WireWord.TryParse<HelpKind>(word, out var kind) ? kind : HelpKind.Other,
                e.Area is { } area && HomeArea.IsValid(area) ? new HomeArea(area) : null),
            Wire.HelpTaken e => new Queue.HelpTaken(e.Date, new HelpPlace(e.Place), e.Member, at),
            Wire.HelpAnswered e => new Queue.HelpAnswered(e.Date, new HelpPlace(e.Place), at),
            Wire.HelpWithdrawn e => new Queue.HelpWithdrawn(e.Date, new HelpPlace(e.Place), at),
            Wire.CounterPaused e => new Queue.CounterPaused(e.Date, new CounterId(e.Counter), new Reason(e.Why), at),
            Wire.CounterResumed e => new Queue.CounterResumed(e.Date, new CounterId(e.Counter), at),
            Wire.ServicePaused e => new Queue.ServicePaused(e.Date, new ServiceCode(e.Service), new Reason(e.Why), at),
            Wire.ServiceResumed e => new Queue.ServiceResumed(e.Date, new ServiceCode(e.Service), at),
            Wire.CentrePaused e => new Queue.CentrePaused(e.Date, new Reason(e.Why), at),
            Wire.CentreResumed e => new Queue.CentreResumed(e.Date, at),
            Wire.AppointmentBooked e => new Queue.AppointmentBooked(e.Date, new AppointmentId(e.Id), new ServiceCode(e.Service), e.Slot, at),
            Wire.AppointmentCancelled e => new Queue.AppointmentCancelled(e.Date, new AppointmentId(e.Id), at),
            EdgeStarted => new BoxStarted(header.Boot),
            JournalOpened { Skip: > 0 } e => new PastLost(e.Skip),
            _ => null,
        };
    }

    /// <summary>Held to a thousand years either way: what a foreign hand wrote still folds.</summary>
    public static TimeSpan StepOf(Wire.ClockCorrected corrected) => TimeSpan.FromMilliseconds(Math.Clamp(corrected.StepMs, -MostStepMs, MostStepMs));

    private static string[]? ToWire(RatingReasons reasons) => reasons == RatingReasons.None ? null
        : [.. Enum.GetValues<RatingReasons>().Where(one => one != RatingReasons.None && reasons.HasFlag(one)).Select(one => WireWord.Of(one))];

    // A reason that a later version knows is left out; the rating stands.
    private static RatingReasons ToQueue(IReadOnlyList<string>? reasons) => (reasons ?? []).Aggregate(
        RatingReasons.None, (all, word) => WireWord.TryParse<RatingReasons>(word, out var one) ? all | one : all);

    private static Wire.CallGrounds ToWire(Queue.CallGrounds grounds) => new(
        WireWord.Of(grounds.Kind), grounds.Priority?.Value, grounds.Passed, [.. grounds.Over.Select(service => service.Value)], grounds.Because?.Value);

    private static Queue.CallGrounds? ToQueue(Wire.CallGrounds grounds) => WireWord.TryParse<CallKind>(grounds.Kind, out var kind)
        ? new(
            kind, grounds.Priority is { } group ? new PriorityCode(group) : null, grounds.Passed,
            [.. grounds.Over.Select(service => new ServiceCode(service))], grounds.Because is { } why ? new Reason(why) : null)
        : null;
}
