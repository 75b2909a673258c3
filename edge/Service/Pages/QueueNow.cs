using MotCua.Edge.Assembly;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>The durable state as pages see it.</summary>
internal static class QueueNow
{
    private const int NextShown = 10;
    private const int AsideShown = 50;

    public static QueueAnswer Describe(Committed now)
    {
        var queue = now.State.Queue;
        return new QueueAnswer(
            queue.Date, queue.WaitingCount,
            [.. queue.Plan.Services.Values.OrderBy(s => s.Series).Select(s => Describe(queue, s))],
            [.. queue.Plan.Counters.Values.Select(c => Describe(queue, c))],
            queue.Tally.Issued, queue.Tally.Called, queue.Tally.Done, queue.Tally.Inferred, now.Mark.Seq)
        {
            Closed = queue.Closed,
            Missed = queue.Tally.Missed,
            Cancelled = queue.Tally.Cancelled,
            Expired = queue.Tally.Expired,
            Pause = PauseNow.Of(queue.CentrePause),
            Aside = [.. queue.Aside.Values.OrderByDescending(t => t.Arrival).Take(AsideShown).Select(t => new AsideNow(t.Number.ToString(), WireWord.Of(t.Stage), t.ReturnUntil, t.Because?.Value))],
            Help = [.. queue.Help.Where(h => h.Value.Kind != HelpKind.Home).OrderBy(h => h.Value.Since).Select(h => new HelpNow(h.Key.Value, h.Value.Since))],
            Priorities = [.. InForce(queue).Select(p => new PriorityNow(p.Code.Value, p.Label, (int)p.Credit.TotalMinutes, p.LegalBasis))],
        };
    }

    public static IResult Find(EdgeCentre centre, string number)
    {
        var queue = centre.Loop.Durable.State.Queue;
        TicketNumber parsed;
        try
        {
            parsed = QueueFields.Number(number);
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }

        return queue.Living.FirstOrDefault(t => t.Number == parsed) is { } ticket
            ? Results.Ok(new TicketNow(
                number, ticket.Service.Value, WireWord.Of(ticket.Stage), AheadOf(queue, ticket), CounterOf(queue, parsed), ticket.Calls, ticket.Overtaken, ticket.IssuedAt, ticket.ReturnUntil,
                WaitNow.Of(centre.Outlook.Of(parsed))) { Doubtful = ticket.Doubtful })
            : Problems.Of(StatusCodes.Status404NotFound, "unknown-ticket", "Không tìm thấy", $"Số {number} không còn trong hàng chờ.");
    }

    internal static int? AheadOf(QueueState queue, Ticket ticket) =>
        ticket.Stage == TicketStage.Waiting && queue.Waiting.TryGetValue(ticket.Service, out var line) && line.Contains(ticket) ? line.InTurn.TakeWhile(t => t.Number != ticket.Number).Count() : null;

    private static int? CounterOf(QueueState queue, TicketNumber number) =>
        queue.AtCounters.Where(c => c.Value.Number == number).Select(c => (int?)c.Key.Value).FirstOrDefault();

    internal static IEnumerable<PriorityGroup> InForce(QueueState queue) => queue.Plan.Priorities
        .Where(p => queue.Date is not { } today || p.InForceFrom <= today).GroupBy(p => p.Code).Select(rows => rows.MaxBy(p => p.InForceFrom)!);

    private static ServiceWaiting Describe(QueueState queue, Service service) => new(
        service.Code.Value, service.Name, service.Series.ToString(), queue.WaitingFor(service.Code),
        queue.Waiting.TryGetValue(service.Code, out var waiting) ? [.. waiting.InTurn.Take(NextShown).Select(t => t.Number.ToString())] : [])
    {
        Pause = PauseNow.Of(queue.PausedServices.GetValueOrDefault(service.Code)),
        Left = service.Quota is { } quota ? Math.Max(0, quota - queue.Issued.GetValueOrDefault(service.Code)) : null,
    };

    private static CounterNow Describe(QueueState queue, Counter counter)
    {
        queue.AtCounters.TryGetValue(counter.Id, out var ticket);
        return new CounterNow(counter.Id.Value, [.. counter.Services.Select(s => s.Value).Order(StringComparer.Ordinal)], ticket?.Number.ToString(), ticket?.Calls ?? 0, ticket?.CalledAt)
        {
            Stage = ticket is null ? null : WireWord.Of(ticket.Stage),
            Pause = PauseNow.Of(queue.PausedCounters.GetValueOrDefault(counter.Id)),
            CanUndo = queue.Undo.TryGetValue(counter.Id, out var last) ? WireWord.Of(last.Action) : null,
        };
    }
}
