using System.Globalization;
using System.Security.Cryptography;
using MotCua.Edge.Assembly;
using MotCua.Edge.Hosting;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.Pages;

/// <summary>The support team's page: who asked, where, since when, and who is on the way.</summary>
internal static class HelpDeskApi
{
    private const int FaultsShown = 50;

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre, PictureStream stream)
    {
        var door = new ClerkDoor(centre.Clerks);
        var desk = api.MapGroup("/help-desk");
        desk.MapGet("", () => Results.Ok(Of(centre))).WithSummary("Who waits for the support team, and what does not work").Produces<HelpPicture>().ProducesProblem(401);
        desk.MapGet("/stream", (HttpContext context, CancellationToken stop) => stream.RunAsync(context, () => Of(centre), ApiJson.Default.HelpPicture, door.StillMay(context)))
            .WithSummary("The same, whenever it changes (server-sent events)").Produces(200, contentType: "text/event-stream").ProducesProblem(401).ProducesProblem(503);
        desk.MapPost("/home", (HomeRequest body, CancellationToken stop) => AtHomeAsync(centre, body, stop))
            .WithSummary("Notes that a citizen is to be served at home").WithDescription("Only the hamlet or quarter is kept. Who it is stands on the clerk's paper, beside the code of the answer.")
            .Produces<HomeAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(409).ProducesProblem(503);
        desk.MapPost("/{place}/take", (string place, TakeRequest body, CancellationToken stop) => QueueRequests.RunAsync(
                centre, () => new TakeHelp(QueueFields.Place(place), body.Member, body.Over), QueueRequests.Done, stop))
            .WithSummary("A member of the team is on the way").Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
    }

    private static Task<IResult> AtHomeAsync(EdgeCentre centre, HomeRequest body, CancellationToken stop)
    {
        // Four figures are read over a phone; among sixty-four requests two are hardly ever the same, and then it is refused and asked again.
        var code = string.Create(CultureInfo.InvariantCulture, $"nha-{RandomNumberGenerator.GetInt32(1_000, 10_000)}");
        return QueueRequests.RunAsync(
            centre, () => new RequestHelp(new HelpPlace(code), HelpKind.Home, QueueFields.Area(body.Area)), accepted => Results.Ok(new HomeAnswer(code, accepted.Events[^1].Seq)), stop);
    }

    private static HelpPicture Of(EdgeCentre centre)
    {
        var state = centre.Loop.Durable.State;
        var (help, mono) = (state.Queue.Help, new EdgeMonotone(centre.Time, state.Clock));
        return new HelpPicture(
            EdgeVersion.Current, centre.Options.Name, centre.Clerks.IsNeeded,
            Asks(state.Queue, mono),
            [.. centre.Devices.All.Where(device => device.Report.Fault is not null).OrderBy(device => device.Since).Take(FaultsShown).Select(device => FaultOf(centre, device, help.ContainsKey))],
            SnapshotNow.Newest(centre, mono));
    }

    public static IReadOnlyList<HelpAskNow> Asks(QueueState queue, EdgeMonotone mono) =>
    [
        .. queue.Help.OrderBy(one => one.Value.Kind != HelpKind.Emergency).ThenBy(one => one.Value.TakenBy is not null).ThenBy(one => one.Value.Since).ThenBy(one => one.Key.Value, StringComparer.Ordinal).Select(one => new HelpAskNow(
            one.Key.Value, WireWord.Of(one.Value.Kind), one.Value.Area?.Value, mono.Of(one.Value.Since), one.Value.TakenBy, one.Value.TakenAt is { } taken ? mono.Of(taken) : null)),
    ];

    /// <summary>Of a neighbour, as the configuration calls it; otherwise null.</summary>
    public static string? NameOf(EdgeCentre centre, string device) => centre.Options.Neighbours.FirstOrDefault(one => one.Neighbour.Id.Value == device)?.Neighbour.Name;

    private static HelpFaultNow FaultOf(EdgeCentre centre, Health.KnownDevice device, Func<HelpPlace, bool> asked)
    {
        var fault = FaultCatalogue.Find(device.Report.Fault!.Value.Value);
        return new HelpFaultNow(
            device.Device, device.Kind, NameOf(centre, device.Device), device.StateName, fault?.Title, fault?.WhatToDo,
            (long)(device.Since / (double)centre.Time.TimestampFrequency * 1000), ServiceCode.IsValid(device.Device) && asked(new HelpPlace(device.Device)));
    }
}
