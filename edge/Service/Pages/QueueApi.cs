using MotCua.Edge.Assembly;
using MotCua.Edge.Hosting;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.Pages;

/// <summary>The queue over HTTP, for kiosks, counters and programs in the centre.</summary>
internal static class QueueApi
{
    private const int NextShown = 10;

    public static void Map(IEndpointRouteBuilder routes, EdgeCentre centre)
    {
        var api = routes.MapGroup("/api").WithTags("queue");
        api.MapPost("/tickets", (TicketRequest request, CancellationToken stop) => IssueAsync(centre, request, stop))
            .WithSummary("Issues a ticket").WithDescription("Answers when the ticket is durable.")
            .Produces<TicketAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        MapCounter("next", "Ends the ticket at the counter and calls the next", counter => new CallNext(counter));
        MapCounter("recall", "Calls the ticket at the counter again", counter => new Recall(counter));
        MapCounter("done", "Ends the ticket at the counter", counter => new FinishTicket(counter));
        api.MapGet("/queue", () => Results.Ok(Describe(centre.Loop.Durable))).WithSummary("The queue now").Produces<QueueAnswer>();
        api.MapGet("/health", () => Results.Ok(Health(centre))).WithSummary("The centre's health").Produces<HealthAnswer>();
        api.MapGet("/faults", () => Results.Ok(new FaultsAnswer([.. FaultCatalogue.All.Select(f => new FaultAnswer(f.Code, f.Title, f.WhatToDo))])))
            .WithSummary("Every fault the edge can tell, in words").Produces<FaultsAnswer>();
        // The header by hand: its binding attribute would load the whole of MVC.
        api.MapGet("/stream", (HttpContext context, string? after) => EventStream.RunAsync(centre, context, context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? after))
            .WithSummary("Durable events as they happen (server-sent events)")
            .WithDescription("Each event is a CloudEvent with the id {epoch}.{seq}. Last-Event-ID resumes without a hole, and so does ?after= with such an id, for a page that begins; without them the stream starts with the next event.")
            .Produces(200, contentType: "text/event-stream").ProducesProblem(503);

        void MapCounter(string verb, string summary, Func<CounterId, QueueCommand> command) => api
            .MapPost($"/counters/{{number:int}}/{verb}", (int number, CancellationToken stop) => CounterAsync(centre, number, command, stop))
            .WithSummary(summary).Produces<CounterAnswer>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
    }

    private static async Task<IResult> IssueAsync(EdgeCentre centre, TicketRequest request, CancellationToken stop)
    {
        if (request.Service is null || !ServiceCode.IsValid(request.Service))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-service", "Yêu cầu không hợp lệ", "Thiếu mã lĩnh vực, hoặc mã có ký tự lạ.");
        }

        var outcome = await centre.Loop.SubmitAsync(new IssueTicket(new ServiceCode(request.Service), centre.Identity.NewToken(), "api"), stop);
        if (outcome is not Outcome.Accepted accepted)
        {
            return Refusal(outcome);
        }

        foreach (var happened in accepted.Events)
        {
            if (happened.Data is Protocols.Events.TicketIssued issued)
            {
                return Results.Created((string?)null, new TicketAnswer(issued.Number, issued.Service, issued.Token, issued.Ahead, happened.At, happened.Seq));
            }
        }

        throw new System.Diagnostics.UnreachableException("A ticket was accepted without being issued.");
    }

    private static async Task<IResult> CounterAsync(EdgeCentre centre, int number, Func<CounterId, QueueCommand> command, CancellationToken stop)
    {
        if (number is < 1 or > 99)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-counter", "Không thực hiện được", "Số quầy từ 1 đến 99.");
        }

        var outcome = await centre.Loop.SubmitAsync(command(new CounterId(number)), stop);
        return outcome is Outcome.Accepted accepted ? Results.Ok(Describe(number, accepted)) : Refusal(outcome);
    }

    private static CounterAnswer Describe(int counter, Outcome.Accepted accepted)
    {
        var answer = new CounterAnswer(counter, null, null, 0, null, accepted.Events[^1].Seq);
        foreach (var happened in accepted.Events)
        {
            answer = happened.Data switch
            {
                Protocols.Events.TicketDone done => answer with { Done = done.Number },
                Protocols.Events.TicketCalled called => answer with { Called = called.Number, Calls = 1, Why = called.Why },
                Protocols.Events.TicketRecalled recalled => answer with { Called = recalled.Number, Calls = recalled.Call },
                _ => answer,
            };
        }

        return answer;
    }

    private static IResult Refusal(Outcome outcome) => outcome switch
    {
        Outcome.Refused refused => Problems.Of(refused),
        Outcome.NotDurable failed => Problems.Of(failed),
        _ => throw new System.Diagnostics.UnreachableException(outcome.GetType().Name),
    };

    private static QueueAnswer Describe(Committed now)
    {
        var queue = now.State.Queue;
        return new QueueAnswer(
            queue.Date, queue.WaitingCount,
            [.. queue.Plan.Services.Values.OrderBy(s => s.Series).Select(s => new ServiceWaiting(s.Code.Value, s.Name, s.Series.ToString(), queue.WaitingFor(s.Code), NextOf(queue, s.Code)))],
            [.. queue.Plan.Counters.Values.Select(c => Describe(queue, c))],
            queue.Tally.Issued, queue.Tally.Called, queue.Tally.Done, queue.Tally.Inferred, now.Mark.Seq);
    }

    private static string[] NextOf(QueueState queue, ServiceCode service) =>
        queue.Waiting.TryGetValue(service, out var waiting) ? [.. waiting.InTurn.Take(NextShown).Select(t => t.Number.ToString())] : [];

    private static CounterNow Describe(QueueState queue, Counter counter)
    {
        queue.AtCounters.TryGetValue(counter.Id, out var ticket);
        return new CounterNow(counter.Id.Value, [.. counter.Services.Select(s => s.Value).Order(StringComparer.Ordinal)], ticket?.Number.ToString(), ticket?.Calls ?? 0, ticket?.CalledAt);
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
            device.Device, device.Kind, device.StateName, device.Report.Fault?.Value, fault?.Title, fault?.WhatToDo, device.Report.Detail, Math.Round(time.GetElapsedTime(device.Since).TotalSeconds, 1));
    }
}
