using System.ComponentModel;
using System.Security.Cryptography;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Commands;

namespace MotCua.CloudBridge.Api;

/// <summary>A picture that was asked for, without it.</summary>
/// <param name="Id">Of the command, or of the emergency.</param>
/// <param name="Cause"><c>command</c> or <c>emergency</c>.</param>
/// <param name="Reason"><c>security</c>, <c>incident</c>, <c>device</c>, <c>complaint</c> or <c>emergency</c>.</param>
/// <param name="Role">Of whoever commanded it: <c>operator</c>, <c>supervisor</c> or <c>technician</c>; null of an emergency.</param>
/// <param name="Counter">Where the emergency button was pressed; null of a command.</param>
/// <param name="Blur">Nobody can be known on it.</param>
/// <param name="Who">Who commanded it; null of an emergency.</param>
/// <param name="Why">In his words; null of an emergency.</param>
/// <param name="State"><c>asked</c>, <c>sent</c> and not here yet, <c>stored</c>, <c>failed</c>, <c>lost</c> on its way, or <c>expired</c>.</param>
/// <param name="Note">Of <c>failed</c>: why, Vietnamese.</param>
/// <param name="At">When it was asked for, by the centre's clock.</param>
/// <param name="Expires">Nobody sees it after this.</param>
/// <param name="Views">Who has looked, oldest first.</param>
public sealed record SnapshotRow(
    string Id, string Camera, string Cause, string Reason, string? Role, int? Counter, bool Blur, string? Who, string? Why, string State, string? Note, DateTimeOffset At, DateTimeOffset? TakenAt,
    DateTimeOffset? ReceivedAt, DateTimeOffset Expires, int Bytes, int Width, int Height, IReadOnlyList<SnapshotView> Views);

/// <param name="Snapshots">Newest first.</param>
public sealed record SnapshotList(string Centre, IReadOnlyList<SnapshotRow> Snapshots);

/// <param name="Who">Who wants to look, 1 to 80 characters.</param>
/// <param name="Reason">Why, 3 to 200 characters; it stands in the audit for ever.</param>
public sealed record LookRequest(string? Who, string? Reason);

/// <param name="Picture">Where the picture is given, once and within a minute.</param>
/// <param name="Expires">It is removed then.</param>
public sealed record LookAnswer(string Picture, DateTimeOffset Expires);

