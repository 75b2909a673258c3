using Microsoft.AspNetCore.Http.HttpResults;
using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Api;

/// <summary>How far tickets, figures and faults are behind the log. Apart from <c>/healthz</c>: a bridge whose views lag takes events all the same.</summary>
public static class ProjectionApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/projection", Report)
        .WithName("Projection").WithTags("Health").WithSummary("How far the views are behind the log")
        .WithDescription("Stretches and seconds behind, what was skipped and why, and how far a rebuild has come.");

    private static Ok<ProjectionSnapshot> Report(ProjectionStatus status) => TypedResults.Ok(status.Now);
}
