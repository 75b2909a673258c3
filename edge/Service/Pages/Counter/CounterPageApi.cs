using MotCua.Edge.Assembly;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>What the page of a counter shows; what it does stands in <see cref="CounterApi"/>.</summary>
internal static class CounterPageApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre, PictureStream stream)
    {
        var door = new ClerkDoor(centre.Clerks);
        api.MapGet("/counters", () => Results.Ok(new CountersAnswer([.. centre.Loop.Durable.State.Queue.Plan.Counters.Keys.Select(id => id.Value)])))
            .WithSummary("The counters of the centre").Produces<CountersAnswer>().ProducesProblem(401).ProducesProblem(403);
        api.MapGet("/counters/{number:int}", (int number) => Known(centre, number, out var id) is { } unknown ? unknown : Results.Ok(CounterScene.Of(centre, id)))
            .WithSummary("A counter as its clerk sees it").Produces<CounterPicture>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        api.MapGet("/counters/{number:int}/stream", (HttpContext context, int number) => ListenAsync(context, number))
            .WithSummary("The same, whenever it changes (server-sent events)")
            .WithDescription("Each event is a whole picture, so a page that comes back needs no history. An event named beat tells the time every two seconds; one named ended, that the session is over.")
            .Produces(200, contentType: "text/event-stream").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);

        Task ListenAsync(HttpContext context, int number) => Known(centre, number, out var id) is { } unknown
            ? unknown.ExecuteAsync(context)
            : stream.RunAsync(context, () => CounterScene.Of(centre, id), ApiJson.Default.CounterPicture, door.StillMay(context));
    }

    private static IResult? Known(EdgeCentre centre, int number, out CounterId id)
    {
        try
        {
            id = QueueFields.Counter(number);
        }
        catch (BadFieldException e)
        {
            id = default;
            return e.ToProblem();
        }

        return centre.Loop.Durable.State.Queue.Plan.Counters.ContainsKey(id) ? null
            : Problems.Of(StatusCodes.Status404NotFound, "unknown-counter", "Không tìm thấy", $"Trung tâm không có quầy {number}.");
    }
}

/// <param name="Counters">Their numbers.</param>
public sealed record CountersAnswer(IReadOnlyList<int> Counters);
