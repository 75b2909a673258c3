using MotCua.Edge.Assembly;
using MotCua.Edge.Hosting;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.Pages;

/// <summary>The queue over HTTP, for kiosks, counters and programs in the centre.</summary>
internal static class QueueApi
{
    public static void Map(IEndpointRouteBuilder routes, EdgeCentre centre)
    {
        var api = routes.MapGroup("/api").WithTags("queue");
        var once = new TicketOnce(centre);
        TicketApi.Map(api, centre, once);
        KioskApi.Map(api, centre, once);
        ProcedureApi.Map(api, centre);
        RatingApi.Map(api, centre);
        PrintApi.Map(api, centre);
        CounterApi.Map(api, centre);
        EmergencyApi.Map(api, centre);
        CentreApi.Map(api, centre);
        SelfTestApi.Map(api, centre);
        ButtonApi.Map(api, centre);
        CameraApi.Map(api, centre);
        AnnouncementApi.Map(api, centre);
        TvApi.Map(api, centre);
        VoiceApi.Map(api, centre);
        var pictures = new PictureStream(centre);
        SessionApi.Map(api, centre);
        CounterPageApi.Map(api, centre, pictures);
        HelpDeskApi.Map(api, centre, pictures);
        TodayApi.Map(api, centre, pictures);
        api.MapGet("/queue", () => Results.Ok(QueueNow.Describe(centre.Loop.Durable))).WithSummary("The queue now").Produces<QueueAnswer>();
        api.MapGet("/tickets/{number}", (string number) => QueueNow.Find(centre, number))
            .WithSummary("Where a living ticket is, and who is called before it").Produces<TicketNow>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/statistics", () => Results.Ok(StatisticsAnswer.Of(centre.Statistics.Report()))).WithSummary("The figures of the day, computed from its events").Produces<StatisticsAnswer>();
        api.MapGet("/health", () => Results.Ok(Health(centre))).WithSummary("The centre's health").Produces<HealthAnswer>();
        api.MapGet("/faults", () => Results.Ok(new FaultsAnswer([.. FaultCatalogue.All.Select(f => new FaultAnswer(f.Code, f.Title, f.WhatToDo))])))
            .WithSummary("Every fault the edge can tell, in words").Produces<FaultsAnswer>();
        // The header by hand: its binding attribute would load the whole of MVC.
        api.MapGet("/stream", (HttpContext context, string? after) => EventStream.RunAsync(centre, context, context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? after))
            .WithSummary("Durable events as they happen (server-sent events)")
            .WithDescription("Each event is a CloudEvent with the id {epoch}.{seq}; of tickets and appointments it holds only what a board could show, neither the ticket's secret nor why it was called. Last-Event-ID resumes without a hole, and so does ?after= with such an id, for a page that begins; without them the stream starts with the next event.")
            .Produces(200, contentType: "text/event-stream").ProducesProblem(503);
    }

    private static HealthAnswer Health(EdgeCentre centre)
    {
        var devices = centre.Devices.All;
        var mark = centre.Journal.Committed;
        return new HealthAnswer(
            !devices.Any(d => d.Device == "journal" && d.Report.Fault?.Value == "journal.write-failed"),
            centre.Options.Centre.Value, centre.Options.Name, EdgeVersion.Current, mark.Epoch.ToString(), mark.Seq,
            new UplinkHealth(centre.Uplink is not null, centre.Uplink?.Online ?? false, centre.Uplink?.Pending ?? 0),
            [.. devices.Select(d => Describe(d, centre.Time))],
            centre.HostHealth());
    }

    private static DeviceHealthAnswer Describe(Health.KnownDevice device, TimeProvider time)
    {
        var fault = device.Report.Fault is { } code ? FaultCatalogue.Find(code.Value) : null;
        return new DeviceHealthAnswer(
            device.Device, device.Kind, device.StateName, device.Report.Fault?.Value, fault?.Title, fault?.WhatToDo, device.Report.Heard is { } heard ? $"{device.Report.Detail} «{heard}»" : device.Report.Detail, Math.Round(time.GetElapsedTime(device.Since).TotalSeconds, 1),
            device.Failures, device.Recoveries);
    }
}
