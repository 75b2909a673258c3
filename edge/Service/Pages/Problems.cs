using MotCua.Edge.Loop;

namespace MotCua.Edge.Pages;

/// <summary>Refusals as problem details (RFC 9457): <c>type</c> for programs, <c>detail</c> for the person in front of it, in Vietnamese.</summary>
internal static class Problems
{
    public static IResult Of(int status, string code, string title, string detail) =>
        Results.Problem(detail, statusCode: status, title: title, type: $"urn:motcua:problem:{code}");

    public static IResult Of(Outcome.Refused refused) => Of(StatusOf(refused.Code), refused.Code, "Không thực hiện được", refused.Reason);

    public static IResult Of(Outcome.NotDurable failed) => Of(StatusCodes.Status503ServiceUnavailable, "not-durable", "Chưa ghi được", failed.Reason);

    private static int StatusOf(string code) => code switch
    {
        "changed-elsewhere" or "called-elsewhere" => StatusCodes.Status412PreconditionFailed,
        _ when code.StartsWith("unknown-", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };
}
