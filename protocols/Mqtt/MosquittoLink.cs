using System.Diagnostics.CodeAnalysis;
using MotCua.Protocols.Mqtt.Mosquitto;

namespace MotCua.Protocols.Mqtt;

/// <summary>A link over the C library of Mosquitto, <c>libmosquitto.so.1</c> (Debian: libmosquitto1). Each connection has a thread of its own.</summary>
/// <remarks>
/// A dead line is found within twice the keep-alive and 2 s. A missing library is told as <see cref="MqttLinkEvent.Lost"/>.
/// <see cref="IDisposable.Dispose"/> without <see cref="Disconnect"/> breaks the connection, so the broker says the will.
/// When 20,000 messages or 64 MB are handed over and the broker takes none, the link is given up as lost.
/// </remarks>
public sealed class MosquittoLink : IMqttLink
{
    /// <summary>Messages that wait for the owner; more are dropped and counted.</summary>
    public const int DefaultMaxQueuedMessages = 4096;

    /// <summary>32 MB of payloads that wait for the owner.</summary>
    public const long DefaultMaxQueuedBytes = 32 << 20;

    private readonly TimeProvider time;
    private readonly LinkEvents events;
    private Session? session;
    private int lastHandle;
    private bool disposed;

    public MosquittoLink(TimeProvider? time = null, int maxQueuedMessages = DefaultMaxQueuedMessages, long maxQueuedBytes = DefaultMaxQueuedBytes)
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

        try
        {
            session = new Session(connection, time, events, () => EventQueued?.Invoke());
            session.Start();
        }
        catch (IOException e)
        {
            events.Add(new MqttLinkEvent.Lost(e.Message));
            EventQueued?.Invoke();
        }
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
