using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Ledger;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Api;

/// <summary>Whether the province holds every event of every centre.</summary>
/// <param name="At">Wall time of the bridge.</param>
/// <param name="ToGo">Stretches that are not checked yet; -1 before the first look.</param>
/// <param name="Checked">Events whose hash was checked since this bridge started.</param>
/// <param name="Days">How many days the counts are of.</param>
/// <param name="Centres">Those that lack something first.</param>
public sealed record LedgerOverview(DateTimeOffset At, long ToGo, long Checked, int Days, IReadOnlyList<LedgerCentre> Centres);

/// <param name="Issued">Tickets on those days.</param>
/// <param name="Received">Events of those days that the province holds.</param>
/// <param name="Lacks">Places where something is missing or altered, in all of the log; what was forgotten on purpose is none, nor what the centre will still send.</param>
/// <param name="Waiting">Events that the centre has and has not delivered yet, as of its last connection.</param>
public sealed record LedgerCentre(string Id, string Name, long Issued, long Received, long Lost, int Lacks, long Waiting);

/// <param name="Days">The newest first.</param>
/// <param name="Lacks">What is missing, altered or forgotten, exactly; of each kind the first 64.</param>
public sealed record LedgerOfCentre(string Id, string Name, long ToGo, IReadOnlyList<LedgerDayView> Days, IReadOnlyList<LedgerLackView> Lacks);

/// <param name="Date">Null for events whose time cannot be read.</param>
public sealed record LedgerDayView(DateOnly? Date, long Issued, long Received, long Lost);

/// <param name="What"><c>declaredLost</c>, <c>notDeliveredYet</c>, <c>altered</c>, <c>vanished</c> or <c>forgotten</c>.</param>
public sealed record LedgerLackView(string Epoch, [property: JsonConverter(typeof(LackConverter))] LackKind What, long From, long To);

/// <summary>Writes a kind of lack as one word.</summary>
public sealed class LackConverter() : JsonStringEnumConverter<LackKind>(JsonNamingPolicy.CamelCase);

/// <param name="Messages">Newest first.</param>
public sealed record RefusedList(IReadOnlyList<RefusedMessage> Messages);

/// <param name="Centre">Null when the topic names none.</param>
/// <param name="Seen">How often the same came for the same reason.</param>
/// <param name="Head">Its first 64 bytes, hexadecimal.</param>
public sealed record RefusedMessage(DateTimeOffset At, string? Centre, string Topic, string Reason, long Size, long Seen, string Sha256, string Head);

/// <summary>The ledger, and the messages that were refused.</summary>
public static class LedgerApi
{
    private const int UnlessDays = 7;
    private const int UnlessMessages = 50;
    private const int MostMessages = 200;
    private const int HeadBytes = 64;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/ledger", Overview).WithName("GetLedger").WithTags("Ledger").WithSummary("Whether the province holds every event")
            .WithDescription("Per centre: tickets, events held, events lost, and in how many places anything is missing. Kept up as events come; opening it reads no history.")
            .Produces<LedgerOverview>().ProducesProblem(400);
        app.MapGet("/api/ledger/{id}", OfCentre).WithName("GetLedgerOfCentre").WithTags("Ledger").WithSummary("The ledger of a centre, day by day")
            .WithDescription("Days of the last two months, and exactly which events are missing, altered or forgotten.")
            .Produces<LedgerOfCentre>().ProducesProblem(404);
        app.MapGet("/api/quarantine", Refused).WithName("ListQuarantine").WithTags("Ledger").WithSummary("Messages that were refused")
            .WithDescription("Each with the reason, the centre, how often it came and its first bytes.")
            .Produces<RefusedList>().ProducesProblem(400).ProducesProblem(503);
    }

    private static IResult Overview([Description("1 to 62 days; 7 unless told.")] int? days, LedgerBook book, FleetView fleet, TimeProvider time)
    {
        if (days is < 1 or > LedgerBook.MostDays)
        {
            return Wrong($"days từ 1 đến {LedgerBook.MostDays}.");
        }

        var count = days ?? UnlessDays;
        var (state, sums) = book.Read(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddHours(7)).AddDays(1 - count));
        var centres = fleet.ChangedSince(0, out _).Select(centre =>
        {
            var sum = sums.GetValueOrDefault(new CentreId(centre.Id));
            return new LedgerCentre(centre.Id, centre.Name, sum.Issued, sum.Received, sum.Lost, (int)Math.Min(int.MaxValue, sum.Places), sum.Waiting);
        });
        return Results.Ok(new LedgerOverview(time.GetUtcNow(), state.ToGo, state.Checked, count, [.. centres.OrderByDescending(centre => centre.Lacks > 0).ThenByDescending(centre => centre.Waiting > 0).ThenBy(centre => centre.Name, StringComparer.Ordinal)]));
    }

    private static IResult OfCentre([Description("Id of the centre, as in its topics.")] string id, LedgerBook book, FleetView fleet)
    {
        if (!CentreId.IsValid(id) || fleet.Find(new CentreId(id)) is not { } centre)
        {
            return Results.Problem($"Chưa có trung tâm «{(id.Length <= 32 ? id : id[..32])}» nào kết nối về tỉnh.", statusCode: StatusCodes.Status404NotFound, title: "Không tìm thấy");
        }

        var (state, days, lacks) = book.Read(new CentreId(id));
        return Results.Ok(new LedgerOfCentre(
            id, centre.Summary.Name, state.ToGo,
            [.. days.Select(day => new LedgerDayView(day.Date == default ? null : day.Date, day.Issued, day.Received, day.Lost))],
            [.. lacks.Select(lack => new LedgerLackView(lack.Epoch.ToString(), lack.What, lack.From, lack.To))]));
    }

    private static IResult Refused([Description("1 to 200 messages; 50 unless told.")] int? limit, IBridgeStore store) => limit is < 1 or > MostMessages
        ? Wrong($"limit từ 1 đến {MostMessages}.")
        : Results.Ok(new RefusedList([.. store.ReadQuarantine(limit ?? UnlessMessages).Select(one => new RefusedMessage(
            one.At, one.Centre?.Value, one.Topic, one.Reason, one.Size, one.Seen, one.Sha256, Convert.ToHexStringLower(one.Head.Span[..Math.Min(HeadBytes, one.Head.Length)])))]));

    private static IResult Wrong(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Yêu cầu chưa đúng");
}
