using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.CloudBridge.Tests.Store;
using MotCua.CloudBridge.Views;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Replicas;

/// <summary>Several bridges share a broker and a database, and any of them is killed: the province holds every event once, bit for bit, and every page shows it.</summary>
public sealed class ReplicaTests : IDisposable
{
    private const int Centres = 8;
    private const int EventsEach = 3 * TicketsEach;
    private const int TicketsEach = 500;

    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("replicas-");
    private readonly LiveMosquitto broker = new();
    private readonly ProvinceKey province = ProvinceKey.Create();
    private readonly string database;
    private readonly List<BridgeProcess> bridges = [];

    public ReplicaTests(PostgresServer server)
    {
        database = server.NewDatabase();
        File.WriteAllText(KeyFile, province.PrivatePem());
    }

    private string KeyFile => Path.Combine(folder.FullName, "province.key");

    public void Dispose()
    {
        bridges.ForEach(bridge => bridge.Dispose());
        broker.Dispose();
        province.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Killing_any_of_them_loses_nothing_and_stores_nothing_twice(int replicas)
    {
        for (var i = 0; i < replicas; i++)
        {
            bridges.Add(new BridgeProcess(broker, database, KeyFile, folder.FullName));
        }

        bridges.ForEach(bridge => bridge.MustBecomeHealthy());
        var logs = Enumerable.Range(1, Centres).Select(Day).ToList();
        var centres = logs.Select(log => new ShippingCentre(log, broker, province, batch: 10)).ToList();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var shipping = Task.WhenAll(centres.Select(centre => Task.Run(() => centre.ShipAsync(patience.Token))));

        // One after another, each in the middle of the work, and each is back.
        for (var i = 0; i < replicas; i++)
        {
            var share = (long)Centres * EventsEach * (i + 1) / (replicas + 2);
            Assert.True(SpinWait.SpinUntil(() => shipping.IsCompleted || centres.Sum(centre => centre.Acknowledged) >= share, Patience), Outputs());
            Assert.False(shipping.IsCompleted, $"All was shipped before bridge {i + 1} could be killed. {shipping.Exception}");
            bridges[i].Kill();
            bridges[i].Start();
        }

        await shipping;
        using var store = PostgresBridgeStore.Open(database, TimeProvider.System, new QuarantineLimits());
        foreach (var log in logs)
        {
            var stored = store.ReadLog(new LogId(log.Centre, log.Epoch), 1, long.MaxValue).SelectMany(stretch => stretch.Events).Select(bytes => bytes.ToArray());
            Assert.Equal(log.Events, stored);
        }

        Assert.Empty(store.ReadQuarantine(10));
        // Whoever led was killed, and another took the views over: each event is in them once.
        Assert.True(SpinWait.SpinUntil(() => store.Views.ReadGenerations() is [{ Events: Centres * EventsEach, IsWhole: true, Orphaned: 0, Broken: 0 }], Patience), Outputs());
        Assert.Equal(
            logs.Select((log, i) => (log.Centre, (long)TicketsEach, (long)TicketsEach, (long)TicketsEach, Waiting(i + 1), (long)TicketsEach, TimeSpan.FromMinutes(TicketsEach))),
            store.Views.ReadFigures(Monday, Monday, null).GroupBy(row => row.Key.Centre).OrderBy(centre => centre.Key.Value, StringComparer.Ordinal).Select(centre =>
            {
                var all = centre.Aggregate(default(FigureCounts), (sum, row) => sum + row.Counts);
                return (centre.Key, all.Issued, all.Served, all.Waits, all.Waiting, all.Services, all.Serving);
            }));
        foreach (var bridge in bridges)
        {
            bridge.MustBecomeHealthy();
            foreach (var log in logs)
            {
                bridge.Until(() => bridge.EventsOf(log.Centre.Value) == EventsEach, $"does not show all events of {log.Centre}");
            }
        }
    }

    // Tickets that wait for different times and are then served for a minute each.
    private static SourceLog Day(int centre)
    {
        var log = new SourceLog($"trung-tam-{centre}", epoch: (ulong)centre);
        for (var i = 0; i < TicketsEach; i++)
        {
            var (number, called) = ($"A{i:d3}", Morning.AddMinutes(Waits(centre, i)));
            log.Add(Morning, new TicketIssued(Monday, number, "chung-thuc", $"token-{centre}-{i}", "api", 0));
            log.Add(called, new TicketCalled(Monday, number, 3, "Đến lượt")).Add(called.AddMinutes(1), new TicketDone(Monday, number, 3, Inferred: false));
        }

        return log;
    }

    private static int Waits(int centre, int ticket) => (ticket % 11) + centre;

    private static TimeSpan Waiting(int centre) => TimeSpan.FromMinutes(Enumerable.Range(0, TicketsEach).Sum(ticket => Waits(centre, ticket)));

    private string Outputs() => string.Join("\n\n", bridges.Select(bridge => bridge.Output));
}
