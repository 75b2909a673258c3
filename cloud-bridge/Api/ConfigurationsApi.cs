using System.ComponentModel;
using Microsoft.AspNetCore.Http.Metadata;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Api;

/// <summary>A configuration and what became of it.</summary>
/// <param name="Revision">A newer one is higher.</param>
/// <param name="Hash">SHA-256 of its text, 64 hexadecimal digits.</param>
/// <param name="Wanted">It is what the province wants of the centre now.</param>
/// <param name="State"><c>waiting</c> (not at the broker yet), <c>sent</c>, <c>superseded</c>, <c>withdrawn</c>, or what the centre says: <c>tried</c>, <c>kept</c>, <c>refused</c>, <c>rolled-back</c>, <c>set-aside</c>.</param>
/// <param name="Note">What the centre says to it, Vietnamese, a line each; null when nothing.</param>
/// <param name="At">When the bridge learned of that state.</param>
/// <param name="History">The states it had, oldest first.</param>
/// <param name="Text">All of it; null on lists.</param>
public sealed record ConfigurationView(
    long Revision, string Hash, bool Wanted, string Who, string Reason, string State, string? Note, DateTimeOffset Given, DateTimeOffset At, IReadOnlyList<ConfigurationMoment> History, string? Text);

/// <summary>What a centre runs by, and what it was given.</summary>
/// <param name="Running">SHA-256 of what it runs by, as it said at its last birth; null before one.</param>
/// <param name="RunningRevision">The one of the province with these bytes; null: a file of its own, or nobody knows.</param>
/// <param name="EditedHere">True when the centre runs by a file of its own though it had kept one of the province.</param>
/// <param name="Configurations">Newest first.</param>
public sealed record ConfigurationList(string Centre, string? Running, long? RunningRevision, bool EditedHere, IReadOnlyList<ConfigurationView> Configurations);

/// <summary>What giving a text does.</summary>
/// <param name="Configuration">Null when it was only asked.</param>
/// <param name="Changes">Lines that go (<c>- </c>) and come (<c>+ </c>) against what runs there; null when the province does not know that text.</param>
public sealed record ConfigurationGiven(ConfigurationView? Configuration, IReadOnlyList<string>? Changes);

/// <summary>Configurations of a centre: given, taken back, listed, compared. Errors are problem details (RFC 9457), Vietnamese.</summary>
public static class ConfigurationsApi
{
    private const int Most = 20;
    private const int Unless = 10;

