using MotCua.CloudBridge.Dashboard;

namespace MotCua.CloudBridge.Api;

/// <param name="Template">With <c>{centre}</c>, <c>{camera}</c> and <c>{time}</c> (RFC 3339, UTC) to be filled in, each escaped; null when the province has set none.</param>
public sealed record VideoLinkAnswer(string? Template);

/// <summary>Where the province's own video system is.</summary>
public static class VideoLinkApi
{
    public static void Map(IEndpointRouteBuilder app, VideoLink? link) => app.MapGet("/api/video-link", () => TypedResults.Ok(new VideoLinkAnswer(link?.Template)))
        .WithName("GetVideoLink").WithTags("Centres").WithSummary("Where the province's own video system shows a camera").WithDescription("No video passes through the bridge; pages link there.");
}
