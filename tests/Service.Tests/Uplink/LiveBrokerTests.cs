using Microsoft.Extensions.Logging.Abstractions;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Health;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>The uplink over the real client library and a real Mosquitto, run by the real loop runner.</summary>
public sealed class LiveBrokerTests
{
    // Only a failing test ever waits that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("restart")]
    [InlineData("freeze")]
    public async Task Events_arrive_once_and_in_order_over_a_broker_that_fails(string failure)
    {
        using var broker = new LiveMosquitto();
        using var bridge = new LiveBridge(broker);
        using var edge = new LoopBench();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var devices = new DeviceBook(TimeProvider.System, _ => { });
        var reader = new JournalReader(edge.Journal);
        var source = new UplinkSource(LoopBench.Centre, "Phường Việt Trì", "0.1.0", new string('a', 64), devices, () => new HealthMessage(DateTimeOffset.UnixEpoch, 0, 0, 0, null, 0, "synced"));
        using var uplink = new UplinkLoop(
            new MosquittoLink(TimeProvider.System), new MqttConnection(broker.Host, broker.Port, "pt-viet-tri", null, TimeSpan.FromSeconds(5)), bridge.Bridge.Key, source, reader,
            new AckBook(reader), TimeProvider.System, new Random(1), NullLogger<UplinkLoop>.Instance);
        edge.Feed.Join(uplink);
        var failures = new List<Exception>();
        var running = Task.WhenAll(
            Task.Run(() => new LoopRunner(TimeProvider.System, (_, e) => failures.Add(e)).RunAsync(uplink, stop.Token), stop.Token),
            Task.Run(() => bridge.RunAsync(stop.Token), stop.Token));

        Issue(edge, 20);
        await ArrivedAsync(edge, bridge);
        if (failure == "restart")
        {
            broker.Kill();
            Issue(edge, 30);
            broker.Start();
        }
        else
        {
            broker.Freeze();
            Issue(edge, 30);
            broker.Thaw();
        }

        Issue(edge, 300);
        await ArrivedAsync(edge, bridge);
        uplink.Goodbye();
        await stop.CancelAsync();
        await Task.WhenAny(running);
        Assert.Equal(edge.Events().Select(e => e.Canonical.ToArray()), bridge.Bridge.EventsOf(edge.Journal.Epoch));
        Assert.Empty(failures);
    }

    private static void Issue(LoopBench edge, int tickets)
    {
        for (var i = 0; i < tickets; i++)
        {
            edge.IssueNow();
        }
    }

    private static async Task ArrivedAsync(LoopBench edge, LiveBridge bridge)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (bridge.UpTo(edge.Journal.Epoch) < edge.Journal.Committed.Seq)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"The bridge has {bridge.UpTo(edge.Journal.Epoch)} of {edge.Journal.Committed.Seq}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