    // A text of 64 KB with all of it escaped.
    private const long MaxRequestBytes = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder app)
    {
        var configurations = app.MapGroup("/api/centres/{id}/configurations").WithTags("Configurations");
        configurations.MapPost("/", GiveAsync).WithMetadata(new RequestLimit())
            .WithName("GiveConfiguration").WithSummary("Has a centre run by another file")
            .WithDescription("Stored, then signed and kept at the broker. The centre checks it, tries it and keeps it when it reaches the province under it; else it goes back and says why. With `onlyCompare` nothing is given.")
            .Produces<ConfigurationGiven>(StatusCodes.Status201Created).Produces<ConfigurationGiven>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);
        configurations.MapGet("/", List)
            .WithName("ListConfigurations").WithSummary("Configurations of a centre").WithDescription("What it runs by, and what it was given, the newest first, without texts.")
            .Produces<ConfigurationList>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        configurations.MapGet("/{revision:long}", Find)
            .WithName("GetConfiguration").WithSummary("One configuration with its text").WithDescription("Its state, what the centre said to it, the states before it, and the whole file.")
            .Produces<ConfigurationView>().ProducesProblem(404).ProducesProblem(503);
        configurations.MapPost("/withdraw", WithdrawAsync)
            .WithName("WithdrawConfiguration").WithSummary("Takes back what was given")
            .WithDescription("The broker forgets it, so a centre that has not seen it never will. What a centre runs by already, it runs by.")
            .Produces<ConfigurationView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
    }

    private static async Task<IResult> GiveAsync(
        [Description("Id of the centre, as in its topics.")] string id, ConfigurationRequest request, [Description("Only says what would change.")] bool? onlyCompare,
        FleetView fleet, ConfigurationDoor door, IBridgeStore store, TimeProvider time, CancellationToken stop)
    {
        if (CentreOf(id, fleet) is not { } centre)
        {
            return UnknownCentre(id);
        }

        if (ConfigurationRequests.TryRead(centre, request, out var problem) is not { } wish)
        {
            return Problem(StatusCodes.Status400BadRequest, "Cấu hình chưa gửi được", problem);
        }

        var running = fleet.ConfigurationOf(centre) is { } said ? store.Configurations.FindText(centre, said.Hash) : null;
        var changes = running is null ? null : LineDiff.Between(running.Given.Text, wish.Text!);
        if (onlyCompare == true)
        {
            return Results.Ok(new ConfigurationGiven(null, changes));
        }

        return await HandInAsync(wish, door, time, stop) switch
        {
            ConfigurationWishOutcome.Stored(var revision) when store.Configurations.Find(centre, revision) is { } stored =>
                Results.Created($"/api/centres/{id}/configurations/{revision}", new ConfigurationGiven(Describe(stored, withText: false), changes)),
            var other => NotDone(other),
        };
    }

    private static async Task<IResult> WithdrawAsync(
        [Description("Id of the centre, as in its topics.")] string id, WithdrawRequest request, FleetView fleet, ConfigurationDoor door, IBridgeStore store, TimeProvider time, CancellationToken stop)
    {
        if (CentreOf(id, fleet) is not { } centre)
        {
            return UnknownCentre(id);
        }

        if (ConfigurationRequests.TryRead(centre, request, out var problem) is not { } wish)
        {
            return Problem(StatusCodes.Status400BadRequest, "Chưa thu hồi được", problem);
        }

        return await HandInAsync(wish, door, time, stop) switch
        {
            ConfigurationWishOutcome.Stored(var revision) when store.Configurations.Find(centre, revision) is { } stored => Results.Ok(Describe(stored, withText: false)),
            ConfigurationWishOutcome.Nothing => Problem(StatusCodes.Status409Conflict, "Không có gì để thu hồi", "Tỉnh không gửi cấu hình nào cho trung tâm này, hoặc đã thu hồi."),
            var other => NotDone(other),
        };
    }

    private static async Task<ConfigurationWishOutcome> HandInAsync(ConfigurationWish wish, ConfigurationDoor door, TimeProvider time, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            return await door.GiveAsync(wish, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ConfigurationWishOutcome.InDoubt();
        }
    }

    private static IResult NotDone(ConfigurationWishOutcome outcome) => outcome is ConfigurationWishOutcome.NotStored
        ? Problem(StatusCodes.Status503ServiceUnavailable, "Chưa lưu được cấu hình", "Kho dữ liệu của tỉnh đang gặp sự cố; chưa gửi gì. Thử lại sau ít phút.")
        : Problem(StatusCodes.Status503ServiceUnavailable, "Chưa rõ đã lưu cấu hình chưa", "Máy chủ trả lời chậm hoặc kho đứt kết nối đúng lúc lưu. Xem danh sách cấu hình trước khi gửi lại.");

    private static IResult List(
        [Description("Id of the centre, as in its topics.")] string id, [Description("1 to 20 configurations; 10 unless told.")] int? limit, FleetView fleet, IBridgeStore store)
    {
        if (CentreOf(id, fleet) is not { } centre)
        {
            return UnknownCentre(id);
        }

        if (limit is < 1 or > Most)
        {
            return Problem(StatusCodes.Status400BadRequest, "Yêu cầu chưa đúng", $"limit từ 1 đến {Most}.");
        }

        var running = fleet.ConfigurationOf(centre)?.Hash is { Length: 64 } hash ? hash : null;
        var all = store.Configurations.Read(centre, Most);
        var revision = running is null ? null : all.FirstOrDefault(one => one.Given.Hash == running)?.Given.Revision;
        var kept = all.Any(one => one.State is Protocols.Configuration.ConfigurationOutcome.Kept or Protocols.Configuration.ConfigurationOutcome.SetAside);
        return Results.Ok(new ConfigurationList(id, running, revision, running is not null && revision is null && kept, [.. all.Take(limit ?? Unless).Select(one => Describe(one, withText: false))]));
    }

    private static IResult Find([Description("Id of the centre, as in its topics.")] string id, [Description("Revision of the configuration.")] long revision, FleetView fleet, IBridgeStore store) =>
        CentreOf(id, fleet) is not { } centre ? UnknownCentre(id)
            : store.Configurations.Find(centre, revision) is { } found ? Results.Ok(Describe(found, withText: true))
            : Problem(StatusCodes.Status404NotFound, "Không tìm thấy", "Không có cấu hình này, hoặc đã quá cũ.");

    private static CentreId? CentreOf(string id, FleetView fleet) => CentreId.IsValid(id) && fleet.Knows(new CentreId(id)) ? new CentreId(id) : null;

    private static IResult UnknownCentre(string id) => Problem(StatusCodes.Status404NotFound, "Không tìm thấy", $"Chưa có trung tâm «{(id.Length <= 32 ? id : id[..32])}» nào kết nối về tỉnh.");

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);

    private static ConfigurationView Describe(ConfigurationRecord one, bool withText) => new(
        one.Given.Revision, one.Given.Hash, one.IsWanted, one.Given.Who, one.Given.Reason, one.State, one.Note, one.Given.Given, one.At, one.History, withText ? one.Given.Text : null);

    private sealed class RequestLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxRequestBytes;
    }
}
