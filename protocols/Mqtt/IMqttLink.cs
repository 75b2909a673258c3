namespace MotCua.Protocols.Mqtt;

/// <summary>At most once, or at least once. The contract needs no other.</summary>
public enum MqttQuality
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
}

/// <param name="Payload">Taken over by the link; not changed afterwards.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, MqttQuality Quality, bool Retain = false);

/// <summary>Where and as whom to connect.</summary>
/// <param name="ClientId">Unique at the broker.</param>
/// <param name="Will">Said by the broker when the link breaks without a goodbye.</param>
/// <param name="KeepAlive">Longest silence before a ping, 5 s to 18 h.</param>
/// <param name="MaxPacketBytes">Largest packet taken from the broker; larger ones it must not send (MQTT 5, 3.1.2.11.4).</param>
/// <param name="ReceiveMaximum">Unacknowledged QoS 1 messages taken at once.</param>
public sealed record MqttConnection(
    string Host, int Port, string ClientId, MqttMessage? Will, TimeSpan KeepAlive, MqttTls? Tls = null, MqttLogin? Login = null, int MaxPacketBytes = 256 * 1024, int ReceiveMaximum = 1000);

/// <summary>Files of mutual TLS, PEM. TLS 1.2 is the oldest spoken, and the broker's certificate must name the host that was asked for.</summary>
public sealed record MqttTls(string CaFile, string CertificateFile, string KeyFile)
{
    /// <summary>Relative names are meant from a folder.</summary>
    public MqttTls Beside(string folder) => new(Path.GetFullPath(CaFile, folder), Path.GetFullPath(CertificateFile, folder), Path.GetFullPath(KeyFile, folder));
}

public sealed record MqttLogin(string UserName, string Password);

/// <summary>Whether a lost link asks something else of people than patience.</summary>
public enum LossCause
{
    /// <summary>The line, or the broker behind it; trying again will help. Also where nobody told: a broker may hang up before its reason is read, and the next attempt tells.</summary>
    Line,

    /// <summary>The broker's certificate was not believed: another authority, another name, ended, or our own clock is wrong.</summary>
    BrokerUntrusted,

    /// <summary>The broker does not let us in: our certificate is missing, ended, revoked or of another authority, or our name has no rights.</summary>
    NotAdmitted,
}

/// <summary>What a link tells; taken by its owner's loop in the order it happened.</summary>
public abstract record MqttLinkEvent
{
    private MqttLinkEvent()
    {
    }

    /// <summary>The broker took us in; always a clean start, so subscriptions must be made anew.</summary>
    public sealed record Connected : MqttLinkEvent;

    /// <summary>An attempt failed or a connection ended. Comes exactly once for each <see cref="IMqttLink.Connect"/> unless <see cref="IMqttLink.Disconnect"/> was called.</summary>
    /// <param name="Reason">In words, for logs and people.</param>
    public sealed record Lost(string Reason, LossCause Cause = LossCause.Line) : MqttLinkEvent;

    /// <summary>The broker's answer to a QoS 1 message: MQTT 5 reason code, from 0x80 a refusal.</summary>
    public sealed record Published(int Handle, int ReasonCode) : MqttLinkEvent
    {
        public bool Refused => ReasonCode >= 0x80;
    }

    /// <summary>The broker's answer to a subscription: a reason code for each filter, from 0x80 a refusal.</summary>
    public sealed record Subscribed(IReadOnlyList<int> ReasonCodes) : MqttLinkEvent;

    /// <param name="Payload">Owned by the receiver.</param>
    public sealed record Received(string Topic, ReadOnlyMemory<byte> Payload, bool Retain) : MqttLinkEvent;
}

/// <summary>One client's link to an MQTT 5 broker. Nothing here blocks, so that a loop which owns it can be stepped; answers come as events.</summary>
/// <remarks>
/// The link never re-sends and never reconnects by itself: the journal re-sends, the owner reconnects. Incoming messages wait in a bounded
/// queue; when it is full the newest is dropped and counted, since QoS 1 was acknowledged before we saw it (and the edge sends again what the bridge did not acknowledge).
/// Called by one thread at a time.
/// </remarks>
public interface IMqttLink : IDisposable
{
    /// <summary>Raised from the link's own thread when an event was queued; handlers only set a signal.</summary>
    event Action? EventQueued;

    /// <summary>Messages dropped because the owner was too slow.</summary>
    long DroppedMessages { get; }

    /// <summary>Starts an attempt; <see cref="MqttLinkEvent.Connected"/> or <see cref="MqttLinkEvent.Lost"/> follows within the attempt's own deadline (10 s).</summary>
    /// <exception cref="InvalidOperationException">An attempt or a connection is under way.</exception>
    void Connect(MqttConnection connection);

    /// <summary>Hands over a message.</summary>
    /// <returns>A handle that comes back in <see cref="MqttLinkEvent.Published"/> (QoS 1); −1 when there is no connection: nothing was sent and <see cref="MqttLinkEvent.Lost"/> tells why.</returns>
    int Publish(MqttMessage message);

    /// <summary>Subscribes with QoS 1. Without a connection nothing happens.</summary>
    void Subscribe(IReadOnlyList<string> filters);

    /// <summary>Says goodbye (the will is not said) after what was handed over has been sent, and forgets the connection. Returns within 2 s.</summary>
    void Disconnect();

    /// <summary>Takes the oldest event.</summary>
    bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MqttLinkEvent? happened);
}
