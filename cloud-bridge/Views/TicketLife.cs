using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Views;

/// <summary>What events do to a ticket that was issued.</summary>
internal static class TicketLife
{
    private const int HashLength = 22;

    /// <summary>As tickets are found by it: a copy of the views opens no citizen's page.</summary>
    public static string HashOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..HashLength];

    /// <returns>Null for an event that moves no ticket.</returns>
    public static string? NumberOf(EventData data) => data switch
    {
        TicketCalled e => e.Number,
        TicketRecalled e => e.Number,
        TicketServing e => e.Number,
        TicketDone e => e.Number,
        TicketMissed e => e.Number,
        TicketParked e => e.Number,
        TicketReturned e => e.Number,
        TicketTransferred e => e.Number,
        TicketCancelled e => e.Number,
        TicketExpired e => e.Number,
        ActionUndone e => e.Number,
        TicketRated e => e.Number,
        _ => null,
    };

    /// <param name="trusted">Whether the box knew the time.</param>
    /// <param name="fits">Whether a name can be kept.</param>
    public static void Apply(TicketView ticket, EventData data, DateTimeOffset at, bool trusted, Func<string, bool> fits)
    {
        switch (data)
        {
            case TicketCalled e:
                Call(ticket, e.Counter, at, trusted);
                break;
            case TicketRecalled e:
                ticket.Calls++;
                ticket.Counter = e.Counter;
                break;
            case TicketServing e:
                (ticket.Stage, ticket.ServiceSince, ticket.Counter) = (TicketStage.Serving, at, e.Counter);
                break;
            case TicketDone e:
                End(ticket, e.Inferred ? TicketStage.Inferred : TicketStage.Served, at, trusted);
                ticket.ServedFor = !e.Inferred && ticket.ServiceSince is { } since ? Measured(since, at) : null;
                break;
            case TicketMissed:
                End(ticket, TicketStage.Missed, at, trusted);
                break;
            case TicketCancelled:
                End(ticket, TicketStage.Cancelled, at, trusted);
                break;
            case TicketExpired:
                End(ticket, TicketStage.Expired, at, trusted);
                break;
            case TicketParked:
                (ticket.StageBefore, ticket.Stage) = (ticket.Stage, TicketStage.Parked);
                break;
            case TicketReturned:
                (ticket.StageBefore, ticket.Stage) = (ticket.Stage, TicketStage.Waiting);
                Reopen(ticket);
                break;
            case TicketTransferred e when fits(e.Service):
                (ticket.StageBefore, ticket.Stage) = (ticket.Stage, TicketStage.Waiting);
                (ticket.ServiceBefore, ticket.Service) = (ticket.Service, e.Service);
                break;
            case ActionUndone e:
                Undo(ticket, e.Action);
                break;
            case TicketRated { Rating: "very-satisfied" or "satisfied" or "not-satisfied" } e:
                ticket.Rating = e.Rating;
                break;
        }
    }

    private static void Call(TicketView ticket, int counter, DateTimeOffset at, bool trusted)
    {
        // The first call ends the waiting. A time that was taken without knowing the time measures nothing once the clock was set.
        ticket.Waited ??= ticket.Measures ? Measured(ticket.Since, at) : null;
        if (ticket.Called is null)
        {
            ticket.Called = at;
            ticket.Doubts |= trusted ? Doubts.None : Doubts.Call;
        }

        Reopen(ticket);
        (ticket.Stage, ticket.Counter, ticket.ServiceSince, ticket.Calls) = (TicketStage.Called, counter, at, ticket.Calls + 1);
    }

    private static TimeSpan? Measured(DateTimeOffset from, DateTimeOffset to) => to >= from && to - from <= DurationSteps.Longest ? to - from : null;

    private static void End(TicketView ticket, TicketStage stage, DateTimeOffset at, bool trusted)
    {
        (ticket.StageBefore, ticket.Stage) = (ticket.Stage, stage);
        ticket.Ended = at;
        ticket.Doubts = (ticket.Doubts & ~(Doubts.End | Doubts.EndForEver)) | (trusted ? Doubts.None : Doubts.End);
    }

    private static void Undo(TicketView ticket, string action)
    {
        if (action is not ("finish" or "miss" or "park" or "transfer" or "cancel"))
        {
            return; // A word of a later version.
        }

        ticket.Stage = ticket.StageBefore;
        ticket.Service = action == "transfer" ? ticket.ServiceBefore : ticket.Service;
        if (!ticket.HasEnded)
        {
            Reopen(ticket);
        }

        ticket.ServedFor = null;
    }

    private static void Reopen(TicketView ticket)
    {
        ticket.Ended = null;
        ticket.Doubts &= ~(Doubts.End | Doubts.EndForEver);
    }
}
