using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>The emergency button of a counter: calls the support team, and sends the province a picture of each camera that looks there.</summary>
/// <remarks>It works without a line: team and journal know at once, pictures wait in memory. Nothing takes it back; the team ends it with «Xong».</remarks>
internal static class EmergencyApi
{
    private const string AskedBefore = "help-already-asked";

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        var repeats = new Repeats();
        api.MapPost("/counters/{number:int}/emergency", (HttpContext context, int number) => repeats.OnceAsync(context, stop => PressAsync(centre, number, stop)))
            .WithSummary("Somebody at the counter is in danger")
            .WithDescription("Calls the support team before every other call and sends the province a picture of the cameras that look at the counter or the hall. With an Idempotency-Key it is done once, however often it is sent.")
            .Produces<EmergencyAnswer>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
    }

    private static async Task<IResult> PressAsync(EdgeCentre centre, int number, CancellationToken stop)
    {
        if (number is < 1 or > 99 || !centre.Loop.Durable.State.Queue.Plan.Counters.ContainsKey(new CounterId(number)))
        {
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-counter", "Không tìm thấy", $"Trung tâm không có quầy {number}.");
        }

        // Pictures first: they are asked for at once, and what waits for the card is one commit for both.
        var pictures = centre.Snapshots?.Emergency(number) ?? [];
        return await centre.Loop.SubmitAsync(new RequestHelp(CounterScene.PlaceOf(new CounterId(number)), HelpKind.Emergency), stop) switch
        {
            Outcome.Accepted => Answer(asked: true),
            Outcome.Refused { Code: AskedBefore } => Answer(asked: false),
            Outcome.Refused refused => Problems.Of(refused),
            Outcome.NotDurable failed => Problems.Of(failed),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };

        IResult Answer(bool asked) => Results.Ok(new EmergencyAnswer(number, asked, [.. pictures.Select(one => new EmergencyCamera(one.Camera, centre.CameraName(one.Camera), one.Problem))]));
    }
}
