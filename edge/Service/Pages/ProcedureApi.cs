using MotCua.Edge.Assembly;
using MotCua.Edge.Procedures;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>Looking up what a procedure needs.</summary>
internal static class ProcedureApi
{
    /// <summary>What a screen shows without scrolling for long.</summary>
    private const int Usual = 20;

    private const int MostShown = 50;

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        api.MapGet("/procedures", (string? q, int? most) => Search(centre, q ?? "", most ?? Usual))
            .WithSummary("Procedures by some letters of their names, with Vietnamese marks or without; the best first")
            .WithDescription("Without ?q= the first of the list. ?most= is 1 to 50, otherwise 20.")
            .Produces<ProceduresAnswer>().ProducesProblem(400);
        api.MapGet("/procedures/{code}", (string code) => Sheet(centre, code))
            .WithSummary("Papers, fee, time and law of a procedure").Produces<ProcedureAnswer>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>A procedure that a request names; null where it names none.</summary>
    /// <exception cref="BadFieldException">It is not in the centre's list.</exception>
    public static Procedure? Known(EdgeCentre centre, string? code) => code is null ? null
        : !ProcedureCode.IsValid(code) ? throw new BadFieldException("bad-procedure", "Mã thủ tục gồm 1–48 ký tự a–z, 0–9, '.', '-'.")
        : centre.Procedures.Find(new ProcedureCode(code)) ?? throw new BadFieldException("unknown-procedure", "Danh sách của trung tâm không có thủ tục này.", StatusCodes.Status404NotFound);

    private static IResult Search(EdgeCentre centre, string question, int most)
    {
        if (most is < 1 or > MostShown)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-most", "Yêu cầu không hợp lệ", $"Số thủ tục muốn xem từ 1 đến {MostShown}.");
        }

        var index = centre.Procedures;
        var (best, fitting) = index.Search(question, most);
        return Results.Ok(new ProceduresAnswer(fitting, [.. best.Select(one => new ProcedureBrief(one.Code.Value, one.Name, one.Field))], index.Count));
    }

    private static IResult Sheet(EdgeCentre centre, string code)
    {
        try
        {
            var found = Known(centre, code)!;
            var service = centre.Options.Services.FirstOrDefault(one => one.Code == found.Service);
            return Results.Ok(new ProcedureAnswer(found.Code.Value, found.Name, found.Field, service?.Code.Value, service?.Name, found.Papers, found.Fee, found.Days, found.Basis));
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }
    }
}