/// <summary>Pictures of cameras. Nobody gets one without a line in the audit that says who and why. Errors are problem details (RFC 9457), Vietnamese.</summary>
public static class SnapshotsApi
{
    private const int Most = 100;
    private const int Unless = 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        var snapshots = app.MapGroup("/api/centres/{id}/snapshots").WithTags("Snapshots");
        snapshots.MapGet("/", List)
            .WithName("ListSnapshots").WithSummary("Pictures that were asked for").WithDescription("The newest first, each with why, until when it is kept, and who has looked; not the pictures. A picture is asked for with the command `snapshot`.")
            .Produces<SnapshotList>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        snapshots.MapPost("/{snapshot}/views", Look)
            .WithName("LookAtSnapshot").WithSummary("Writes down that somebody looks, and says where the picture is").WithDescription("The line in the audit is durable before this answers. The address gives the picture once, within a minute.")
            .Produces<LookAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(410).ProducesProblem(503);
        snapshots.MapGet("/{snapshot}/views/{view}", Show)
            .WithName("GetSnapshot").WithSummary("The picture, for a look that was written down").WithDescription("Once, within a minute of the look; never kept by a browser or a proxy.")
            .Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg").ProducesProblem(404).ProducesProblem(410).ProducesProblem(503);
    }

    private static IResult List(
        [Description("Id of the centre, as in its topics.")] string id, [Description("1 to 100 pictures; 20 unless told.")] int? limit, HttpContext context, FleetView fleet, IBridgeStore store, TimeProvider time)
    {
        NeverKept(context);
        return CentreOf(id, fleet) is not { } centre ? UnknownCentre(id)
            : limit is < 1 or > Most ? Problem(StatusCodes.Status400BadRequest, "Yêu cầu chưa đúng", $"limit từ 1 đến {Most}.")
            : Results.Ok(new SnapshotList(id, [.. store.Snapshots.Read(centre, limit ?? Unless).Select(one => Describe(one, store, time.GetUtcNow()))]));
    }

    private static IResult Look(
        [Description("Id of the centre, as in its topics.")] string id, [Description("Id of the picture.")] string snapshot, LookRequest request, HttpContext context, FleetView fleet, IBridgeStore store, TimeProvider time)
    {
        NeverKept(context);
        if (CentreOf(id, fleet) is not { } centre)
        {
            return UnknownCentre(id);
        }

        if (!IsWords(request.Who, 1, 80) || !IsWords(request.Reason, 3, 200))
        {
            return Problem(StatusCodes.Status400BadRequest, "Cần biết ai xem và vì sao", "who: ai xem, 1–80 ký tự trên một dòng; reason: lý do xem, 3–200 ký tự trên một dòng.");
        }

        var key = new SnapshotKey(centre, snapshot);
        if (!CommandId.IsValid(snapshot) || store.Snapshots.Find(key) is not { } found)
        {
            return Problem(StatusCodes.Status404NotFound, "Không tìm thấy", "Không có ảnh này.");
        }

        var view = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return store.Snapshots.Look(key, view, new SnapshotView(time.GetUtcNow(), request.Who!.Trim(), request.Reason!.Trim())) switch
        {
            LookOutcome.Written => Results.Created((string?)null, new LookAnswer($"/api/centres/{id}/snapshots/{snapshot}/views/{view}", found.Announced.Expires)),
            LookOutcome.TooMany => Problem(StatusCodes.Status409Conflict, "Đã xem quá nhiều lần", "Ảnh này đã được xem quá nhiều lần; yêu cầu chụp ảnh mới nếu còn cần."),
            _ => Gone("Ảnh chưa về tới tỉnh, hoặc đã hết thời gian lưu."),
        };
    }

    private static IResult Show(
        [Description("Id of the centre, as in its topics.")] string id, [Description("Id of the picture.")] string snapshot, [Description("Of the look.")] string view, HttpContext context, FleetView fleet,
        IBridgeStore store, TimeProvider time)
    {
        NeverKept(context);
        return CentreOf(id, fleet) is not { } centre ? UnknownCentre(id)
            : CommandId.IsValid(snapshot) && view.Length == 32 && store.Snapshots.Show(new SnapshotKey(centre, snapshot), view, time.GetUtcNow()) is { } jpeg ? Results.Bytes(jpeg, "image/jpeg")
            : Gone("Địa chỉ này chỉ cho xem ảnh một lần, trong một phút. Bấm xem lại và ghi lý do.");
    }

    private static void NeverKept(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    private static SnapshotRow Describe(SnapshotRecord one, IBridgeStore store, DateTimeOffset now)
    {
        var asked = one.Announced;
        var given = asked.Cause == Protocols.Snapshots.SnapshotCause.Command ? store.FindCommand(new CommandKey(asked.Key.Centre, asked.Key.Id))?.Given : null;
        return new SnapshotRow(
            asked.Key.Id, asked.Camera, asked.Cause, asked.Reason, asked.Role, asked.Counter, asked.Blur, given?.Who, given?.Reason, one.StateAt(now), one.Note, asked.At, one.TakenAt, one.ReceivedAt,
            asked.Expires, one.Bytes, one.Width, one.Height, one.Views);
    }

    private static bool IsWords(string? text, int least, int most) => text is not null && text.Trim().Length >= least && text.Length <= most && !text.Any(char.IsControl);

    private static CentreId? CentreOf(string id, FleetView fleet) => CentreId.IsValid(id) && fleet.Knows(new CentreId(id)) ? new CentreId(id) : null;

    private static IResult UnknownCentre(string id) => Problem(StatusCodes.Status404NotFound, "Không tìm thấy", $"Chưa có trung tâm «{(id.Length <= 32 ? id : id[..32])}» nào kết nối về tỉnh.");

    private static IResult Gone(string detail) => Problem(StatusCodes.Status410Gone, "Không còn ảnh", detail);

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);
}
