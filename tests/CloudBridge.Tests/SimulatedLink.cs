using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Tests;

/// <summary>A broker and its line in memory: a test says what arrives, and sees what was sent.</summary>
public sealed class SimulatedLink : IMqttLink
{
    private readonly ConcurrentQueue<MqttLinkEvent> events = new();
    private int handles;

    public event Action? EventQueued;

    public long DroppedMessages { get; set; }

    public bool IsUp { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>False: an attempt stays without an answer until the test tells one.</summary>
    public bool AnswersConnect { get; set; } = true;

    /// <summary>Answer to each filter.</summary>
    public int SubscribeCode { get; set; } = 1;

    /// <summary>Answer to each message; null: none comes.</summary>
    public int? PublishCode { get; set; } = 0;

    /// <summary>The bridge has not taken everything yet.</summary>
    public bool HasEvents => !events.IsEmpty;

    public MqttConnection? Connection { get; private set; }

    public IReadOnlyList<string> Filters { get; private set; } = [];

    public ConcurrentQueue<MqttMessage> Sent { get; } = new();

    /// <summary>Called with each message that the bridge sends.</summary>
    public Action<MqttMessage>? OnSent { get; set; }

    public void Connect(MqttConnection connection)
    {
        Connection = connection;
        Attempts++;
        if (AnswersConnect)
        {
            IsUp = true;
            Tell(new MqttLinkEvent.Connected());
        }
    }

    public void Subscribe(IReadOnlyList<string> filters)
    {
        Filters = filters;
        Tell(new MqttLinkEvent.Subscribed([.. filters.Select(_ => SubscribeCode)]));
    }

    public int Publish(MqttMessage message)
    {
        if (!IsUp)
        {
            return -1;
        }

        Sent.Enqueue(message);
        OnSent?.Invoke(message);
        handles++;
        if (PublishCode is { } code && message.Quality == MqttQuality.AtLeastOnce)
        {
            Tell(new MqttLinkEvent.Published(handles, code));
        }

        return handles;
    }

    public void Break(string reason = "The line was cut.")
    {
        IsUp = false;
        Tell(new MqttLinkEvent.Lost(reason));
    }

    public void Deliver(string topic, ReadOnlyMemory<byte> payload, bool retain = false) => Tell(new MqttLinkEvent.Received(topic, payload, retain));

    public void Disconnect() => IsUp = false;

    public bool TryTake([NotNullWhen(true)] out MqttLinkEvent? happened) => events.TryDequeue(out happened);

    public void Dispose() => IsUp = false;

    private void Tell(MqttLinkEvent happened)
    {
        events.Enqueue(happened);
        EventQueued?.Invoke();
    }
}
