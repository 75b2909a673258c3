using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.Edge.Health;
using MotCua.Edge.Journal;
using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>The real uplink over a real journal, with a broker and a bridge in memory, stepped by hand.</summary>
internal sealed class UplinkBench : IDisposable
{
    private readonly bool ownsBridge;

    public UplinkBench(int seed = 1, SimulatedDisk? disk = null, ManualTime? time = null, FakeBridge? bridge = null, JournalOptions? options = null, int? kilobits = null)
    {
        // Continuations of manual timers run inside Advance only where nobody else asks for them.
        SynchronizationContext.SetSynchronizationContext(null);
        Edge = new LoopBench(seed, disk, time, options);
        ownsBridge = bridge is null;
        Bridge = bridge ?? new FakeBridge(LoopBench.Centre, (topic, payload) => Deliver(topic, payload));
        Link.Subscriber = message => Bridge.Receive(message.Topic, message.Payload);
        Devices = new DeviceBook(Time, data => Edge.Loop.Record(data, light: false));
        Reader = new JournalReader(Edge.Journal);
        Acks = new AckBook(Reader);
        var source = new UplinkSource(
            LoopBench.Centre, "Phường Việt Trì", "0.1.0", new string('a', 64), Devices, () => new HealthMessage(Time.GetUtcNow(), Uplink!.Pending, 0, 0, null, 0, "synced"));
        Uplink = new UplinkLoop(
            Link, new MqttConnection("127.0.0.1", 1883, "pt-viet-tri", null, TimeSpan.FromSeconds(20)), Bridge.Key, source, Reader, Acks, Time, new Random(seed), NullLogger<UplinkLoop>.Instance,
            budget: new LineBudget(Time, kilobits));
        Edge.Feed.Join(Uplink);
    }

    public LoopBench Edge { get; }

    public FakeLink Link { get; } = new();

    public FakeBridge Bridge { get; }

    public DeviceBook Devices { get; }

    public JournalReader Reader { get; }

    public AckBook Acks { get; }

    public UplinkLoop Uplink { get; }

    public ManualTime Time => Edge.Time;

    public EpochId Epoch => Edge.Journal.Epoch;

    /// <summary>Words of the province on their way; a bridge that outlives an edge speaks to the one of now.</summary>
    public Action<string, byte[]> Deliver { get; set; } = (_, _) => { };

    public UplinkBench Online()
    {
        Deliver = Link.Deliver;
        Settle();
        Assert.True(Uplink.Online);
        return this;
    }

    /// <summary>Steps until nobody has anything to do.</summary>
    /// <returns>How long the uplink may rest.</returns>
    public TimeSpan Settle()
    {
        for (var (steps, quiet, before) = (0, 0, Traces()); ; steps++)
        {
            Assert.True(steps < 2000, "The loops never rest.");
            Edge.StepUntilRest();
            var rest = Uplink.StepAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
            var after = Traces();
            quiet = after == before && rest != TimeSpan.Zero ? quiet + 1 : 0;
            before = after;
            if (quiet == 2)
            {
                return rest;
            }
        }
    }

    /// <summary>Lets time pass as the loops would live it: each rests as long as it said, and wakes when it is told.</summary>
    public void Run(TimeSpan span, TimeSpan? stride = null)
    {
        Settle();
        for (var left = span; left > TimeSpan.Zero; left -= stride ?? TimeSpan.FromSeconds(0.5))
        {
            Time.Advance(stride ?? TimeSpan.FromSeconds(0.5));
            Settle();
        }
    }

    public void Issue(int tickets)
    {
        for (var i = 0; i < tickets; i++)
        {
            Edge.IssueNow();
        }
    }

    public IEnumerable<MqttMessage> Sent(string topic) => Link.Taken.Where(m => m.Topic == topic);

    public IEnumerable<StateMessage> States() => Sent(Topics.State(LoopBench.Centre)).Select(m => JsonSerializer.Deserialize(m.Payload.Span, StateJson.Default.StateMessage)!);

    public string? FaultOf(string part) => Devices.All.FirstOrDefault(d => d.Device == part)?.Report.Fault?.Value;

    public List<byte[]> JournalOf(EpochId epoch) => [.. Edge.Events().Where(e => EventCodec.Read(e.Canonical.Span).Header.Epoch == epoch).Select(e => e.Canonical.ToArray())];

    public void BridgeHoldsTheJournal() => Assert.Equal(JournalOf(Epoch), Bridge.EventsOf(Epoch));

    public void Dispose()
    {
        Uplink.Dispose();
        Edge.Dispose();
        if (ownsBridge)
        {
            Bridge.Dispose();
        }
    }

    private (long, int, int, int) Traces() => (Edge.Journal.Committed.Seq, Link.Taken.Count, Link.Attempts, Link.Waiting);
}
