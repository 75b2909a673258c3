using System.Text.Json.Serialization;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>A ticket in a snapshot. What version 2 added is left out where it has the value that it had before there was such a thing: a full hall is 20,000 of these.</summary>
/// <param name="Counter">The counter that it is at.</param>
internal sealed record SnapshotTicket(
    string Number, string Service, string Token, DateTimeOffset IssuedAt, long Arrival, int Calls, DateTimeOffset? CalledAt, int? Counter,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Stage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DateTimeOffset? Came = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Priority = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double CreditSeconds = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DateTimeOffset? Slot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unsure = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Returned = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Overtaken = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Reprints = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int? Direct = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Because = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DateTimeOffset? ReturnUntil = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Doubtful = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Language = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Procedure = null)
{
    public static SnapshotTicket Of(Ticket ticket, CounterId? counter = null) => new(
        ticket.Number.ToString(), ticket.Service.Value, ticket.Token.Value, ticket.IssuedAt, ticket.Arrival, ticket.Calls, ticket.CalledAt, counter?.Value,
        ticket.Stage == TicketStage.Waiting ? null : WireWord.Of(ticket.Stage), ticket.Came == ticket.IssuedAt ? null : ticket.Came, ticket.Priority?.Value,
        ticket.Credit.TotalSeconds, ticket.Slot, ticket.Unsure, ticket.Returned, ticket.Overtaken, ticket.Prints - 1, ticket.Direct?.Value, ticket.Because?.Value, ticket.ReturnUntil, ticket.Doubtful,
        ticket.Language?.Value, ticket.Procedure?.Value);

    public Ticket ToTicket() => new(TicketNumber.Parse(Number), new ServiceCode(Service), new FollowToken(Token), IssuedAt, Arrival, Calls, CalledAt)
    {
        Stage = Stage is { } stage && WireWord.TryParse<TicketStage>(stage, out var known) ? known : Counter is null ? TicketStage.Waiting : TicketStage.Called,
        Came = Came ?? IssuedAt,
        Priority = Priority is { } group ? new PriorityCode(group) : null,
        Credit = TimeSpan.FromSeconds(CreditSeconds),
        Slot = Slot,
        Unsure = Unsure,
        Returned = Returned,
        Overtaken = Overtaken,
        Prints = Reprints + 1,
        Direct = Direct is { } counter ? new CounterId(counter) : null,
        Because = Because is { } why ? new Reason(why) : null,
        ReturnUntil = ReturnUntil,
        Doubtful = Doubtful,
        Language = Language is { } spoken ? new LanguageCode(spoken) : null,
        Procedure = Procedure is { } procedure ? new ProcedureCode(procedure) : null,
    };
}
