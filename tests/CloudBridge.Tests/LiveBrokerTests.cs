using MotCua.CloudBridge.Tests.Api;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests;

/// <summary>The program against a real broker, with a centre that behaves as the contract says: one batch, again until it is acknowledged.</summary>
public sealed class LiveBrokerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Resend = TimeSpan.FromMilliseconds(500);

    private readonly LiveMosquitto broker = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(400);

    public void Dispose() => broker.Dispose();

    [Fact]
    public async Task A_batch_over_a_real_broker_is_acknowledged_and_goes_on_after_the_broker_was_killed()
    {
        await using var bridge = await new RunningBridge(new MosquittoLink(), broker.Host, broker.Port).StartAsync();
        Assert.Equal(200, (await ShipUntilAcknowledged(bridge.Key, 1, 200)).UpTo);
        broker.Kill();
        broker.Start();
        var ack = await ShipUntilAcknowledged(bridge.Key, 201, 400);
        Assert.Equal(new Ack(log.Centre, log.Epoch, 400, log.HashAt(400)), ack);
    }

    private async Task<Ack> ShipUntilAcknowledged(ProvinceKey key, long from, long to)
    {
        using var link = new MosquittoLink();
        using var something = new SemaphoreSlim(0);
        link.EventQueued += () => something.Release();
        link.Connect(new MqttConnection(broker.Host, broker.Port, "viet-tri", null, TimeSpan.FromSeconds(30)));
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            if (!await something.WaitAsync(Resend, patience.Token))
            {
                link.Publish(new MqttMessage(log.Topic, log.Message(from, to), MqttQuality.AtLeastOnce));
            }

            while (link.TryTake(out var happened))
            {
                switch (happened)
                {
                    case MqttLinkEvent.Connected:
                        link.Subscribe([Topics.Down(log.Centre)]);
                        break;
                    case MqttLinkEvent.Received(_, var payload, _) when Ack.TryVerify(key, log.Centre, payload.Span, out _) is { } ack && ack.UpTo >= to:
                        link.Disconnect();
                        return ack;
                }
            }
        }
    }
}
