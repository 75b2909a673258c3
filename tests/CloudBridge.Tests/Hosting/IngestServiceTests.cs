using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Snapshots;
using MotCua.Protocols.Mqtt;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

public sealed class IngestServiceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_step_that_was_completed_is_progress_for_the_watchdog(bool throws)
    {
        var folder = Directory.CreateTempSubdirectory("sd-");
        using (var rig = new BridgeRig())
        using (var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified))
        using (var link = new BrokenLink { Throws = throws })
        {
            var path = Path.Combine(folder.FullName, "notify");
            manager.Bind(new UnixDomainSocketEndPoint(path));
            using var systemd = new SdNotify(path, rig.Time);
            var keeper = new BridgeLink(
                link, new MqttConnection("broker.test", 1883, "bridge-1", null, TimeSpan.FromSeconds(30)), shared: true, rig.Time, rig.Random, rig.Status, NullLogger.Instance);
            var loop = new IngestLoop(
                link, keeper, rig.Store, rig.Fleet, rig.Key, rig.Time, rig.Random, rig.Status, rig.Limits, rig.Commands, rig.Configurations, new SnapshotTraffic(rig.Store, rig.Fleet, rig.Time), rig.Sampler, NullLogger<IngestLoop>.Instance);
            using var service = new IngestService(loop, link, rig.Door, rig.ConfigurationDoor, new IngestPressure(rig.Time), systemd, rig.Time, NullLogger<IngestService>.Instance);
            await service.StartAsync(TestContext.Current.CancellationToken);
            for (var step = 0; step < 3; step++)
            {
                Assert.True(await link.Asked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
                link.Tell();
            }

            await service.StopAsync(TestContext.Current.CancellationToken);
            var words = new List<string>();
            for (var buffer = new byte[100]; manager.Poll(TimeSpan.Zero, SelectMode.SelectRead);)
            {
                words.Add(Encoding.ASCII.GetString(buffer, 0, manager.Receive(buffer)));
            }

            Assert.Contains("READY=1", words);
            Assert.Equal(!throws, words.Contains("WATCHDOG=1"));
        }

        folder.Delete(recursive: true);
    }

    private sealed class BrokenLink : IMqttLink
    {
        public event Action? EventQueued;

        public bool Throws { get; init; }

        public SemaphoreSlim Asked { get; } = new(0);

        public long DroppedMessages => 0;

        public void Tell() => EventQueued?.Invoke();

        public bool TryTake([NotNullWhen(true)] out MqttLinkEvent? happened)
        {
            happened = null;
            Asked.Release();
            return Throws ? throw new InvalidOperationException("The link is not what it was.") : false;
        }

        public void Connect(MqttConnection connection)
        {
        }

        public int Publish(MqttMessage message) => -1;

        public void Subscribe(IReadOnlyList<string> filters)
        {
        }

        public void Disconnect()
        {
        }

        public void Dispose() => Asked.Dispose();
    }
}
