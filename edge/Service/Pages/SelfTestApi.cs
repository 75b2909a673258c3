using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.SelfTest;

namespace MotCua.Edge.Pages;

/// <param name="Number">Counts the tests since the start of the program; 0: none yet.</param>
/// <param name="By">Who asked: <c>command</c>, <c>page</c>, <c>province</c>, or <c>button:</c> with its name; null when nobody did yet.</param>
/// <param name="Now">What is being tried, Vietnamese; null when nothing is.</param>
/// <param name="Steps">How many trials the test has.</param>
/// <param name="Summary">The result in a sentence, Vietnamese; null until the end.</param>
public sealed record SelfTestAnswer(long Number, string? By, DateTimeOffset? StartedAt, bool Running, string? Now, int Steps, IReadOnlyList<SelfTestRowAnswer> Rows, string? Summary);

/// <param name="Result"><c>ok</c>, <c>failed</c> or <c>not-tried</c>.</param>
/// <param name="Code">Code of the fault catalogue; null when it did not fail.</param>
/// <param name="Text">What came out and what to do, Vietnamese.</param>
public sealed record SelfTestRowAnswer(string Device, string Result, string? Code, string Text);

/// <summary>The walk over all devices: started and watched by the lab page and by <c>edge self-test</c>.</summary>
internal static class SelfTestApi
{
    private const string Path = "/self-test";

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        api.MapPost(Path, (string? by) => Start(centre, by)).WithSummary("Begins to try every device")
            .WithDescription("Refused while a test runs. by is command or page.").Produces<SelfTestAnswer>(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(409);
        api.MapGet(Path, () => Results.Ok(Describe(centre.SelfTest.Progress))).WithSummary("The test that runs, or the last one").Produces<SelfTestAnswer>();
    }

    private static IResult Start(EdgeCentre centre, string? by) => by switch
    {
        not (null or "command" or "page") => Problems.Of(StatusCodes.Status400BadRequest, "bad-by", "Yêu cầu không hợp lệ", "by là command hoặc page."),
        _ when centre.SelfTest.TryStart(by ?? "page") => Results.Accepted(value: Describe(centre.SelfTest.Progress)),
        _ => Problems.Of(StatusCodes.Status409Conflict, "self-test-runs", "Không thực hiện được", "Đang có một lượt kiểm tra; chờ xong rồi thử lại."),
    };

    private static SelfTestAnswer Describe(SelfTestProgress? test) => test is null
        ? new SelfTestAnswer(0, null, null, Running: false, null, 0, [], null)
        : new SelfTestAnswer(
            test.Number, test.By, test.StartedAt, test.Running, test.Now, test.Steps,
            [.. test.Rows.Select(row => new SelfTestRowAnswer(row.Device, WireWord.Of(row.Result.Verdict), row.Result.Code, row.Result.Text))],
            test.Running ? null : SelfTestSteps.Summary(test.Rows));
}
