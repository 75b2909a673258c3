using System.Diagnostics.CodeAnalysis;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>A broker in memory with one client: answers at once, and does as a test says.</summary>
internal sealed class FakeLink : IMqttLink
{
    private readonly Queue<MqttLinkEvent> events = new();
    private int handles;
    private MqttConnection? connection;

    public event Action? EventQueued;

    public long DroppedMessages => 0;

    /// <summary>Whether attempts succeed.</summary>
    public bool Reachable { get; set; } = true;

    /// <summary>What is said of an attempt that fails.</summary>
    public MqttLinkEvent.Lost Loss { get; set; } = new("Connection refused.");

    public bool IsUp => connection is not null;

    /// <summary>Where the newest attempt went.</summary>
    public MqttConnection? LastAttempt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Events that wait for the owner.</summary>
    public int Waiting => events.Count;

    /// <summary>All that the broker took, in order, wills included.</summary>
    public List<MqttMessage> Taken { get; } = [];

    /// <summary>Who listens at the broker.</summary>
    public Action<MqttMessage>? Subscriber { get; set; }

    /// <summary>Reason code of the broker for a message; from 0x80 it is not taken.</summary>
    public Func<MqttMessage, int> Answer { get; set; } = _ => 0;

    /// <summary>Messages that the broker takes and whose answers get lost on their way.</summary>
    public Func<MqttMessage, bool> Withholds { get; set; } = _ => false;

    public int SubscriptionAnswer { get; set; } = 1;

    public List<string> Filters { get; } = [];

    public void Connect(MqttConnection connection)
    {
        if (this.connection is not null)
        {
            throw new InvalidOperationException("An attempt or a connection is under way.");
        }

        Attempts++;
        LastAttempt = connection;
        this.connection = Reachable ? connection : null;
        Tell(Reachable ? new MqttLinkEvent.Connected() : Loss);
    }

    public int Publish(MqttMessage message)
    {
        if (connection is null)
        {
            return -1;
        }

        var code = Answer(message);
        if (message.Quality == MqttQuality.AtLeastOnce)
        {
            handles++;
            if (!Withholds(message))
            {
                Tell(new MqttLinkEvent.Published(handles, code));
            }
        }

        if (code < 0x80)
        {
            Take(message);
        }

        return handles;
    }

    public void Subscribe(IReadOnlyList<string> filters)
    {
        if (connection is not null)
        {
            Filters.AddRange(filters);
            Tell(new MqttLinkEvent.Subscribed([.. filters.Select(_ => SubscriptionAnswer)]));
        }
    }

    public void Disconnect() => connection = null;

    public bool TryTake([NotNullWhen(true)] out MqttLinkEvent? happened) => events.TryDequeue(out happened);

    /// <summary>A message from the province.</summary>
    public void Deliver(string topic, byte[] payload)
    {
        if (connection is not null)
        {
            Tell(new MqttLinkEvent.Received(topic, payload, Retain: false));
        }
    }

    /// <summary>The line breaks without a goodbye: the broker says the will.</summary>
    /// <param name="times">How often the link tells of it; a link that tells twice must do no harm.</param>
    public void Break(int times = 1)
    {
        if (connection?.Will is { } will)
        {
            connection = null;
            Take(will);
            for (; times > 0; times--)
            {
                Tell(new MqttLinkEvent.Lost("The line broke."));
            }
        }
    }

    public void Dispose() => connection = null;

    private void Take(MqttMessage message)
    {
        Taken.Add(message);
        Subscriber?.Invoke(message);
    }

    private void Tell(MqttLinkEvent happened)
    {
        events.Enqueue(happened);
        EventQueued?.Invoke();
    }
}
