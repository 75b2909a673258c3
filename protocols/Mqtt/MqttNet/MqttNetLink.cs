using System.Diagnostics.CodeAnalysis;

namespace MotCua.Protocols.Mqtt.MqttNet;

/// <summary>A link over MQTTnet 5, for machines without <c>libmosquitto.so.1</c>. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
/// <remarks>
/// Promises the same as <see cref="MosquittoLink"/>, and the same tests hold it to that: a dead line is found within twice the keep-alive and 2 s,
/// <see cref="IDisposable.Dispose"/> without <see cref="Disconnect"/> breaks the connection, and a broker that takes nothing is given up.
/// It costs more processor time and memory (README, "MQTTnet and dotnet/iot").
/// </remarks>
public sealed class MqttNetLink : IMqttLink
{
    private readonly TimeProvider time;
    private readonly LinkEvents events;
    private NetSession? session;
    private int lastHandle;
    private bool disposed;

    public MqttNetLink(
        TimeProvider? time = null, int maxQueuedMessages = MosquittoLink.DefaultMaxQueuedMessages, long maxQueuedBytes = MosquittoLink.DefaultMaxQueuedBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxQueuedMessages);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxQueuedBytes);
        this.time = time ?? TimeProvider.System;
        events = new LinkEvents(maxQueuedMessages, maxQueuedBytes);
    }

    public event Action? EventQueued;

    public long DroppedMessages => events.Dropped;

    public void Connect(MqttConnection connection)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (session is { Ended: false })
        {
            throw new InvalidOperationException("An attempt or a connection is under way.");
        }

        session = new NetSession(connection, time, events, () => EventQueued?.Invoke());
        session.Start();
    }

    public int Publish(MqttMessage message)
    {
        var handle = lastHandle == int.MaxValue ? 1 : lastHandle + 1;
        if (session is null || !session.TryPublish(handle, message))
        {
            return -1;
        }

        return lastHandle = handle;
    }

    public void Subscribe(IReadOnlyList<string> filters)
    {
        if (filters.Count > 0)
        {
            session?.Subscribe(filters);
        }
    }

    public void Disconnect()
    {
        session?.SayGoodbye();
        session = null;
    }

    public bool TryTake([NotNullWhen(true)] out MqttLinkEvent? happened) => events.TryTake(out happened);

    public void Dispose()
    {
        disposed = true;
        session?.Dispose();
        session = null;
    }
}
