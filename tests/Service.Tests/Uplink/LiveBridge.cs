using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>A tiny bridge on a real broker: the rules of <see cref="FakeBridge"/> over a real link, which it makes anew whenever it is lost.</summary>
internal sealed class LiveBridge : IDisposable
{
    private readonly LiveMosquitto broker;
    private readonly MosquittoLink link = new(TimeProvider.System);
    private readonly SemaphoreSlim wake = new(0);
    private readonly Lock gate = new();

    public LiveBridge(LiveMosquitto broker)
    {
        this.broker = broker;
        Bridge = new FakeBridge(LoopBench.Centre, (topic, payload) => link.Publish(new MqttMessage(topic, payload, MqttQuality.AtLeastOnce)));
        link.EventQueued += () => wake.Release();
    }

    public FakeBridge Bridge { get; }

    public long UpTo(Protocols.Events.EpochId epoch)
    {
        lock (gate)
        {
            return Bridge.UpTo(epoch);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        Connect();
        while (!stop.IsCancellationRequested)
        {
            await wake.WaitAsync(stop);
            while (link.TryTake(out var happened))
            {
                await HandleAsync(happened, stop);
            }
        }
    }

    public void Dispose()
    {
        link.Dispose();
        wake.Dispose();
        Bridge.Dispose();
    }

    private async Task HandleAsync(MqttLinkEvent happened, CancellationToken stop)
    {
        switch (happened)
        {
            case MqttLinkEvent.Connected:
                link.Subscribe([.. Topics.BridgeFilters, Topics.AllEvents]);
                break;
            case MqttLinkEvent.Lost:
                // A bridge that tries again at once would only warm the machine.
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
                Connect();
                break;
            case MqttLinkEvent.Received received:
                lock (gate)
                {
                    Bridge.Receive(received.Topic, received.Payload);
                }

                break;
        }
    }

    private void Connect() => link.Connect(new MqttConnection(broker.Host, broker.Port, "bridge", null, TimeSpan.FromSeconds(5)));
}
