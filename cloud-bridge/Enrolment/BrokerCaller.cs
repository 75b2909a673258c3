using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>A client of a broker that waits for each answer.</summary>
internal sealed class BrokerCaller : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly MosquittoLink link;
    private readonly SemaphoreSlim something = new(0);
    private readonly HashSet<string> heard = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private readonly string name;

    /// <exception cref="IOException">The broker did not let it in.</exception>
    public BrokerCaller(string host, int port, string name, MqttTls files, TimeProvider time)
    {
        (this.name, this.time, link) = (name, time, new MosquittoLink(time));
        link.EventQueued += () => something.Release();
        link.Connect(new MqttConnection(host, port, name, Will: null, TimeSpan.FromSeconds(30), files));
        WaitFor<MqttLinkEvent.Connected>(_ => true);
    }

    /// <summary>Subscribes; a refusal is as good as silence.</summary>
    public void Hear(IReadOnlyList<string> filters)
    {
        link.Subscribe(filters);
        WaitFor<MqttLinkEvent.Subscribed>(_ => true);
    }

    /// <summary>As <see cref="Hear"/>, for what it may not hear.</summary>
    /// <returns>False when the broker hung up, which is a refusal as well.</returns>
    public bool TriesToHear(string filter)
    {
        try
        {
            Hear([filter]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <returns>Whether the broker took it; one that hangs up did not.</returns>
    public bool Says(string topic, ReadOnlyMemory<byte> payload = default)
    {
        var handle = link.Publish(new MqttMessage(topic, payload, MqttQuality.AtLeastOnce));
        return WaitFor<MqttLinkEvent>(happened => happened is MqttLinkEvent.Lost || (happened is MqttLinkEvent.Published published && published.Handle == handle)) is MqttLinkEvent.Published { Refused: false };
    }

    /// <summary>All topics heard until one of them came.</summary>
    /// <returns>Without that one when it did not come in time.</returns>
    public IReadOnlySet<string> HearsUntil(string topic)
    {
        for (var started = time.GetTimestamp(); !heard.Contains(topic) && time.GetElapsedTime(started) < Patience;)
        {
            something.Wait(TimeSpan.FromSeconds(1));
            while (link.TryTake(out var happened))
            {
                Note(happened);
            }
        }

        return heard;
    }

    public void Dispose()
    {
        link.Disconnect();
        link.Dispose();
        something.Dispose();
    }

    private T WaitFor<T>(Func<T, bool> fits)
        where T : MqttLinkEvent
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < Patience;)
        {
            something.Wait(TimeSpan.FromSeconds(1));
            while (link.TryTake(out var happened))
            {
                if (happened is T found && fits(found))
                {
                    return found;
                }

                Note(happened);
            }
        }

        throw new IOException($"{name}: the broker does not answer.");
    }

    private void Note(MqttLinkEvent happened)
    {
        switch (happened)
        {
            case MqttLinkEvent.Received received:
                heard.Add(received.Topic);
                break;
            case MqttLinkEvent.Lost lost:
                throw new IOException($"{name}: {lost.Reason}");
        }
    }
}
