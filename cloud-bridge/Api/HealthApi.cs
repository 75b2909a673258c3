using Microsoft.AspNetCore.Http.HttpResults;
using MotCua.CloudBridge.Ingest;

namespace MotCua.CloudBridge.Api;

/// <summary><c>/healthz</c>: for supervisors and load balancers.</summary>
public static class HealthApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/healthz", Report)
        .WithName("Health").WithTags("Health").WithSummary("Whether the bridge does its work")
        .WithDescription("200 while the link to the broker is up and the store takes writes; otherwise 503 with the reasons.")
        .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);

    public static IReadOnlyList<string> Problems(IngestSnapshot now) =>
        [.. new[] { now.LinkFault is { } link ? $"Broker: {link}" : null, now.StoreFault is { } store ? $"Store: {store}" : null }.OfType<string>()];

    private static JsonHttpResult<HealthReport> Report(IngestStatus status)
    {
        var problems = Problems(status.Now);
        return TypedResults.Json(new HealthReport(problems.Count == 0, problems), ApiJson.Default.HealthReport, statusCode: problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
