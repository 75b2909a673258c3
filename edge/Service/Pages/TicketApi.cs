using MotCua.Edge.Assembly;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>What happens to a ticket away from a counter: issue, return, cancellation, print, appointment.</summary>
internal static class TicketApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre, TicketOnce once)
    {
        api.MapPost("/tickets", (TicketRequest request, CancellationToken stop) => once.RunAsync(
                request.Request, token => new IssueTicket(
                    QueueFields.Service(request.Service), token, QueueFields.From(request.From), QueueFields.Priority(request.Priority), QueueFields.Language(request.Language),
                    ProcedureApi.Known(centre, request.Procedure)?.Code), stop))
            .WithSummary("Issues a ticket").WithDescription("Answers when the ticket is durable. Whoever got no answer asks again with the same request id and gets the same ticket.")
            .Produces<TicketAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        Ticket("return", "A missed or parked ticket is in line again at its old place", (number, _) => new ReturnTicket(number));
        Ticket("cancel", "Gives the ticket up", (number, body) => new CancelTicket(number, QueueFields.Reason(body.Reason), body.Counter is { } by ? QueueFields.Counter(by) : null));
        api.MapPost("/appointments", (AppointmentRequest body, CancellationToken stop) => QueueRequests.RunAsync(
                centre, () => new BookAppointment(QueueFields.Appointment(body.Id), QueueFields.Service(body.Service), QueueFields.Slot(body.Slot)), QueueRequests.Done, stop))
            .WithSummary("Books an appointment").Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapDelete("/appointments/{id}", (string id, CancellationToken stop) => QueueRequests.RunAsync(
                centre, () => new CancelAppointment(QueueFields.Appointment(id)), QueueRequests.Done, stop))
            .WithSummary("Cancels an appointment").Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
        api.MapPost("/appointments/{id}/check-in", (string id, CancellationToken stop) => once.RunAsync(
                request: null, token => new CheckIn(QueueFields.Appointment(id), token, "api"), stop))
            .WithSummary("The citizen of an appointment is here: issues the ticket, in line at its slot unless too late")
            .Produces<TicketAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);

        void Ticket(string verb, string summary, Func<TicketNumber, ChangeRequest, QueueCommand> command) => api
            .MapPost($"/tickets/{{number}}/{verb}", (string number, ChangeRequest? body, CancellationToken stop) =>
                QueueRequests.RunAsync(centre, () => command(QueueFields.Number(number), body ?? new ChangeRequest()), QueueRequests.Done, stop))
            .WithSummary(summary).Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
    }
}
