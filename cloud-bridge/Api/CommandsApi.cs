using System.ComponentModel;
using System.Text.Json;
using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Api;

/// <summary>A command and what became of it.</summary>
/// <param name="State"><c>waiting</c> (the centre is not there), <c>sent</c>, <c>expired</c> (nobody answered), or what the centre says: <c>accepted</c>, <c>running</c>, <c>done</c>, <c>failed</c>, <c>refused</c>.</param>
/// <param name="Note">What the centre says to it, Vietnamese; null when nothing.</param>
/// <param name="Step">Of a running command: how many of its steps are done.</param>
/// <param name="Given">When the bridge stored it.</param>
/// <param name="Expires">Not begun after this.</param>
/// <param name="History">The states it had, oldest first.</param>
public sealed record CommandView(
    string Id, string Kind, JsonElement Body, string Who, string Reason, string State, string? Note, int? Step, int? Steps, DateTimeOffset Given, DateTimeOffset Expires,
    IReadOnlyList<CommandMoment> History);

/// <param name="Commands">Newest first.</param>
public sealed record CommandList(string Centre, IReadOnlyList<CommandView> Commands);

/// <summary>Commands to a centre: given, listed, followed. Errors are problem details (RFC 9457), Vietnamese.</summary>
public static class CommandsApi
{
    private const int Most = 100;
    private const int Unless = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder app)
    {
        var commands = app.MapGroup("/api/centres/{id}/commands").WithTags("Commands");
        commands.MapPost("/", GiveAsync)
            .WithName("GiveCommand").WithSummary("Has a centre do something")
            .WithDescription("Stored, then signed and sent; sent again whenever the centre connects, and each minute, until it answers or the command expires. The centre obeys it once. Who gave it and why stays in the audit.")
            .Produces<CommandView>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        commands.MapGet("/", List)
            .WithName("ListCommands").WithSummary("Commands to a centre").WithDescription("The newest first, each with its state and the states before it.")
            .Produces<CommandList>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        commands.MapGet("/{command}", Find)
            .WithName("GetCommand").WithSummary("One command").WithDescription("Its state, what the centre said to it, and the states before it.")
            .Produces<CommandView>().ProducesProblem(404).ProducesProblem(503);
    }

    private static async Task<IResult> GiveAsync(
        [Description("Id of the centre, as in its topics.")] string id, CommandRequest request, FleetView fleet, CommandDoor door, IBridgeStore store, TimeProvider time, CancellationToken stop)
    {
        if (CentreOf(id, fleet) is not { } centre)
        {
            return UnknownCentre(id);
        }

        if (CommandRequests.TryRead(centre, request, time.GetUtcNow(), out var problem) is not { } wish)
        {
            return Problem(StatusCodes.Status400BadRequest, "Lệnh chưa đúng", problem);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        WishOutcome outcome;
        try
        {
            outcome = await door.GiveAsync(wish, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, "Chưa rõ đã lưu lệnh chưa", "Máy chủ trả lời chậm. Xem danh sách lệnh trước khi gửi lại.");
        }

        return outcome switch
        {
            WishOutcome.Stored(var key) when store.FindCommand(key) is { } stored => Results.Created($"/api/centres/{id}/commands/{key.Id}", Describe(stored)),
            WishOutcome.Stored => Problem(
                StatusCodes.Status503ServiceUnavailable, "Chưa rõ đã lưu lệnh chưa", "Kho dữ liệu của tỉnh đứt kết nối đúng lúc lưu. Xem danh sách lệnh trước khi gửi lại."),
            WishOutcome.TooMany => Problem(
                StatusCodes.Status409Conflict, "Quá nhiều lệnh đang chờ", $"Trung tâm đã có {CommandTraffic.MostOfACentre} lệnh chưa trả lời, hoặc cả tỉnh có quá nhiều. Chờ trả lời hoặc hết hạn rồi gửi lại."),
            _ => Problem(StatusCodes.Status503ServiceUnavailable, "Chưa lưu được lệnh", "Kho dữ liệu của tỉnh đang gặp sự cố; lệnh chưa được gửi. Thử lại sau ít phút."),
        };
    }

    private static IResult List(
        [Description("Id of the centre, as in its topics.")] string id, [Description("1 to 100 commands; 20 unless told.")] int? limit, FleetView fleet, IBridgeStore store) =>
        CentreOf(id, fleet) is not { } centre ? UnknownCentre(id)
            : limit is < 1 or > Most ? Problem(StatusCodes.Status400BadRequest, "Yêu cầu chưa đúng", $"limit từ 1 đến {Most}.")
            : Results.Ok(new CommandList(id, [.. store.ReadCommands(centre, limit ?? Unless).Select(Describe)]));

    private static IResult Find(
        [Description("Id of the centre, as in its topics.")] string id, [Description("Id of the command.")] string command, FleetView fleet, IBridgeStore store) =>
        CentreOf(id, fleet) is not { } centre ? UnknownCentre(id)
            : Protocols.Commands.CommandId.IsValid(command) && store.FindCommand(new CommandKey(centre, command)) is { } found ? Results.Ok(Describe(found))
            : Problem(StatusCodes.Status404NotFound, "Không tìm thấy", "Không có lệnh này, hoặc đã quá cũ.");

    private static CentreId? CentreOf(string id, FleetView fleet) => CentreId.IsValid(id) && fleet.Knows(new CentreId(id)) ? new CentreId(id) : null;

    private static IResult UnknownCentre(string id) => Problem(StatusCodes.Status404NotFound, "Không tìm thấy", $"Chưa có trung tâm «{(id.Length <= 32 ? id : id[..32])}» nào kết nối về tỉnh.");

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);

    private static CommandView Describe(CommandRecord record) => new(
        record.Given.Key.Id, record.Given.Kind, JsonElement.Parse(record.Given.Body), record.Given.Who, record.Given.Reason, record.State, record.Note, record.Done, record.Of,
        record.Given.Given, record.Given.Expires, record.History);
}
