using System.Globalization;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Fleet;
using MotCua.Fleet.Centres;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.Storm;

/// <summary>A province of its own: Mosquitto, bridges in processes, and a fleet of virtual centres with events that wait.</summary>
internal sealed class StormProvince : IDisposable
{
    // A stalled subscriber would lose what is over this, and the centres would send it again after a deadline.
    private const string BrokerQueues = "max_queued_messages 0\nmax_queued_bytes 134217728\n";

    /// <summary>Name of the store's file in its folder.</summary>
    public const string SqliteFile = "bridge.db";

    // A Monday; the days are the same whenever the test runs.
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("storm-");
    private readonly ITestOutputHelper? said = TestContext.Current.TestOutputHelper;
    private readonly List<BridgeProgram> bridges = [];

    /// <param name="seed">Printed; another one makes other days.</param>
    /// <param name="brokerConfiguration">Lines beside those of a province.</param>
    /// <param name="speed">Of the days while the fleet runs; 0: they stand still.</param>
    public StormProvince(int centres, long eventsEach, int seed, string brokerConfiguration = "", double speed = 0)
    {
        Broker = new LiveMosquitto(BrokerQueues + brokerConfiguration);
        File.WriteAllText(KeyFile, Province.PrivatePem());
        var begun = TimeProvider.System.GetTimestamp();
        Fleet = new VirtualFleet(new FleetOptions(centres, seed, Begin) { Speed = speed });
        Fleet.Fill(eventsEach);
        Say($"seed {seed}: {centres} centres with {Fleet.Events} events, made in {Seconds(begun)}");
    }

    public LiveMosquitto Broker { get; }

    public ProvinceKey Province { get; } = ProvinceKey.Create();

    public VirtualFleet Fleet { get; }

    public IReadOnlyList<BridgeProgram> Bridges => bridges;

    public string DataFolder => Path.Combine(folder.FullName, "data");

    private string KeyFile => Path.Combine(folder.FullName, "province.key");

    /// <summary>Events that the province has signed for.</summary>
    public long Acknowledged => Fleet.Events - Fleet.Pending;

    /// <summary>Starts a bridge, and returns when it takes events.</summary>
    /// <param name="database">Connection string; null: SQLite in <see cref="DataFolder"/>.</param>
    /// <param name="before">As of <see cref="BridgeProgram"/>.</param>
    public BridgeProgram AddBridge(string? database = null, string[]? before = null)
    {
        var bridge = new BridgeProgram(Broker, KeyFile, database is null ? ["--data", DataFolder] : ["--postgres", database], before);
        bridges.Add(bridge);
        bridge.MustBecomeHealthy();
        return bridge;
    }

    /// <summary>All centres plug in at once.</summary>
    public void Connect() => Fleet.Start(new FleetLine(Broker.Host, Broker.Port, Province));

    /// <summary>Waits until the province has signed for a share of all events, and not for all.</summary>
    public void MustReach(double share, TimeSpan patience)
    {
        MustBecome(() => Acknowledged >= share * Fleet.Events, $"{share:P0} of the events", patience);
        Assert.True(Fleet.Pending > 0, "All was there before anything could be broken; make the test larger.");
    }

    /// <summary>Waits until the province has signed for every event of every centre, and ends the fleet.</summary>
    public void MustDrain(TimeSpan patience)
    {
        var begun = TimeProvider.System.GetTimestamp();
        MustBecome(() => Fleet.Pending == 0 && Fleet.Online == Fleet.Centres.Count, "all events", patience);
        Say($"drained in {Seconds(begun)}; {Fleet.Events} events; bridges at most {string.Join(" and ", bridges.Select(bridge => bridge.HighestMemory))} MB");
        Fleet.Stop();
        Assert.Equal(0, Fleet.Pending);
    }

    public void MustBecome(Func<bool> holds, string what, TimeSpan patience) => Assert.True(
        Fleet.WaitUntil(holds, patience),
        string.Create(CultureInfo.InvariantCulture, $"{what}: {Fleet.Online} of {Fleet.Centres.Count} online, {Acknowledged} of {Fleet.Events} events acknowledged.\n{string.Join("\n\n", bridges.Select(bridge => bridge.Output))}"));

    /// <summary>Every event of every centre stands in the store once, bit for bit, in its order: counted anew, and hashed anew to the end of the centre's own chain.</summary>
    public void MustHoldEverything(IBridgeStore? of = null)
    {
        using var own = of is null ? SqliteBridgeStore.Open(Path.Combine(DataFolder, SqliteFile), TimeProvider.System, new QuarantineLimits()) : null;
        var store = of ?? own!;
        var ends = store.ReadLogs().ToDictionary(log => log.Log, log => log.End);
        foreach (var centre in Fleet.Centres)
        {
            var log = new LogId(centre.Id, centre.Journal.Epoch);
            var mark = centre.Journal.Committed;
            Assert.Equal(new LogEnd(mark.Seq, mark.Hash), ends.GetValueOrDefault(log));
            Assert.Equal((mark.Seq, mark.Hash), Recount(centre, store.ReadLog(log, 1, long.MaxValue)));
        }

        Assert.Equal(Fleet.Centres.Count, ends.Count(end => Fleet.Centres.Any(centre => centre.Id == end.Key.Centre)));
    }

    public void Say(string line)
    {
        said?.WriteLine(line);
        Console.Error.WriteLine(line);
    }

    public void Dispose()
    {
        Fleet.Dispose();
        bridges.ForEach(bridge => bridge.Dispose());
        Broker.Dispose();
        Province.Dispose();
        folder.Delete(recursive: true);
    }

    private static (long UpTo, ChainHash Hash) Recount(VirtualCentre centre, IReadOnlyList<StoredEvents> stored)
    {
        var (seq, hash) = (0L, ChainHash.Genesis);
        foreach (var stretch in stored)
        {
            Assert.True(stretch.From == seq + 1, $"{centre.Id}: event {seq + 1} is followed by {stretch.From}.");
            foreach (var one in stretch.Events)
            {
                hash = hash.Next(one.Span);
                seq++;
            }
        }

        return (seq, hash);
    }

    private static string Seconds(long begun) => string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(begun).TotalSeconds:F1} s");
}
