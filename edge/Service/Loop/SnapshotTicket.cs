using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>A ticket in a snapshot. What version 2 added has the value that it had before there was such a thing.</summary>
/// <param name="Counter">The counter that it is at.</param>
internal sealed record SnapshotTicket(
    string Number, string Service, string Token, DateTimeOffset IssuedAt, long Arrival, int Calls, DateTimeOffset? CalledAt, int? Counter,
    string? Stage = null, DateTimeOffset? Came = null, string? Priority = null, double CreditSeconds = 0, DateTimeOffset? Slot = null, bool Unsure = false, bool Returned = false,
    int Overtaken = 0, int Prints = 1, int? Direct = null, string? Because = null, DateTimeOffset? ReturnUntil = null)
{
    public static SnapshotTicket Of(Ticket ticket, CounterId? counter = null) => new(
        ticket.Number.ToString(), ticket.Service.Value, ticket.Token.Value, ticket.IssuedAt, ticket.Arrival, ticket.Calls, ticket.CalledAt, counter?.Value,
        WireWord.Of(ticket.Stage), ticket.Came, ticket.Priority?.Value, ticket.Credit.TotalSeconds, ticket.Slot, ticket.Unsure, ticket.Returned,
        ticket.Overtaken, ticket.Prints, ticket.Direct?.Value, ticket.Because?.Value, ticket.ReturnUntil);

    public Ticket ToTicket() => new(TicketNumber.Parse(Number), new ServiceCode(Service), new FollowToken(Token), IssuedAt, Arrival, Calls, CalledAt)
    {
        Stage = Stage is { } stage && WireWord.TryParse<TicketStage>(stage, out var known) ? known : Calls > 0 ? TicketStage.Called : TicketStage.Waiting,
        Came = Came ?? IssuedAt,
        Priority = Priority is { } group ? new PriorityCode(group) : null,
        Credit = TimeSpan.FromSeconds(CreditSeconds),
        Slot = Slot,
        Unsure = Unsure,
        Returned = Returned,
        Overtaken = Overtaken,
        Prints = Prints,
        Direct = Direct is { } counter ? new CounterId(counter) : null,
        Because = Because is { } why ? new Reason(why) : null,
        ReturnUntil = ReturnUntil,
    };
}
