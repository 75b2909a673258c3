using System.Diagnostics;
using MotCua.Edge.Queue;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>The one place where the queue's events become the contract's and back. The queue knows nothing of the wire, nor the wire of the queue.</summary>
internal static class WireMap
{
    public static Wire.EventData ToWire(QueueEvent happened) => happened switch
    {
        DayOpened e => new Wire.DayOpened(e.Date),
        TicketIssued e => new Wire.TicketIssued(e.Date, e.Number.ToString(), e.Service.Value, e.Token.Value, e.Origin, e.Ahead),
        TicketCalled e => new Wire.TicketCalled(e.Date, e.Number.ToString(), e.Counter.Value, e.Why),
        TicketRecalled e => new Wire.TicketRecalled(e.Date, e.Number.ToString(), e.Counter.Value, e.Call),
        TicketDone e => new Wire.TicketDone(e.Date, e.Number.ToString(), e.Counter.Value, e.Inferred),
        TicketExpired e => new Wire.TicketExpired(e.Date, e.Number.ToString()),
        _ => throw new UnreachableException(happened.GetType().Name),
    };

    /// <param name="at">The event's wall time.</param>
    /// <returns>Null for events that do not move the queue.</returns>
    public static QueueEvent? ToQueue(Wire.EventData data, DateTimeOffset at) => data switch
    {
        Wire.DayOpened e => new DayOpened(e.Date),
        Wire.TicketIssued e => new TicketIssued(e.Date, TicketNumber.Parse(e.Number), new ServiceCode(e.Service), new FollowToken(e.Token), e.Origin, e.Ahead, at),
        Wire.TicketCalled e => new TicketCalled(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Why, at),
        Wire.TicketRecalled e => new TicketRecalled(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Call, at),
        Wire.TicketDone e => new TicketDone(e.Date, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Inferred),
        Wire.TicketExpired e => new TicketExpired(e.Date, TicketNumber.Parse(e.Number)),
        Wire.JournalOpened { Skip: > 0 } e => new PastLost(e.Skip),
        _ => null,
    };
}
