using MotCua.Edge.Announcing;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Hosting;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>The ticket kiosk: what it offers now, check-in by a code, and its words read aloud.</summary>
internal static class KioskApi
{
    /// <summary>Where help is wanted when a kiosk asks for it and has no place of its own.</summary>
    private const string OwnPlace = "may-lay-so";

    /// <summary>A link of a booking that somebody has on a phone.</summary>
    private const int LongestCode = 200;

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre, TicketOnce once)
    {
        var kiosk = api.MapGroup("/kiosk");
        kiosk.MapGet("", (HttpContext context, string? place) => Look(centre, place, gives: context.Connection.LocalPort != centre.Options.TvPort))
            .WithSummary("What a ticket kiosk offers now, and what it says where it cannot")
            .WithDescription("Whether a service gives tickets is asked of the very rules that would give them. With ?place= it tells of that place's call for help.")
            .Produces<KioskAnswer>().ProducesProblem(400);
        kiosk.MapPost("/check-in", (KioskCheckIn body, CancellationToken stop) => once.RunAsync(
                body.Request, token => new CheckIn(Find(centre.Loop.Durable.State.Queue, body.Code), token, "kiosk"), stop))
            .WithSummary("The citizen of an appointment is here, by a code that was typed or scanned")
            .Produces<TicketAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        kiosk.MapPost("/give-up", (KioskGiveUp body, CancellationToken stop) => QueueRequests.RunAsync(centre, () => GiveUp(centre.Loop.Durable.State.Queue, body), QueueRequests.Done, stop))
            .WithSummary("The citizen gives up a ticket just taken").WithDescription("Whoever has the ticket may; a clerk cancels under /api/tickets.")
            .Produces<DoneAnswer>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
        kiosk.MapGet("/speech/{text}", (string text, string? language, string? ticket, CancellationToken stop) => ReadAsync(centre, text, language, ticket, stop))
            .WithSummary("A text of the kiosk read aloud: one of a closed list, with a ticket's number where it has one")
            .Produces(200, contentType: "audio/wav").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static IResult Look(EdgeCentre centre, string? place, bool gives)
    {
        HelpPlace where;
        try
        {
            where = QueueFields.Place(place ?? OwnPlace);
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }

        var queue = centre.Loop.Durable.State.Queue;
        var (now, trusted) = (centre.Time.GetUtcNow(), centre.Identity.Clock.Now() != ClockTrust.Unsynced);
        List<KioskService> services = [.. centre.Options.Services.Select(service => new KioskService(service.Code.Value, service.Name, queue.WaitingFor(service.Code), Refusal(queue, service.Code, now, trusted)))];
        // What only one service says is its own affair.
        var closed = services.TrueForAll(service => service.Refusal is not null) && services.Select(service => service.Refusal!.Code).Distinct(StringComparer.Ordinal).Count() == 1
            && services[0].Refusal!.Code is not ("service-paused" or "quota-reached") ? services[0].Refusal : null;
        return Results.Ok(new KioskAnswer(EdgeVersion.Current, centre.Options.Name, now.ToUnixTimeMilliseconds(), trusted, services)
        {
            Gives = gives,
            Closed = closed,
            OpensAt = trusted && closed?.Code is "outside-hours" or "after-last-ticket" ? KioskHours.Next(queue.Plan.Hours, now) : null,
            Priorities = [.. QueueNow.InForce(queue).Select(group => new KioskGroup(group.Code.Value, group.Label))],
            Languages = [.. SpokenLanguages.All.Select(language => language.Code).Where(code => code != LanguageCode.Vietnamese && centre.Booth.CanSay(code)).Select(code => code.Value)],
            Printer = centre.Printing is { } printing ? new KioskPrinter(printing.Cannot?.Value) : null,
            Procedures = centre.Procedures.Count,
            HelpSince = queue.Help.TryGetValue(where, out var asked) ? asked.Since : null,
        });
    }

    private static KioskRefusal? Refusal(QueueState queue, ServiceCode service, DateTimeOffset now, bool trusted) =>
        QueueRules.Decide(queue, new IssueTicket(service, new FollowToken(new string('A', 22)), "kiosk"), now, trusted) is Refused refused ? new KioskRefusal(refused.Code, refused.Reason) : null;

    private static CancelTicket GiveUp(QueueState queue, KioskGiveUp body)
    {
        var number = QueueFields.Number(body.Ticket);
        return queue.Living.Any(ticket => ticket.Number == number && ticket.Token.Value == body.Token)
            ? new CancelTicket(number, new Reason("Công dân chọn nhầm lĩnh vực"))
            : throw new BadFieldException("bad-token", "Số này không còn đợi, hoặc không phải số vừa lấy ở đây. Nhờ cán bộ quầy hủy giúp.");
    }

    // What a scanner reads may be the link of a booking; what people type has blanks and dots where the booking has strokes.
    private static AppointmentId Find(QueueState queue, string? code)
    {
        var written = (code ?? "").Trim().TrimEnd('/');
        var bare = Bare(written[(written.LastIndexOfAny(['/', '=']) + 1)..]);
        if (written.Length > LongestCode || bare.Length is < 1 or > 40)
        {
            throw new BadFieldException("bad-appointment", "Mã lịch hẹn hoặc mã hồ sơ gồm 1 đến 40 chữ cái và chữ số.");
        }

        var found = queue.Appointments.Keys.Where(id => Bare(id.Value) == bare).Take(2).ToList();
        return found.Count == 1 ? found[0] : new AppointmentId(bare);
    }

    private static string Bare(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static async Task<IResult> ReadAsync(EdgeCentre centre, string text, string? language, string? ticket, CancellationToken stop)
    {
        try
        {
            var spoken = language == "en" ? English.Language : Vietnamese.Language;
            if (KioskTexts.Find(text, spoken, ticket is null ? null : QueueFields.Number(ticket).ToString(), centre.Options.Speech.Style) is not { } script)
            {
                return Problems.Of(StatusCodes.Status404NotFound, "unknown-text", "Không tìm thấy", "Không có lời đọc này.");
            }

            return await centre.Booth.ReadAsync(script, stop) switch
            {
                BoothOutcome.Done { Sound: { } sound } => Results.Bytes(sound.Bytes, "audio/wav"),
                BoothOutcome.Refused refused => Problems.Of(StatusCodes.Status409Conflict, refused.Code, "Chưa đọc được", refused.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }
    }
}
