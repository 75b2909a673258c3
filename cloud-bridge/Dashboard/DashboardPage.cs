using System.Reflection;

namespace MotCua.CloudBridge.Dashboard;

/// <summary>The page at <c>/</c>, its style and script, all from inside the program, and the stream that feeds them.</summary>
public static class DashboardPage
{
    private static readonly (string Route, string File, string Type)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/ledger", "ledger.html", "text/html; charset=utf-8"),
        ("/quarantine", "quarantine.html", "text/html; charset=utf-8"),
        ("/alerts", "alerts.html", "text/html; charset=utf-8"),
        ("/alert-rules", "alert-rules.html", "text/html; charset=utf-8"),
        ("/dashboard/alerts.css", "alerts.css", "text/css; charset=utf-8"),
        ("/dashboard/alerts.js", "alerts.js", "text/javascript; charset=utf-8"),
        ("/dashboard/alert-detail.js", "alert-detail.js", "text/javascript; charset=utf-8"),
        ("/dashboard/alert-acts.js", "alert-acts.js", "text/javascript; charset=utf-8"),
        ("/dashboard/alert-rules.js", "alert-rules.js", "text/javascript; charset=utf-8"),
        ("/dashboard/alert-words.js", "alert-words.js", "text/javascript; charset=utf-8"),
        ("/dashboard/ledger.js", "ledger.js", "text/javascript; charset=utf-8"),
        ("/dashboard/quarantine.js", "quarantine.js", "text/javascript; charset=utf-8"),
        ("/dashboard/dashboard.css", "dashboard.css", "text/css; charset=utf-8"),
        ("/dashboard/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"),
        ("/dashboard/commands.js", "commands.js", "text/javascript; charset=utf-8"),
        ("/dashboard/configuration.js", "configuration.js", "text/javascript; charset=utf-8"),
        ("/dashboard/snapshots.js", "snapshots.js", "text/javascript; charset=utf-8"),
        ("/dashboard/video.js", "video.js", "text/javascript; charset=utf-8"),
        ("/dashboard/dom.js", "dom.js", "text/javascript; charset=utf-8"),
        ("/dashboard/words.js", "words.js", "text/javascript; charset=utf-8"),
        ("/dashboard/icon.svg", "icon.svg", "image/svg+xml"),
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var (route, file, type) in Files)
        {
            var bytes = Load(file);
            app.MapGet(route, () => TypedResults.Bytes(bytes, type)).ExcludeFromDescription();
        }

        app.MapGet("/api/stream", Stream)
            .WithName("StreamFleet").WithTags("Centres").WithSummary("Centres as they change")
            .WithDescription("Server-sent events named `fleet`: all centres first, then those that changed, at most ten times a second; at least every 5 s a sign of life.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Stream(FleetNewsFeed feed, CancellationToken stop) => feed.HasRoom
        ? TypedResults.ServerSentEvents(feed.Follow(stop))
        : TypedResults.Problem("Too many pages follow at once; try again later.", statusCode: StatusCodes.Status503ServiceUnavailable);

    private static byte[] Load(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"dashboard/{file}")
            ?? throw new InvalidOperationException($"The program was built without {file}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
