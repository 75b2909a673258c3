using System.Collections.Concurrent;
using System.Globalization;
using MotCua.Fleet;
using MotCua.Fleet.Days;
using MotCua.Protocols.Events;

namespace MotCua.Bench.Fleet;

/// <summary>From the press at a centre to the page of the province, with a province's centres live.</summary>
internal static class LiveBench
{
    // The virtual centres live thirty days in one, so that there are presses enough to speak of a hundredth of them.
    private const double Speed = 30;

    public static async Task<IEnumerable<Row>> RunAsync(string folder, string edge, string bridge)
    {
        var (centres, lasts, presses) = FleetBench.IsSmall ? (20, TimeSpan.FromSeconds(15), 20) : (148, TimeSpan.FromSeconds(120), 400);
        using var system = new FleetSystem(folder, bridge);
        var now = TimeProvider.System.GetUtcNow();
        using var fleet = new VirtualFleet(new FleetOptions(centres - 1, 148, now) { First = 2, Speed = Speed, Hours = WorkingHours.FromHour(now, 7.75), Troubles = false });
        var waiting = fleet.Centres.ToDictionary(centre => centre.Id.Value, _ => new ConcurrentQueue<(long Seq, long At)>(), StringComparer.Ordinal);
        var measures = false;
        foreach (var centre in fleet.Centres)
        {
            var queue = waiting[centre.Id.Value];
            centre.Watch = happened =>
            {
                if (Volatile.Read(ref measures) && happened.Data is TicketIssued)
                {
                    queue.Enqueue((happened.Seq, TimeProvider.System.GetTimestamp()));
                }
            };
        }

        var delays = new ConcurrentBag<double>();
        using var listener = new DashboardListener(system.Http)
        {
            Shown = (id, held, at) =>
            {
                while (waiting.TryGetValue(id, out var queue) && queue.TryPeek(out var press) && press.Seq <= held && queue.TryDequeue(out press))
                {
                    delays.Add(TimeProvider.System.GetElapsedTime(press.At, at).TotalMilliseconds);
                }
            },
        };
        fleet.Start(system.Line);
        if (!fleet.WaitUntil(() => fleet.Online == centres - 1, TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException($"{fleet.Online} of {centres - 1} centres are online.");
        }

        using var real = new MeasuredEdge(Path.Combine(folder, "edge"), edge, system);
        await real.MustBeOnlineAsync();
        Volatile.Write(ref measures, true);
        var own = await PressAsync(real, listener, presses, fleet);
        fleet.WaitUntil(() => false, lasts);
        Volatile.Write(ref measures, false);
        fleet.WaitUntil(() => waiting.Values.All(queue => queue.IsEmpty), TimeSpan.FromSeconds(5));
        var lost = waiting.Values.Sum(queue => queue.Count);
        if (lost > 0 || delays.IsEmpty)
        {
            throw new InvalidDataException($"{lost} presses never came to the page; {delays.Count} did.");
        }

        var sorted = delays.Order().ToArray();
        var limit = string.Create(CultureInfo.InvariantCulture, $"{sorted.Length:N0} presses, p50 {sorted[sorted.Length / 2]:F0} ms; {centres - 1} virtual centres and a real one, {fleet.Events / (fleet.Centres.Count * 1.0):F0} events each; days {Speed:F0} times as fast as real ones; the page is told ten times a second");
        return
        [
            new Row($"press to dashboard at {centres} live centres, p99", Math.Round(At(sorted, 0.99)), "ms", FleetBench.Budget(250), null, limit),
            new Row($"press at the real edge to dashboard, beside them, p99", Math.Round(At(own, 0.99)), "ms", FleetBench.Budget(250), null, string.Create(CultureInfo.InvariantCulture, $"{own.Length} presses over HTTP, each from its request on; p50 {own[own.Length / 2]:F0} ms")),
        ];
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private static async Task<double[]> PressAsync(MeasuredEdge real, DashboardListener listener, int presses, VirtualFleet fleet)
    {
        var chance = DayChance.Of(148, 1, "presses");
        var delays = new List<double>();
        for (var i = 0; i < presses; i++)
        {
            // At any moment of the page's pace.
            fleet.WaitUntil(() => false, chance.Seconds(0.03, 0.25));
            var begun = TimeProvider.System.GetTimestamp();
            real.Press();
            var seq = await real.SeqAsync();
            var shown = listener.WaitFor(MeasuredEdge.Centre, seq, TimeSpan.FromSeconds(10)) ?? throw new TimeoutException($"Event {seq} of the real edge did not come to the page.");
            delays.Add(TimeProvider.System.GetElapsedTime(begun, shown).TotalMilliseconds);
        }

        return [.. delays.Order()];
    }
}
