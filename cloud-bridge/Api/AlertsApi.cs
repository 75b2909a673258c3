using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Api;

/// <summary>Alerts: listed, looked into, acted on. Errors are problem details (RFC 9457), Vietnamese.</summary>
public static class AlertsApi
{
    private const int Most = 200;
    private const int Unless = 50;
    private const int MostSkip = 100_000;
    private const int MostCauses = 500;
    private const int MostLines = 200;
    private const int MostDeliveries = 50;
    private const int MostMinutes = 30 * 24 * 60;

    public static void Map(IEndpointRouteBuilder app)
    {
        var alerts = app.MapGroup("/api/alerts").WithTags("Alerts");
        alerts.MapGet("/", List).WithName("ListAlerts").WithSummary("Alerts, the worst first")
            .WithDescription("Each is one thing to care about, with all its causes: what it is, where, since when, whom it hurts and what to do.")
            .Produces<AlertList>().ProducesProblem(400).ProducesProblem(503);
        alerts.MapGet("/mark", Mark).WithName("GetAlertMark").WithSummary("Whether anything about alerts changed")
            .WithDescription("Costs nothing; a page asks it every second and reads the list when it is another.").Produces<AlertMark>().ProducesProblem(503);
        alerts.MapGet("/{id:long}", Find).WithName("GetAlert").WithSummary("One alert").WithDescription("With its causes, all that happened and was done, and who was told.")
            .Produces<AlertDetail>().ProducesProblem(404).ProducesProblem(503);
        alerts.MapPost("/{id:long}/acts", Do).WithName("ActOnAlert").WithSummary("Acknowledges, assigns, comments or mutes an alert")
            .WithDescription("Who did it and why stays in the alert's history and in the audit. Acknowledged, it is not escalated until it gets worse; muted, nobody is told until the mute ends.")
            .Produces<AlertView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        alerts.MapGet("/deliveries", Deliveries).WithName("ListDeliveries").WithSummary("Messages about alerts").WithDescription("What was told on which channel, and what could not be.")
            .Produces<DeliveryList>().ProducesProblem(400).ProducesProblem(503);
        alerts.MapGet("/deliveries/{id:long}", Delivery).WithName("GetDelivery").WithSummary("One message with its attempts").WithDescription("When it was tried, and what came of it.").Produces<DeliveryDetail>().ProducesProblem(404).ProducesProblem(503);
        alerts.MapPost("/deliveries/{id:long}/again", Again).WithName("TryDeliveryAgain").WithSummary("Sends a message that was given up once more").WithDescription("As it was written; who wanted it stands in the alert's history.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
    }

    /// <summary>An alert as people see it.</summary>
    internal static AlertView Describe(Alert alert, AlertDescriber words)
    {
        var centres = alert.Centres;
        var waiting = alert.IsOpen ? words.WaitingAt(centres) : null;
        return new AlertView(
            alert.Id, SeverityWords.Of(alert.Severity), alert.Root.Code, AlertWords.Title(alert.Root), AlertWords.Place(alert.Root, centres, words.NameOf),
            [.. centres.Take(Most).Select(centre => new AlertCentre(centre.Value, words.NameOf(centre)))], centres.Count, alert.Since, alert.Opened, alert.Ended, alert.Openings,
            AlertWords.Flapping(alert), AlertWords.Harm(alert.Root, waiting), waiting, AlertWords.WhatToDo(alert.Root),
            centres.Count == 1 ? $"Đội hỗ trợ {words.NameOf(centres[0])}" : null, alert.Care.AcknowledgedBy, alert.Care.AcknowledgedAt, alert.Care.AssignedTo, alert.Care.MutedUntil,
            alert.Care.MutedBy, alert.MergedInto);
    }

    private static IResult List(
        [Description("open (unless told) or over.")] string? state, [Description("Id of a centre; all unless told.")] string? centre, [Description("0 to 100,000.")] int? skip,
        [Description("1 to 200; 50 unless told.")] int? limit, IBridgeStore store, AlertDescriber words, TimeProvider time)
    {
        if (state is not (null or "open" or "over") || limit is < 1 or > Most || skip is < 0 or > MostSkip || (centre is not null && !CentreId.IsValid(centre)))
        {
            return Problem(400, "Yêu cầu chưa đúng", $"state là open hoặc over, limit từ 1 đến {Most}, skip từ 0 đến {MostSkip}, centre là mã trung tâm.");
        }

        // The mark first: what changes meanwhile is asked for again.
        var mark = MarkOf(store.Alerts.ReadMarks());
        var asked = limit ?? Unless;
        var found = store.Alerts.Read(new AlertQuery(state != "over", centre is null ? null : new CentreId(centre), skip ?? 0, asked + 1));
        var counts = store.Alerts.CountOpen();
        return Results.Ok(new AlertList(
            time.GetUtcNow(), mark, Count(Severity.Critical), Count(Severity.Warning), Count(Severity.Notice), [.. found.Take(asked).Select(alert => Describe(alert, words))],
            found.Count > asked, store.Alerts.ReadDeliveries(DeliveryStates.Dead, null, Most).Count));

        long Count(Severity severity) => counts.GetValueOrDefault((int)severity);
    }

    private static IResult Mark(IBridgeStore store) => Results.Ok(new AlertMark(MarkOf(store.Alerts.ReadMarks())));

    private static IResult Find([Description("Number of the alert.")] long id, IBridgeStore store, AlertDescriber words)
    {
        if (store.Alerts.Find(id) is not { } alert)
        {
            return Unknown();
        }

        var causes = alert.Causes.Values.OrderBy(cause => cause.Moved).ThenBy(cause => cause.Ended is not null).ThenBy(cause => cause.Since).Take(MostCauses);
        return Results.Ok(new AlertDetail(
            Describe(alert, words),
            [.. causes.Select(cause => new AlertCauseView(AlertWords.Cause(cause, words.NameOf), cause.Key.Code, cause.Detail, cause.Since, cause.Ended, cause.Onsets, cause.Moved))],
            [.. store.Alerts.ReadLines(id, MostLines).Select(line => new AlertLineView(line.At, line.Who, line.What, line.Value, line.Reason))],
            [.. store.Alerts.ReadDeliveries(null, id, MostDeliveries).Select(Describe)]));
    }

    private static IResult Do([Description("Number of the alert.")] long id, AlertRequest request, IBridgeStore store, AlertDescriber words, TimeProvider time)
    {
        if (ProblemOf(request) is { } problem)
        {
            return Problem(400, "Chưa làm được", problem);
        }

        if (store.Alerts.Find(id) is null)
        {
            return Unknown();
        }

        var now = time.GetUtcNow();
        var done = store.Alerts.Do(new AlertAct(
            id, request.Act!, request.Who!.Trim(), request.Reason?.Trim() ?? "", now, request.Act == AlertActs.Assign ? request.To!.Trim() : null,
            request.Act == AlertActs.Mute ? now.AddMinutes(request.Minutes!.Value) : null));
        return done is not null && store.Alerts.Find(id) is { } after ? Results.Ok(Describe(after, words))
            : Problem(409, "Không còn làm được", "Cảnh báo đã hết, hoặc người khác vừa làm việc này; xem lại trang.");
    }

    private static string? ProblemOf(AlertRequest request) => request switch
    {
        { Act: null } => $"act là {string.Join(", ", AlertActs.All)}.",
        _ when !AlertActs.All.Contains(request.Act) => $"act là {string.Join(", ", AlertActs.All)}.",
        _ when !Words.IsLine(request.Who, 1, 80) => "who: cho biết ai làm, 1–80 ký tự trên một dòng.",
        { Act: AlertActs.Assign } when !Words.IsLine(request.To, 1, 100) => "to: giao cho ai, 1–100 ký tự trên một dòng.",
        { Act: AlertActs.Mute, Minutes: not (>= 1 and <= MostMinutes) } => $"minutes: tắt báo trong bao lâu, từ 1 đến {MostMinutes} phút.",
        { Act: AlertActs.Mute or AlertActs.Comment } when !Words.IsLine(request.Reason, 3, 500) => "reason: cho biết lý do hoặc nội dung, 3–500 ký tự trên một dòng.",
        { Reason: { Length: > 0 } } when !Words.IsLine(request.Reason, 1, 500) => "reason: nhiều nhất 500 ký tự trên một dòng.",
        _ => null,
    };

    private static IResult Deliveries([Description("waiting, sent or dead; all unless told.")] string? state, [Description("1 to 200; 50 unless told.")] int? limit, IBridgeStore store) =>
        state is not (null or DeliveryStates.Waiting or DeliveryStates.Sent or DeliveryStates.Dead) || limit is < 1 or > Most
            ? Problem(400, "Yêu cầu chưa đúng", $"state là waiting, sent hoặc dead; limit từ 1 đến {Most}.")
            : Results.Ok(new DeliveryList([.. store.Alerts.ReadDeliveries(state, null, limit ?? Unless).Select(Describe)]));

    private static IResult Delivery([Description("Number of the message.")] long id, IBridgeStore store) => store.Alerts.FindDelivery(id) is { } found
        ? Results.Ok(new DeliveryDetail(Describe(found), store.Alerts.ReadAttempts(id, MostLines)))
        : Problem(404, "Không tìm thấy", "Không có tin này, hoặc đã quá cũ.");

    private static IResult Again([Description("Number of the message.")] long id, AgainRequest request, IBridgeStore store, TimeProvider time) =>
        !Words.IsLine(request.Who, 1, 80) || !Words.IsLine(request.Reason, 3, 200)
            ? Problem(400, "Chưa làm được", "Cho biết ai làm (who, 1–80 ký tự) và lý do (reason, 3–200 ký tự).")
            : store.Alerts.TryAgain(id, request.Who!.Trim(), request.Reason!.Trim(), time.GetUtcNow()) ? Results.NoContent()
            : Problem(404, "Không tìm thấy", "Không có tin này, hoặc tin này không bị bỏ.");

    private static DeliveryView Describe(AlertDelivery one) => new(one.Id, one.Alert, one.Channel, one.At, MomentOf(one), one.State, one.Attempts, one.Next, one.Note);

    private static string MomentOf(AlertDelivery one)
    {
        try
        {
            return AlertMessage.Parse(one.Content).Heading;
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string MarkOf(AlertMarks marks) => string.Create(CultureInfo.InvariantCulture, $"{marks.Turn}.{marks.Lines}.{marks.Rules}");

    private static IResult Unknown() => Problem(404, "Không tìm thấy", "Không có cảnh báo này, hoặc đã quá cũ.");

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);
}
