using System.Globalization;
using MotCua.Edge.Assembly;

namespace MotCua.Edge.Pages;

/// <summary>The director's page: the day so far, and the same as a table.</summary>
internal static class TodayApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre, PictureStream stream)
    {
        var (door, scene) = (new ClerkDoor(centre.Clerks), new TodayScene(centre));
        var today = api.MapGroup("/today");
        today.MapGet("", () => Results.Ok(scene.Now())).WithSummary("The day in one picture, for the director").Produces<TodayPicture>().ProducesProblem(401).ProducesProblem(403);
        today.MapGet("/stream", (HttpContext context, CancellationToken stop) => stream.RunAsync(context, scene.Now, ApiJson.Default.TodayPicture, door.StillMay(context)))
            .WithSummary("The same, whenever it changes (server-sent events)").Produces(200, contentType: "text/event-stream").ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
        today.MapGet("/table.csv", () =>
        {
            var day = scene.Now();
            var date = day.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "chua-mo";
            return Results.File(TodayCsv.Of(day), "text/csv; charset=utf-8", $"mot-cua-{centre.Options.Centre.Value}-{date}.csv");
        }).WithSummary("The same as a table for a spreadsheet").Produces(200, contentType: "text/csv").ProducesProblem(401).ProducesProblem(403);
    }
}
