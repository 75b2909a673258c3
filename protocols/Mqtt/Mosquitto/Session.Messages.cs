using System.Runtime.InteropServices;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <content>Messages of a session, both ways; runs on its thread.</content>
internal sealed unsafe partial class Session
{
    // Reason codes of MQTT 5 for what the library refuses before the broker sees it (2.4, table of reason codes).
    private const int UnspecifiedError = 0x80;
    private const int TopicFilterInvalid = 0x8f;
    private const int TopicNameInvalid = 0x90;
    private const int PacketTooLarge = 0x95;
    private const int QosNotSupported = 0x9b;

    private readonly Dictionary<int, (int Handle, int Bytes)> unanswered = [];
    private string? tlsErrors;
    private LossCause cause;
    private int progress;
    private int publishing;
    private bool writtenAtOnce;

    public void OnConnack(int reason, string reasonString)
    {
        progress++;
        if (reason != 0)
        {
            cause = Words.CauseOfConnack(reason);
            Note(Words.Of(reason, 0) + (reasonString.Length == 0 ? "" : $" {reasonString}"));
            return;
        }

        deadline!.Dispose();
        lock (gate)
        {
            if (ended)
            {
                return;
            }

            events.Add(new MqttLinkEvent.Connected());
            connected = true;
        }
    }

    public void OnDisconnected(int result)
    {
        Note(tlsErrors ?? Words.Of(result, Marshal.GetLastSystemError()));
        brokerClosed = true;
    }

    public void OnPublished(int mid, int reason)
    {
        progress++;
        if (mid == publishing)
        {
            writtenAtOnce = true; // QoS 0: written inside the call that handed it over.
        }
        else if (unanswered.Remove(mid, out var sent))
        {
            Settle(sent.Handle, sent.Bytes, reason);
        }
    }

    public void OnMessage(LibMosquitto.Message* message)
    {
        progress++;
        if (!silent && events.HasRoomFor(message->PayloadLength))
        {
            var payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength).ToArray();
            events.Add(new MqttLinkEvent.Received(Words.Text(message->Topic), payload, message->Retain != 0));
        }
    }

    public void OnSubscribed(ReadOnlySpan<int> reasons)
    {
        progress++;
        events.Add(new MqttLinkEvent.Subscribed(reasons.ToArray()));
    }

    public void OnLog(int level, byte* text)
    {
        // One failed handshake is told in several lines, from the inner cause to the outer.
        if (level == LibMosquitto.LogError && (tlsErrors is null || tlsErrors.Length < 300))
        {
            cause = cause == LossCause.Line ? Words.CauseOfTls(Words.Text(text)) : cause;
            tlsErrors = tlsErrors is null ? $"TLS: {Words.Text(text)}" : $"{tlsErrors}; {Words.Text(text)}";
        }
    }

    public void OnFailed(Exception e) => Stop($"The link failed: {e.Message}");

    /// <returns>True when more orders wait.</returns>
    private bool SendOrders()
    {
        for (var i = 0; i < FairShare; i++)
        {
            if (brokerClosed || goodbyeSaid || !outbox.TryTake(out var order))
            {
                return false;
            }

            if (order.Message is { } message)
            {
                Send(order.Handle, message);
            }
            else
            {
                Subscribe(order.Filters!, client!.Subscribe(order.Filters!));
            }
        }

        return true;
    }

    private void Send(int handle, MqttMessage message)
    {
        var mid = 0;
        writtenAtOnce = false;
        var result = Publish(message, ref mid);
        if (result != LibMosquitto.Success)
        {
            var refusal = RefusalOf(result);
            Settle(message.Quality == MqttQuality.AtLeastOnce && refusal != 0 ? handle : 0, message.Payload.Length, refusal);
            Advance(refusal == 0 ? result : 0);
        }
        else if (writtenAtOnce)
        {
            Settle(0, message.Payload.Length, 0);
        }
        else
        {
            unanswered[mid] = (message.Quality == MqttQuality.AtLeastOnce ? handle : 0, message.Payload.Length);
        }
    }

    private int Publish(MqttMessage message, ref int mid)
    {
        if (message.Topic.Contains('\0'))
        {
            return LibMosquitto.InvalidArgument; // The library would cut the topic there.
        }

        fixed (int* written = &publishing)
        {
            var result = client!.Publish(message, written);
            mid = publishing;
            publishing = 0;
            return result;
        }
    }

    private void Settle(int handle, int bytes, int reason)
    {
        outbox.Settle(bytes);
        if (handle != 0)
        {
            events.Add(new MqttLinkEvent.Published(handle, reason));
            progress++;
        }
    }

    private void Subscribe(IReadOnlyList<string> filters, int result)
    {
        if (result is LibMosquitto.InvalidArgument or LibMosquitto.MalformedUtf8 or LibMosquitto.OversizePacket)
        {
            progress++;
            events.Add(new MqttLinkEvent.Subscribed([.. filters.Select(_ => TopicFilterInvalid)]));
        }
        else
        {
            Advance(result);
        }
    }

    /// <returns>0 when the connection is to blame, not the message.</returns>
    private static int RefusalOf(int result) => result switch
    {
        LibMosquitto.InvalidArgument or LibMosquitto.MalformedUtf8 => TopicNameInvalid,
        LibMosquitto.PayloadSize or LibMosquitto.OversizePacket => PacketTooLarge,
        LibMosquitto.QosNotSupported => QosNotSupported,
        LibMosquitto.NoConnection or LibMosquitto.ConnectionLost or LibMosquitto.SystemError => 0,
        _ => UnspecifiedError,
    };
}
