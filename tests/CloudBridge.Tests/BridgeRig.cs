using Microsoft.Extensions.Logging.Abstractions;
using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Snapshots;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;
using MotCua.Testing;

namespace MotCua.CloudBridge.Tests;

/// <summary>The whole of ingest over a simulated link and a real file, stepped by hand; it can be killed and started again on the same file.</summary>
public sealed class BridgeRig : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("bridge-");
    private readonly bool isShared;
    private IngestLoop loop = null!;

    public BridgeRig(IngestGroupLimits? limits = null, int seed = 1, bool shared = false)
    {
        isShared = shared;
        Limits = limits ?? new IngestGroupLimits();
        Random = new Random(seed);
        Start();
        Settle();
    }

    public IngestGroupLimits Limits { get; }

    public Random Random { get; }

    public ManualTime Time { get; } = new();

    public ProvinceKey Key { get; } = ProvinceKey.Create();

    public SimulatedLink Link { get; private set; } = null!;

    public FailingStore Store { get; private set; } = null!;

    public FleetView Fleet { get; private set; } = null!;

    public IngestStatus Status { get; private set; } = null!;

    /// <summary>Where pages hand commands in.</summary>
    public CommandDoor Door { get; private set; } = null!;

    public CommandTraffic Commands { get; private set; } = null!;

    /// <summary>Where pages hand configurations in.</summary>
    public ConfigurationDoor ConfigurationDoor { get; private set; } = null!;

    public ConfigurationTraffic Configurations { get; private set; } = null!;

    public SnapshotTraffic Snapshots { get; private set; } = null!;

    /// <summary>Where health messages are gathered.</summary>
    public HealthSampler Sampler { get; } = new();

    public TimeSpan LastRest { get; private set; }

    public void Step() => LastRest = loop.Step();

    /// <summary>Steps until there is nothing more to do at this moment.</summary>
    public void Settle()
    {
        for (var i = 0; i < 1000; i++)
        {
            var before = Link.Attempts;
            Step();
            if (LastRest != TimeSpan.Zero && Link.Attempts == before && !Link.HasEvents)
            {
                return;
            }
        }

        throw new InvalidOperationException("The loop never rests.");
    }

    /// <summary>Ends the bridge as a power cut does, and starts another on the same file.</summary>
    public void Restart()
    {
        Store.Dispose();
        Start();
        Settle();
    }

    public void Deliver(SourceLog log, long from, long to) => Link.Deliver(log.Topic, log.Message(from, to));

    public Ack? SendAndHear(SourceLog log, long from, long to)
    {
        Deliver(log, from, to);
        return Hear(log);
    }

    /// <summary>Settles, then takes the only acknowledgement that was sent meanwhile; null when there was none.</summary>
    public Ack? Hear(SourceLog log)
    {
        Settle();
        var acks = TakeAcks(log);
        return acks.Count <= 1 ? acks.FirstOrDefault() : throw new InvalidOperationException($"{acks.Count} acknowledgements where one is enough.");
    }

    public List<Ack> TakeAcks(SourceLog log)
    {
        var acks = PeekAcks(log);
        Link.Sent.Clear();
        return acks;
    }

    /// <summary>All acknowledgements to the log's centre that were not taken yet, each verified with the public key alone.</summary>
    public List<Ack> PeekAcks(SourceLog log)
    {
        using var publicKey = ProvinceKey.FromPem(Key.PublicPem());
        return Link.Sent.Where(m => m.Topic == MotCua.Protocols.Topics.Ack(log.Centre))
            .Select(m => Ack.TryVerify(publicKey, log.Centre, m.Payload.Span, out var reason) ?? throw new InvalidOperationException(reason)).ToList();
    }

    public List<byte[]> Stored(SourceLog log) =>
        [.. Store.ReadLog(new LogId(log.Centre, log.Epoch), 1, long.MaxValue).SelectMany(stretch => stretch.Events).Select(bytes => bytes.ToArray())];

    public LogEnd End(SourceLog log) => Store.FindEnd(new LogId(log.Centre, log.Epoch));

    public void Dispose()
    {
        Store.Dispose();
        Key.Dispose();
        directory.Delete(recursive: true);
    }

    private void Start()
    {
        Link = new SimulatedLink();
        Store = new FailingStore(SqliteBridgeStore.Open(Path.Combine(directory.FullName, "bridge.db"), Time, new QuarantineLimits())) { IsShared = isShared };
        Fleet = FleetView.Load(Store);
        Status = new IngestStatus();
        var connection = new MqttConnection("broker.test", 1883, "bridge-1", null, TimeSpan.FromSeconds(30));
        var link = new BridgeLink(Link, connection, shared: true, Time, Random, Status, NullLogger.Instance);
        Door = new CommandDoor();
        Commands = new CommandTraffic(Link, Store, Fleet, Key, Time, Random, Door);
        ConfigurationDoor = new ConfigurationDoor();
        Configurations = new ConfigurationTraffic(Link, Store, Fleet, Key, Time, ConfigurationDoor);
        Snapshots = new SnapshotTraffic(Store, Fleet, Time);
        loop = new IngestLoop(Link, link, Store, Fleet, Key, Time, Random, Status, Limits, Commands, Configurations, Snapshots, Sampler, NullLogger<IngestLoop>.Instance);
    }
}
