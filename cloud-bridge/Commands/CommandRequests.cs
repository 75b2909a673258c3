using System.Text.Json;
using MotCua.Protocols;
using MotCua.Protocols.Commands;

namespace MotCua.CloudBridge.Commands;

/// <summary>What an operator asks for.</summary>
/// <param name="Kind"><c>announce</c>, <c>self-test</c>, <c>appointments</c> or <c>snapshot</c>.</param>
/// <param name="Body">Of <c>announce</c>: <c>text</c>, 1 to 1,000 characters on one line, and perhaps <c>at</c>, when within seven days. Of <c>self-test</c>: nothing. Of <c>appointments</c>:
/// <c>from</c>, <c>to</c> and <c>appointments</c>, at most 80 of <c>id</c>, <c>service</c> and <c>slot</c>: all that the centre shall hold in that stretch of time; perhaps <c>asOf</c>, when the list was made, now unless told.
/// Of <c>snapshot</c>: <c>camera</c>, <c>reason</c> (<c>security</c>, <c>incident</c>, <c>device</c> or <c>complaint</c>), <c>role</c> (<c>operator</c>, <c>supervisor</c> or <c>technician</c>), perhaps
/// <c>ttlMinutes</c>, 1 to 10,080, a day unless told, and <c>blur</c>, true unless told.</param>
/// <param name="ValidMinutes">How long it may wait for the centre, 1 to 1,440 minutes; 60 unless told.</param>
/// <param name="Who">Who gives it, 1 to 80 characters.</param>
/// <param name="Reason">Why, 3 to 200 characters; it stands in the audit.</param>
public sealed record CommandRequest(string? Kind, JsonElement? Body, int? ValidMinutes, string? Who, string? Reason);

/// <summary>Checks a request as the centre will check the command, so that an operator hears at once what cannot be. Pure.</summary>
public static class CommandRequests
{
    private const int DefaultMinutes = 60;

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(7);

    /// <param name="problem">What is wrong, Vietnamese; empty on success.</param>
    /// <returns>Null when it cannot be given.</returns>
    public static CommandWish? TryRead(CentreId centre, CommandRequest request, DateTimeOffset now, out string problem)
    {
        var body = request.Body is { ValueKind: not JsonValueKind.Null } given ? given : JsonElement.Parse("{}");
        var minutes = request.ValidMinutes ?? DefaultMinutes;
        problem = request switch
        {
            { Kind: null } => $"kind là {string.Join(" hoặc ", CommandKinds.All)}.",
            _ when CommandKinds.InfoOf(request.Kind) is null => $"kind là {string.Join(" hoặc ", CommandKinds.All)}.",
            _ when !IsWords(request.Who, 1, 80) => "who: cho biết ai ra lệnh, 1–80 ký tự trên một dòng.",
            _ when !IsWords(request.Reason, 3, 200) => "reason: cho biết lý do, 3–200 ký tự trên một dòng.",
            _ when minutes is < 1 or > 24 * 60 => "validMinutes từ 1 đến 1440 phút.",
            _ when body.ValueKind != JsonValueKind.Object => "body là một đối tượng JSON.",
            { Kind: CommandKinds.Announce } => ProblemOf(body, now),
            { Kind: CommandKinds.Appointments } => CommandKinds.TryRead<AppointmentsBody>(body, out _) is { } list
                ? list.Problem() ?? ""
                : "body của appointments có from, to và appointments: mỗi lịch hẹn có id, service và slot (giờ theo RFC 3339).",
            { Kind: CommandKinds.Snapshot } => CommandKinds.TryRead<SnapshotBody>(body, out _) is { } picture
                ? picture.Problem() ?? ""
                : "body của snapshot có camera, reason và role; nếu cần, ttlMinutes và blur.",
            _ => "",
        };
        return problem.Length > 0 ? null : new CommandWish(centre, request.Kind!, Known(request.Kind!, body, now), TimeSpan.FromMinutes(minutes), request.Who!.Trim(), request.Reason!.Trim());
    }

    // Only what the kind has, so that the signed word always fits a token.
    private static string Known(string kind, JsonElement body, DateTimeOffset now)
    {
        var info = CommandKinds.InfoOf(kind)!;
        var known = body.Deserialize(info);
        return JsonSerializer.Serialize(known is AppointmentsBody { AsOf: null } list ? list with { AsOf = now } : known, info);
    }

    private static string ProblemOf(JsonElement body, DateTimeOffset now) => CommandKinds.TryRead<AnnounceBody>(body, out _) switch
    {
        null => "body của announce có text (lời đọc) và, nếu cần, at (giờ đọc, theo RFC 3339).",
        var announce when !AnnounceBody.CanBeSaid(announce.Text) => $"Lời đọc có 1–{AnnounceBody.MaxText} ký tự trên một dòng, có chữ và không có ký tự điều khiển.",
        { At: { } at } when at < now || at > now + Farthest => "at phải từ bây giờ đến 7 ngày tới.",
        _ => "",
    };

    private static bool IsWords(string? text, int least, int most) => text is not null && text.Trim().Length >= least && text.Length <= most && !text.Any(char.IsControl);
}
