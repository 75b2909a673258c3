using System.ComponentModel;
using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Api;

/// <summary>Rules of alerts: read, tried against the last thirty days, set; and the regions of centres.</summary>
public static class AlertRulesApi
{
    private const int MostVersions = 100;
    private const int MostCentres = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Map(IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/api/alert-rules").WithTags("Alerts");
        rules.MapGet("/", Read).WithName("GetAlertRules").WithSummary("The rules that hold").WithDescription("Severities, hold-down, grouping, limits, escalation and the calendar with its holidays.")
            .Produces<RulesView>().ProducesProblem(503);
        rules.MapGet("/versions", Versions).WithName("ListAlertRules").WithSummary("Who changed the rules, and why").WithDescription("The newest hundred versions, without their contents.").Produces<RulesHistory>().ProducesProblem(503);
        rules.MapGet("/versions/{version:long}", Version).WithName("GetAlertRulesVersion").WithSummary("An older version of the rules").WithDescription("Whole, so that it can be set again.").Produces<RulesView>().ProducesProblem(404).ProducesProblem(503);
        rules.MapPost("/try", TryAsync).WithName("TryAlertRules").WithSummary("What other rules would have done in the last thirty days")
            .WithDescription("Plays the stored faults, outages and health against the rules that hold and against the given ones. Changes nothing.")
            .Produces<TryOutView>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
        rules.MapPost("/", Set).WithName("SetAlertRules").WithSummary("Other rules hold from now on").WithDescription("Kept as a new version with who gave it and why.")
            .Produces<RulesView>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
        var regions = app.MapGroup("/api/regions").WithTags("Centres");
        regions.MapGet("/", Regions).WithName("ListRegions").WithSummary("Regions and their centres").WithDescription("Centres without a region come last, under an empty name.").Produces<RegionList>().ProducesProblem(503);
        regions.MapPost("/", SetRegion).WithName("SetRegion").WithSummary("Puts centres into a region").WithDescription("Outages of a region become one alert. An empty name takes them out.")
            .Produces<RegionList>().ProducesProblem(400).ProducesProblem(503);
    }

    private static IResult Read(IBridgeStore store, ChannelBook channels) => Results.Ok(Describe(store.Alerts.ReadRules(), channels));

    private static IResult Versions(IBridgeStore store) => Results.Ok(new RulesHistory(store.Alerts.ReadRuleVersions(MostVersions)));

    private static IResult Version([Description("From 1.")] long version, IBridgeStore store, ChannelBook channels) => store.Alerts.FindRules(version) is { } found
        ? Results.Ok(Describe(found, channels))
        : Results.Problem("Không có bản này.", statusCode: StatusCodes.Status404NotFound, title: "Không tìm thấy");

    private static async Task<IResult> TryAsync(RulesRequest request, IBridgeStore store, FleetView fleet, TryOutDesk desk, TimeProvider time, CancellationToken stop)
    {
        if (ReadRules(request, out var problem) is not { } rules)
        {
            return Wrong(problem);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            return await desk.RunAsync(AlertKeeper.RulesOf(store.Alerts.ReadRules(), out _), rules, either.Token) is { } result ? Results.Ok(result)
                : Results.Problem("Người khác đang chạy thử; chờ một phút rồi thử lại.", statusCode: StatusCodes.Status409Conflict, title: "Đang bận");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Results.Problem("Dữ liệu 30 ngày quá nhiều để chạy thử trong một phút.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "Chưa chạy thử được");
        }
    }

    private static IResult Set(RulesRequest request, IBridgeStore store, ChannelBook channels, TimeProvider time)
    {
        if (ReadRules(request, out var problem) is not { } rules)
        {
            return Wrong(problem);
        }

        if (!Words.IsLine(request.Who, 1, 80) || !Words.IsLine(request.Reason, 3, 200))
        {
            return Wrong("Cho biết ai đặt (who, 1–80 ký tự) và lý do (reason, 3–200 ký tự).");
        }

        return store.Alerts.SetRules(request.Based ?? 0, rules.ToJson(), request.Who!.Trim(), request.Reason!.Trim(), time.GetUtcNow()) is { } given
            ? Results.Ok(Describe(given, channels))
            : Results.Problem("Người khác vừa đổi quy tắc; tải lại, sửa lại trên bản mới.", statusCode: StatusCodes.Status409Conflict, title: "Đã có bản mới hơn");
    }

    private static AlertRules? ReadRules(RulesRequest request, out string problem)
    {
        problem = "";
        try
        {
            if (request.Rules is not { ValueKind: JsonValueKind.Object } given || Encoding.UTF8.GetByteCount(given.GetRawText()) > RuleCheck.MostBytes)
            {
                problem = $"rules là một đối tượng JSON, nhiều nhất {RuleCheck.MostBytes} byte.";
                return null;
            }

            var rules = AlertRules.Parse(given.GetRawText());
            problem = string.Join('\n', RuleCheck.Problems(rules));
            return problem.Length == 0 ? rules : null;
        }
        catch (JsonException e)
        {
            problem = $"rules: không đọc được ở {e.Path ?? "đầu"}: {(e.Message.Length <= 200 ? e.Message : e.Message[..200])}";
            return null;
        }
    }

    private static IResult Regions(IBridgeStore store, FleetView fleet)
    {
        var regions = store.Alerts.ReadRegions();
        var known = fleet.SituationsSince(0, out _);
        return Results.Ok(new RegionList(
        [
            .. known.GroupBy(centre => regions.GetValueOrDefault(centre.Id, ""), StringComparer.Ordinal).OrderBy(group => group.Key.Length == 0).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new RegionView(group.Key, [.. group.Select(centre => new AlertCentre(centre.Id.Value, centre.Name)).OrderBy(centre => centre.Name, StringComparer.Ordinal)])),
        ]));
    }

    private static IResult SetRegion(RegionRequest request, IBridgeStore store, FleetView fleet, TimeProvider time)
    {
        if (request.Region is null || (request.Region.Length > 0 && !Words.IsLine(request.Region, 1, 60)))
        {
            return Wrong("region: tên khu vực, 1–60 ký tự trên một dòng; để trống là bỏ khỏi khu vực.");
        }

        if (request.Centres is not { Count: > 0 and <= MostCentres } ids || ids.FirstOrDefault(id => id is null || !CentreId.IsValid(id)) is not null || ids.Contains(null!))
        {
            return Wrong($"centres: 1–{MostCentres} mã trung tâm.");
        }

        if (!Words.IsLine(request.Who, 1, 80) || !Words.IsLine(request.Reason, 3, 200))
        {
            return Wrong("Cho biết ai đặt (who, 1–80 ký tự) và lý do (reason, 3–200 ký tự).");
        }

        store.Alerts.SetRegion([.. ids.Distinct(StringComparer.Ordinal).Select(id => new CentreId(id))], request.Region.Trim(), request.Who!.Trim(), request.Reason!.Trim(), time.GetUtcNow());
        return Regions(store, fleet);
    }

    private static RulesView Describe(RuleVersion? stored, ChannelBook channels)
    {
        var rules = AlertKeeper.RulesOf(stored, out var broken);
        return new RulesView(stored?.Version ?? 0, JsonElement.Parse(rules.ToJson()), stored?.Who, stored?.Reason, stored?.At, channels.Names, broken);
    }

    private static IResult Wrong(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Quy tắc chưa đúng");
}
