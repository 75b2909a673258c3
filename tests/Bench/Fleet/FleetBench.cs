using System.Globalization;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Fleet;
using MotCua.Protocols.Events;

namespace MotCua.Bench.Fleet;

/// <summary>A country's centres that come back after days offline, a province's centres live on the dashboard, and one real edge on its line.</summary>
/// <remarks>MOTCUA_FLEET_SMALL=1 takes a twentieth, to see that it works; such rows say their size and are held to no budget.</remarks>
internal static class FleetBench
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>True where only the working is looked at.</summary>
    public static bool IsSmall { get; } = Environment.GetEnvironmentVariable("MOTCUA_FLEET_SMALL") == "1";

    public static double? Budget(double full) => IsSmall ? null : full;

    public static async Task<IEnumerable<Row>> RunAsync(string folder, string edge, string bridge) =>
    [
        .. Drain(Path.Combine(folder, "drain"), bridge),
        .. await LiveBench.RunAsync(Path.Combine(folder, "live"), edge, bridge),
        .. await EdgeLineBench.RunAsync(Path.Combine(folder, "edge"), edge, bridge),
    ];

    private static IEnumerable<Row> Drain(string folder, string bridge)
    {
        var (centres, each, seed) = (IsSmall ? 166 : 3_321, 2_000, 2026);
        using var fleet = new VirtualFleet(new FleetOptions(centres, seed, Begin) { Speed = 0 });
        var begun = TimeProvider.System.GetTimestamp();
        fleet.Fill(each);
        var made = TimeProvider.System.GetElapsedTime(begun);
        GC.Collect();
        var load = Environment.WorkingSet / 1048576.0;
        using var system = new FleetSystem(folder, bridge);
        begun = TimeProvider.System.GetTimestamp();
        fleet.Start(system.Line);
        if (!fleet.WaitUntil(() => fleet.Pending == 0 && fleet.Online == centres, Patience))
        {
            throw new TimeoutException($"{fleet.Pending} events of {fleet.Events} were not acknowledged within {Patience}; {fleet.Online} centres were online.");
        }

        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        var behind = system.WaitForViews(Patience);
        var (now, peak) = (system.Bridge.Status("VmRSS"), system.Bridge.Status("VmHWM"));
        fleet.Stop();
        system.Bridge.Dispose();
        var events = Recount(fleet, system.Store);
        return
        [
            new Row(
                string.Create(CultureInfo.InvariantCulture, $"{centres:N0} centres reconnect and drain {each:N0} events each, SQLite"), Math.Round(seconds, 1), "s", Budget(120), null,
                $"{events:N0} events, {events / seconds:N0} a second, all recounted and hashed anew: none lost, none twice; days of seed {seed}, made in {made.TotalSeconds:F0} s before; batches of up to 200 events and 64 KB, one in flight a centre; load, broker and bridge on the same cores"),
            new Row("views and ledger have all of it, after the last acknowledgement", Math.Round(behind, 1), "s", null, null, "they give way to ingest"),
            new Row(string.Create(CultureInfo.InvariantCulture, $"bridge memory with {centres:N0} centres connected, RSS"), now, "MB", Budget(400), null, "after that drain, its views and its ledger read"),
            new Row(string.Create(CultureInfo.InvariantCulture, $"bridge memory with {centres:N0} centres, RSS at its highest"), peak, "MB", Budget(400), null, "VmHWM: the reconnect storm, the drain, the views and the ledger behind it"),
            new Row(string.Create(CultureInfo.InvariantCulture, $"{centres:N0} virtual centres with {each:N0} events each in this one process, RSS"), Math.Round(load), "MB", Budget(1_024), null, "before they connect"),
        ];
    }

    /// <summary>Counts and hashes what the store holds, and holds it against each centre's own chain.</summary>
    private static long Recount(VirtualFleet fleet, string folder)
    {
        using var store = SqliteBridgeStore.Open(Path.Combine(folder, "bridge.db"), TimeProvider.System, new QuarantineLimits());
        var all = 0L;
        foreach (var centre in fleet.Centres)
        {
            var (seq, hash) = (0L, ChainHash.Genesis);
            foreach (var stretch in store.ReadLog(new LogId(centre.Id, centre.Journal.Epoch), 1, long.MaxValue))
            {
                if (stretch.From != seq + 1)
                {
                    throw new InvalidDataException($"{centre.Id}: event {seq + 1} is followed by {stretch.From}.");
                }

                foreach (var one in stretch.Events)
                {
                    hash = hash.Next(one.Span);
                    seq++;
                }
            }

            var mark = centre.Journal.Committed;
            if ((seq, hash) != (mark.Seq, mark.Hash))
            {
                throw new InvalidDataException($"{centre.Id}: the store ends at {seq}, the centre at {mark.Seq}, or their hashes differ.");
            }

            all += seq;
        }

        return all;
    }
}
