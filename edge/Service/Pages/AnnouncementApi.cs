using MotCua.Edge.Announcing;
using MotCua.Edge.Assembly;

namespace MotCua.Edge.Pages;

/// <summary>Texts of the centre's own for the loudspeakers: said at once or at an hour, and taken back.</summary>
internal static class AnnouncementApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        api.MapPost("/announcements", (AnnouncementRequest body) => Answer(centre.Texts.Add(body.Text, body.Guidance, body.At)))
            .WithSummary("Has a text or a file of guidance spoken, at once or at an hour")
            .WithDescription("A call goes before it and cuts short what lasts longer than half a minute, which is then said once more; in hours of silence it is not spoken, and its state says so. What is spoken holds no name and no paper of a citizen.")
            .Produces<AnnouncementAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapGet("/announcements", () => Results.Ok(new AnnouncementsAnswer([.. centre.Texts.All.Select(Describe)], [.. centre.GuidanceFiles])))
            .WithSummary("Texts that wait or were spoken lately, and the files of guidance").Produces<AnnouncementsAnswer>();
        api.MapPost("/announcements/{id}/cancel", (string id) => centre.Texts.Cancel(id) is { } outcome
                ? Answer(outcome, cancelled: true)
                : Problems.Of(StatusCodes.Status404NotFound, "unknown-announcement", "Không tìm thấy", "Không có thông báo này."))
            .WithSummary("Takes a text back; one that is being spoken stops").Produces<AnnouncementAnswer>().ProducesProblem(404).ProducesProblem(409);
    }

    private static IResult Answer(TextOutcome outcome, bool cancelled = false) => outcome switch
    {
        TextOutcome.Accepted { Text: var text } => cancelled ? Results.Ok(Describe(text)) : Results.Created((string?)null, Describe(text)),
        TextOutcome.Refused refused => Problems.Of(StatusOf(refused.Code), refused.Code, "Không thực hiện được", refused.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static int StatusOf(string code) => code switch
    {
        "bad-text" or "bad-time" => StatusCodes.Status400BadRequest,
        "unknown-guidance" => StatusCodes.Status404NotFound,
        "not-durable" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };

    private static AnnouncementAnswer Describe(CentreText text) => new(text.Id, text.Text, text.Guidance, text.At, text.State);
}
