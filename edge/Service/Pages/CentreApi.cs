using MotCua.Edge.Assembly;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>What concerns the whole centre: pauses, the day, help.</summary>
internal static class CentreApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        var help = new HelpDoor(centre);
        Describe(
            api.MapPost("/services/{code}/pause", (string code, ChangeRequest body, CancellationToken stop) => RunAsync(() => new PauseService(QueueFields.Service(code), QueueFields.Reason(body.Reason)), stop)),
            "No tickets for the service for a while");
        Describe(
            api.MapPost("/services/{code}/resume", (string code, CancellationToken stop) => RunAsync(() => new ResumeService(QueueFields.Service(code)), stop)),
            "Ends the pause of the service");
        Describe(
            api.MapPost("/centre/pause", (ChangeRequest body, CancellationToken stop) => RunAsync(() => new PauseCentre(QueueFields.Reason(body.Reason)), stop)),
            "The whole centre pauses");
        Describe(api.MapPost("/centre/resume", (CancellationToken stop) => RunAsync(() => new ResumeCentre(), stop)), "Ends the pause of the centre");
        Describe(
            api.MapPost("/day/open", (CancellationToken stop) => RunAsync(() => new OpenDay(), stop)),
            "Opens the next day while the clock is not trusted, or a closed one again");
        Describe(api.MapPost("/day/close", (CancellationToken stop) => RunAsync(() => new CloseDay(), stop)), "Closes the day: what still waits expires, counted apart");
        Describe(
            api.MapPost("/help/{place}", (string place, HelpRequest? body, CancellationToken stop) => RunAsync(() => help.Ask(place, body), stop)),
            "Calls the support team to a place");
        Describe(
            api.MapPost("/help/{place}/answer", (string place, CancellationToken stop) => RunAsync(() => new AnswerHelp(QueueFields.Place(place)), stop)),
            "The support team has come");
        Describe(
            api.MapPost("/help/{place}/withdraw", (string place, CancellationToken stop) => help.WithdrawAsync(place, stop)),
            "Whoever called for help needs none any more");

        Task<IResult> RunAsync(Func<QueueCommand> command, CancellationToken stop) => QueueRequests.RunAsync(centre, command, QueueRequests.Done, stop);
    }

    private static void Describe(RouteHandlerBuilder route, string summary) =>
        route.WithSummary(summary).Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
}
