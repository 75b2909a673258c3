using System.Globalization;
using MotCua.Edge.Assembly;
using MotCua.Edge.Hosting;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using MotCua.Protocols.Faults;

namespace MotCua.Edge.Pages;

/// <summary>Draws the day for the director. Counting a long day costs, so it is done once in a while however many look on.</summary>
internal sealed class TodayScene(EdgeCentre centre)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly FiguresAnswer None = new(0, 0, 0, 0, 0, 0, 0, null, null, null, null);

    private readonly Lock gate = new();
    private (TodayPicture Picture, long At)? newest;

    public TodayPicture Now()
    {
        lock (gate)
        {
            if (newest is not { } last || centre.Time.GetElapsedTime(last.At) >= Fresh)
            {
                newest = last = (Draw(), centre.Time.GetTimestamp());
            }

            return last.Picture;
        }
    }

    private TodayPicture Draw()
    {
        var now = centre.Time.GetUtcNow();
        var state = centre.Loop.Durable.State;
        var (queue, mono) = (TurnedDay.Of(state.Queue, now, centre.Identity.Clock.Now() != ClockTrust.Unsynced), new EdgeMonotone(centre.Time, state.Clock));
        // Until the first event of the day the figures are still those of the day before.
        var (report, curve, longest) = queue.Date == state.Queue.Date ? centre.Statistics.Day(now) : (new DayLedger().Report(), [], []);
        var earliest = queue.Waiting.Values.Concat(queue.Direct.Values).SelectMany(line => line.InArrival.Take(1)).MinBy(ticket => ticket.Came);
        return new TodayPicture(
            EdgeVersion.Current, centre.Options.Name, queue.Date, queue.Closed, centre.Clerks.IsNeeded, FiguresAnswer.Of(report.Total), queue.WaitingCount,
            earliest is null ? null : mono.Of(queue.Clock.WallOf(earliest.Came)),
            [.. queue.Plan.Services.Values.OrderBy(service => service.Series).Select(service => new TodayService(
                service.Name, service.Series.ToString(), queue.WaitingFor(service.Code), queue.PausedServices.ContainsKey(service.Code),
                report.ByService.TryGetValue(service.Code, out var figures) ? FiguresAnswer.Of(figures) : None))],
            [.. queue.Plan.Counters.Keys.Select(id => new TodayCounter(
                id.Value, queue.AtCounters.TryGetValue(id, out var ticket) ? ticket.Number.ToString() : null, queue.PausedCounters.TryGetValue(id, out var pause) ? pause.Why.Value : null,
                report.ByCounter.TryGetValue(id, out var figures) ? FiguresAnswer.Of(figures) : None))],
            [.. longest.Select(wait => new TodayWait(
                wait.Number.ToString(), queue.Plan.Services.TryGetValue(wait.Service, out var service) ? service.Name : wait.Service.Value, wait.Counter.Value, (int)wait.Waited.TotalMinutes))],
            [.. curve.Select(point => new TodayPoint(point.From.ToString("HH:mm", CultureInfo.InvariantCulture), point.Waiting))],
            report.Ratings.ToDictionary(rating => WireWord.Of(rating.Key), rating => rating.Value),
            [.. centre.Devices.All.Select(Describe)],
            HelpDeskApi.Asks(queue, mono),
            queue.CentrePause is { } all ? $"Trung tâm tạm ngừng phục vụ: {all.Why}." : null);
    }

    private TodayDevice Describe(Health.KnownDevice device)
    {
        var fault = device.Report.Fault is { } code ? FaultCatalogue.Find(code.Value) : null;
        return new TodayDevice(device.Device, device.Kind, HelpDeskApi.NameOf(centre, device.Device), device.StateName, fault?.Title, fault?.WhatToDo);
    }
}
