using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.Pages;

/// <summary>«In lại»: what got no paper, and another print.</summary>
internal static class PrintApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        api.MapGet("/tickets/unprinted", () => Results.Ok(new UnprintedAnswer(centre.Printing is null ? [] : [.. centre.Unprinted.Now().Select(UnprintedNow.Of)])))
            .WithSummary("Living tickets of the day that no receipt says are on paper, none without a printer; none of them is printed again by itself").Produces<UnprintedAnswer>();
        api.MapPost("/tickets/{number}/reprint", (string number, CancellationToken stop) => ReprintAsync(centre, number, stop))
            .WithSummary("Prints the ticket once more").Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
    }

    // Refused while nothing can be printed, so that an empty roll uses up none of the few copies that a ticket has.
    private static async Task<IResult> ReprintAsync(EdgeCentre centre, string number, CancellationToken stop)
    {
        if (centre.Printing?.Cannot is { } why)
        {
            var fault = FaultCatalogue.Find(why.Value);
            return Problems.Of(StatusCodes.Status409Conflict, "printer-not-ready", "Chưa in được", $"{fault?.Title ?? why.Value}. {fault?.WhatToDo}".TrimEnd());
        }

        return await QueueRequests.RunAsync(centre, () => new ReprintTicket(QueueFields.Number(number), "api"), QueueRequests.Done, stop);
    }
}

/// <param name="Tickets">Oldest first, at most 200, the newest of more.</param>
public sealed record UnprintedAnswer(IReadOnlyList<UnprintedNow> Tickets);

/// <param name="Stage">As in <see cref="TicketNow"/>.</param>
/// <param name="Fault">Code of what kept it from being printed; null when nobody knows, as after a power cut.</param>
/// <param name="Title">The same in Vietnamese.</param>
public sealed record UnprintedNow(string Number, string Service, string Stage, DateTimeOffset IssuedAt, string? Fault, string? Title)
{
    internal static UnprintedNow Of(Printing.UnprintedTicket unprinted) => new(
        unprinted.Ticket.Number.ToString(), unprinted.Ticket.Service.Value, WireWord.Of(unprinted.Ticket.Stage), unprinted.Ticket.IssuedAt, unprinted.Fault,
        unprinted.Fault is { } code ? FaultCatalogue.Find(code)?.Title : null);
}
