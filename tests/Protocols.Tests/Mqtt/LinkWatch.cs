using MotCua.Protocols.Mqtt;

namespace MotCua.Protocols.Tests.Mqtt;

/// <summary>A link and its owner's ear: waits for an event on the link's signal, never by sleeping.</summary>
public sealed class LinkWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim signal = new(0);
    private readonly List<MqttLinkEvent> seen = [];

    public LinkWatch(IMqttLink link)
    {
        Link = link;
        link.EventQueued += () => signal.Release();
    }

    public IMqttLink Link { get; }

    /// <summary>Everything taken so far, in order.</summary>
    public IReadOnlyList<MqttLinkEvent> Seen => seen;

    public T Take<T>(Func<T, bool>? which = null)
        where T : MqttLinkEvent
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (true)
        {
            while (Link.TryTake(out var happened))
            {
                seen.Add(happened);
                if (happened is T wanted && (which is null || which(wanted)))
                {
                    return wanted;
                }

                if (happened is MqttLinkEvent.Lost lost && typeof(T) != typeof(MqttLinkEvent.Lost))
                {
                    throw new InvalidOperationException($"Lost while waiting for {typeof(T).Name}: {lost.Reason}");
                }
            }

            var left = Patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !signal.Wait(left))
            {
                throw new TimeoutException($"No {typeof(T).Name} within {Patience.TotalSeconds} s; seen: {string.Join(", ", seen.Select(e => e.GetType().Name))}");
            }
        }
    }

    /// <summary>Takes what is there without waiting.</summary>
    public IReadOnlyList<MqttLinkEvent> TakeRest()
    {
        var rest = new List<MqttLinkEvent>();
        while (Link.TryTake(out var happened))
        {
            rest.Add(happened);
        }

        seen.AddRange(rest);
        return rest;
    }

    /// <summary>Waits for one signal without taking anything.</summary>
    public bool WaitForSignal() => signal.Wait(Patience);

    public LinkWatch Connected(MqttConnection connection)
    {
        Link.Connect(connection);
        Take<MqttLinkEvent.Connected>();
        return this;
    }

    public LinkWatch Subscribed(params string[] filters)
    {
        Link.Subscribe(filters);
        Assert.All(Take<MqttLinkEvent.Subscribed>().ReasonCodes, code => Assert.InRange(code, 0, 0x7f));
        return this;
    }

    public MqttLinkEvent.Published Publish(MqttMessage message)
    {
        var handle = Link.Publish(message);
        Assert.True(handle > 0);
        return Take<MqttLinkEvent.Published>(p => p.Handle == handle);
    }

    public void Dispose() => Link.Dispose();
}
