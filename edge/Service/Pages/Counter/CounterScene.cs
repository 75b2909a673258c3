using MotCua.Edge.Assembly;
using MotCua.Edge.Hosting;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>Draws a counter for its clerk from the durable state. What may be done is asked of the rules themselves, so the page offers nothing that they refuse.</summary>
internal static class CounterScene
{
    private const int NextShown = 5;
    private const int AsideShown = 30;

    /// <param name="id">A counter of the plan.</param>
    public static CounterPicture Of(EdgeCentre centre, CounterId id)
    {
        var state = centre.Loop.Durable.State;
        var (now, trusted, mono) = (centre.Time.GetUtcNow(), centre.Identity.Clock.Now() != ClockTrust.Unsynced, new EdgeMonotone(centre.Time, state.Clock));
        // In the morning a clerk sees what a press would find, and not what yesterday left.
        var queue = TurnedDay.Of(state.Queue, now, trusted);
        var counter = queue.Plan.Counters[id];
        var lines = counter.Services.Where(service => !queue.PausedServices.ContainsKey(service)).Select(service => queue.Waiting.GetValueOrDefault(service))
            .Append(queue.Direct.GetValueOrDefault(id)).OfType<WaitingLine>().ToList();
        var earliest = lines.SelectMany(line => line.InArrival.Take(1)).MinBy(ticket => ticket.Came);
        return new CounterPicture(
            EdgeVersion.Current, centre.Options.Name, id.Value, CounterSight.Of(queue, id).Value, counter.SelfService,
            queue.AtCounters.TryGetValue(id, out var here) ? Here(centre, queue, id, here, mono) : null,
            [.. Upcoming.For(queue, id, now, trusted, NextShown).Select(next => new CounterNext(next.Ticket.Number.ToString(), NameOf(queue, next.Ticket.Service), next.Call.Why, Came(next.Ticket)))],
            lines.Sum(line => line.Count), earliest is null ? null : Came(earliest),
            [.. queue.Aside.Values.Where(ticket => counter.Services.Contains(ticket.Service)).OrderByDescending(ticket => ticket.CalledAt ?? ticket.IssuedAt).Take(AsideShown)
                .Select(ticket => new CounterAside(
                    ticket.Number.ToString(), NameOf(queue, ticket.Service), WireWord.Of(ticket.Stage), ticket.Because?.Value,
                    !trusted || ticket.ReturnUntil is not { } until || now <= until))],
            queue.PausedCounters.TryGetValue(id, out var pause) ? new CounterPause(pause.Why.Value, mono.Of(pause.Since)) : null,
            queue.CentrePause is { } all ? $"Trung tâm tạm ngừng phục vụ: {all.Why}." : null,
            queue.Undo.TryGetValue(id, out var last) && QueueRules.Decide(queue, new UndoLast(id), now, trusted) is Decided
                ? new CounterUndo(WireWord.Of(last.Action), last.Before.Number.ToString(), mono.Of(last.At + queue.Plan.Timing.UndoWindow)) : null,
            queue.Help.TryGetValue(PlaceOf(id), out var asked) ? mono.Of(asked.Since) : null, asked?.Kind == HelpKind.Emergency,
            SnapshotNow.OfEmergency(centre, id.Value, mono),
            centre.Clerks.IsNeeded,
            [.. queue.Plan.Services.Values.OrderBy(service => service.Series).Select(service => new CounterService(
                service.Code.Value, service.Name, service.Series.ToString(), queue.WaitingFor(service.Code),
                !queue.PausedServices.ContainsKey(service.Code) && queue.Plan.Counters.Values.Any(one => one.Services.Contains(service.Code)), counter.Services.Contains(service.Code)))],
            [.. queue.Plan.Counters.Values.Where(one => one.Id != id).Select(one => new CounterOther(
                one.Id.Value, string.Join(", ", one.Services.Select(service => NameOf(queue, service)).Order(StringComparer.Ordinal)), !queue.PausedCounters.ContainsKey(one.Id)))]);

        // The order of tickets has a clock of its own.
        long Came(Ticket ticket) => mono.Of(queue.Clock.WallOf(ticket.Came));
    }

    /// <summary>Where the support team is called to from a counter.</summary>
    public static HelpPlace PlaceOf(CounterId counter) => new($"quay-{counter}");

    private static CounterTicket Here(EdgeCentre centre, QueueState queue, CounterId id, Ticket ticket, EdgeMonotone mono)
    {
        var timing = queue.Plan.Timing;
        var left = Math.Max(0, timing.CallsBeforeMissed - ticket.Calls);
        return new CounterTicket(
            ticket.Number.ToString(), NameOf(queue, ticket.Service), WireWord.Of(ticket.Stage), ticket.Calls, ticket.CalledAt is { } at ? mono.Of(at) : null,
            centre.Reasons.Of(id, ticket.Number), left == 0 && ticket.CalledAt is { } newest ? mono.Of(newest + timing.MissedAfter) : null, left);
    }

    private static string NameOf(QueueState queue, ServiceCode code) => queue.Plan.Services.TryGetValue(code, out var service) ? service.Name : code.Value;
}
