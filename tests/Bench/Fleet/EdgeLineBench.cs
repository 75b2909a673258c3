using System.Globalization;

namespace MotCua.Bench.Fleet;

/// <summary>The real edge on its line: how fast it empties its journal, and how well it keeps to a slow line's share.</summary>
internal static class EdgeLineBench
{
    private const int Kilobits = 512;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<IEnumerable<Row>> RunAsync(string folder, string edge, string bridge) =>
        [await DrainAsync(Path.Combine(folder, "drain"), edge, bridge), await CapAsync(Path.Combine(folder, "cap"), edge, bridge)];

    private static async Task<Row> DrainAsync(string folder, string edge, string bridge)
    {
        var events = FleetBench.IsSmall ? 1_000 : 20_000;
        using var system = new FleetSystem(folder, bridge);
        using var real = new MeasuredEdge(Path.Combine(folder, "edge"), edge, system);
        await real.MustBeOnlineAsync();
        await real.CutAsync(true);
        var held = await system.HeldOfAsync(MeasuredEdge.Centre);
        await real.MakeAsync(held + events);
        // Receipts of the last calls, which rest for two seconds; and the pause before the line is tried again.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        var pending = await real.PendingAsync();
        await real.CutAsync(false);
        var begun = TimeProvider.System.GetTimestamp();
        await DrainedAsync(real, begun);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var (seq, after) = (await real.SeqAsync(), await system.HeldOfAsync(MeasuredEdge.Centre));
        return after < held + events ? throw new InvalidDataException($"The bridge holds {after} of {seq} events.") : new Row(
            string.Create(CultureInfo.InvariantCulture, $"edge drains {events:N0} own events over loopback"), Math.Round(seconds, 2), "s", FleetBench.Budget(5), null,
            string.Create(CultureInfo.InvariantCulture, $"{pending:N0} events, {pending / seconds:N0} a second, with connecting; batches of up to 200 events and 64 KB, one in flight"));
    }

    private static async Task<Row> CapAsync(string folder, string edge, string bridge)
    {
        var events = FleetBench.IsSmall ? 1_000 : 6_000;
        using var system = new FleetSystem(folder, bridge);
        using var proxy = new CountingProxy(system.BrokerPort);
        using var real = new MeasuredEdge(Path.Combine(folder, "edge"), edge, system, proxy.Port, Kilobits);
        await real.MustBeOnlineAsync();
        await real.CutAsync(true);
        await real.MakeAsync(events);
        await real.CutAsync(false);
        var begun = TimeProvider.System.GetTimestamp();
        await DrainedAsync(real, begun);
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        return new Row(
            string.Create(CultureInfo.InvariantCulture, $"uplink held to {Kilobits} kbit/s: most in any {Window.TotalSeconds:F0} s"), Math.Round(proxy.MostKbit(Window)), "kbit/s", Kilobits, null,
            string.Create(CultureInfo.InvariantCulture, $"{proxy.Sent / 1e6:F1} MB counted at the socket in {seconds:F0} s, {proxy.Sent * 8 / 1000.0 / seconds:F0} kbit/s; batches of a quarter of a second"));
    }

    private static async Task DrainedAsync(MeasuredEdge real, long begun)
    {
        while (await real.PendingAsync() > 0)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException($"{await real.PendingAsync()} events of the edge were not acknowledged.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}
