using MotCua.Edge.Assembly;
using MotCua.Edge.Hosting;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>Rating at a counter (Nghị định 61/2018/NĐ-CP, điều 29): open for the ticket that was just done there, once.</summary>
internal static class RatingApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        api.MapGet("/rate/{counter:int}", (int counter) => Look(centre, counter))
            .WithSummary("Which ticket may be rated at a counter now").Produces<RatingAnswer>().ProducesProblem(404);
        api.MapPost("/rate/{counter:int}", (int counter, RatingRequest body, CancellationToken stop) => RateAsync(centre, counter, body, stop))
            .WithSummary("The citizen's word on the ticket that was just done at the counter")
            .WithDescription("Once for a ticket, and only for a while after it was done. Reasons go with not-satisfied only. What is kept names the ticket and nobody.")
            .Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
    }

    private static IResult Look(EdgeCentre centre, int counter)
    {
        var queue = centre.Loop.Durable.State.Queue;
        if (Known(queue, counter) is not { } id)
        {
            return Unknown(counter);
        }

        var open = centre.Rating.At(id, queue);
        return Results.Ok(new RatingAnswer(EdgeVersion.Current, centre.Options.Name, counter, open?.Number.ToString(), (int)(open?.Left.TotalSeconds ?? 0)));
    }

    private static async Task<IResult> RateAsync(EdgeCentre centre, int counter, RatingRequest body, CancellationToken stop)
    {
        var queue = centre.Loop.Durable.State.Queue;
        if (Known(queue, counter) is not { } id)
        {
            return Unknown(counter);
        }

        return await QueueRequests.RunAsync(
            centre,
            () =>
            {
                var rate = new RateTicket(QueueFields.Number(body.Ticket), QueueFields.Rating(body.Rating), QueueFields.Reasons(body.Reasons));
                return centre.Rating.At(id, queue)?.Number == rate.Number ? rate
                    : throw new BadFieldException("rating-closed", "Lượt phục vụ này đã được đánh giá, hoặc đã hết thời gian đánh giá. Cảm ơn quý vị.", StatusCodes.Status409Conflict);
            },
            QueueRequests.Done, stop);
    }

    private static CounterId? Known(QueueState queue, int counter) => counter is >= 1 and <= 99 && queue.Plan.Counters.ContainsKey(new CounterId(counter)) ? new CounterId(counter) : null;

    private static IResult Unknown(int counter) => Problems.Of(StatusCodes.Status404NotFound, "unknown-counter", "Không tìm thấy", $"Trung tâm không có quầy {counter}.");
}

/// <param name="Version">Of the program; a page of another one loads itself anew.</param>
/// <param name="Name">Of the centre.</param>
/// <param name="Ticket">Null: nothing to rate now.</param>
/// <param name="Seconds">How long it may still be rated.</param>
public sealed record RatingAnswer(string Version, string Name, int Counter, string? Ticket, int Seconds);

/// <param name="Rating"><c>very-satisfied</c>, <c>satisfied</c> or <c>not-satisfied</c>.</param>
/// <param name="Reasons">With not-satisfied: <c>long-wait</c>, <c>unclear-guidance</c>, <c>attitude</c>, <c>extra-papers</c>, <c>late-result</c>, <c>other</c>.</param>
public sealed record RatingRequest(string Ticket, string Rating, IReadOnlyList<string>? Reasons = null);
