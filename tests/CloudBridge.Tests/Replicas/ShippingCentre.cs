using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;
using MotCua.Testing;

namespace MotCua.CloudBridge.Tests.Replicas;

/// <summary>The uplink of a centre as the contract says: one batch in flight, again until the province has signed that it holds it.</summary>
internal sealed class ShippingCentre(SourceLog log, LiveMosquitto broker, ProvinceKey province, int batch, MqttTls? tls = null)
{
    private static readonly TimeSpan Resend = TimeSpan.FromMilliseconds(700);

    private long acknowledged;

    /// <summary>Events that the province signed for.</summary>
    public long Acknowledged => Volatile.Read(ref acknowledged);

    public async Task ShipAsync(CancellationToken stop)
    {
        using var link = new MosquittoLink();
        using var something = new SemaphoreSlim(0);
        link.EventQueued += () => something.Release();
        link.Connect(new MqttConnection(broker.Host, broker.Port, log.Centre.Value, null, TimeSpan.FromSeconds(30), tls));
        while (acknowledged < log.Length)
        {
            if (!await something.WaitAsync(Resend, stop))
            {
                Send(link);
            }

            while (link.TryTake(out var happened))
            {
                switch (happened)
                {
                    case MqttLinkEvent.Connected:
                        link.Subscribe([Topics.Down(log.Centre)]);
                        break;
                    case MqttLinkEvent.Subscribed:
                        Send(link);
                        break;
                    case MqttLinkEvent.Received(_, var payload, _) when Ack.TryVerify(province, log.Centre, payload.Span, out _) is { } ack && ack.UpTo > acknowledged:
                        // An ack that does not fit would be a lie about what is held.
                        if (ack.Hash != log.HashAt(ack.UpTo))
                        {
                            throw new InvalidOperationException($"{log.Centre}: the ack of {ack.UpTo} does not fit the journal.");
                        }

                        Volatile.Write(ref acknowledged, ack.UpTo);
                        if (acknowledged < log.Length)
                        {
                            Send(link);
                        }

                        break;
                }
            }
        }

        link.Disconnect();
    }

    private void Send(MosquittoLink link) =>
        link.Publish(new MqttMessage(log.Topic, log.Message(acknowledged + 1, Math.Min(acknowledged + batch, log.Length)), MqttQuality.AtLeastOnce));
}
