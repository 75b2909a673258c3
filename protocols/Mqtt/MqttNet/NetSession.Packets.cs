using System.Buffers;
using MQTTnet.LowLevelClient;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MotCua.Protocols.Mqtt.MqttNet;

/// <content>What goes over the line: one loop sends, one receives, a timer watches both.</content>
internal sealed partial class NetSession
{
    /// <summary>A broker that answers pings but not a message is as good as dead.</summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(30);

    // As many messages of quality 1 wait for their answer as the broker allows (MQTT 5, 3.2.2.3.3), which MQTTnet does not count; and no more than these.
    private const int LargestWindow = 1000;

    private readonly Dictionary<ushort, (int Handle, int Bytes, long SentAt)> unanswered = [];
    private readonly HashSet<ushort> subscribing = [];
    private NetLimits limits = new(null);
    private int window = LargestWindow;
    private ushort lastId;
    private ITimer? watch;
    private TimeSpan keepAlive;
    private long lastSent;
    private long lastReceived;
    private volatile bool pingAsked;

    private async Task SendAllAsync(ILowLevelMqttClient client)
    {
        try
        {
            while (true)
            {
                if (pingAsked)
                {
                    pingAsked = false;
                    await SendAsync(client, MqttPingReqPacket.Instance);
                }
                else if (HasRoom() && outbox.TryTake(out var order))
                {
                    await SendAsync(client, order);
                }
                else if (leaving && (!connected || settleOver || outbox.IsSettled))
                {
                    // Before CONNACK too: the broker must not say the will of someone who changed his mind. It then closes, which ends the other loop.
                    await SendAsync(client, new MqttDisconnectPacket());
                    return;
                }
                else
                {
                    await wake.WaitAsync(stop.Token);
                    Volatile.Write(ref woken, 0);
                }
            }
        }
        catch (Exception e) // As in RunAsync: of many kinds, and the connection is over with any of them.
        {
            Note(NetWords.Of(e, Place));
            await stop.CancelAsync();
        }
    }

    private async Task ReceiveAllAsync(ILowLevelMqttClient client)
    {
        while (true)
        {
            var packet = await client.ReceiveAsync(stop.Token);
            Volatile.Write(ref lastReceived, time.GetTimestamp());
            switch (packet)
            {
                case MqttPublishPacket { QualityOfServiceLevel: not MqttQualityOfServiceLevel.ExactlyOnce } message when connected && NetLimits.Takes(message, connection.MaxPacketBytes):
                    Take(message);
                    if (message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce)
                    {
                        await SendAsync(client, new MqttPubAckPacket { PacketIdentifier = message.PacketIdentifier });
                    }

                    break;
                case MqttPubAckPacket ack when connected:
                    Answered(ack.PacketIdentifier, (int)ack.ReasonCode);
                    break;
                case MqttSubAckPacket ack when connected:
                    Subscribed(ack);
                    break;
                case MqttPingRespPacket:
                    break;
                case MqttConnAckPacket { ReasonCode: MqttConnectReasonCode.Success } welcome when !connected:
                    Begin(welcome);
                    break;
                case MqttConnAckPacket { ReasonCode: not MqttConnectReasonCode.Success } refusal:
                    Note(NetWords.Of(refusal.ReasonCode, refusal.ReasonString));
                    return;
                case MqttDisconnectPacket end:
                    Note(NetWords.Of(end.ReasonCode, end.ReasonString));
                    return;
                default:
                    Note($"The broker broke the protocol with a packet that it may not send: {packet.GetType().Name}.");
                    return;
            }
        }
    }

    private void Begin(MqttConnAckPacket welcome)
    {
        limits = new NetLimits(welcome);
        window = welcome.ReceiveMaximum is 0 or > LargestWindow ? LargestWindow : welcome.ReceiveMaximum;
        keepAlive = welcome.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(welcome.ServerKeepAlive) : connection.KeepAlive;
        lastSent = lastReceived = time.GetTimestamp();
        deadline.Dispose();
        watch = time.CreateTimer(static session => ((NetSession)session!).Watch(), this, keepAlive / 4, keepAlive / 4);
        Tell(new MqttLinkEvent.Connected());
    }

    /// <summary>Looks four times in a keep-alive whether the line lives; on monotonic time, since clocks jump when a box boots.</summary>
    private void Watch()
    {
        var silence = time.GetElapsedTime(Volatile.Read(ref lastReceived));
        if (silence >= keepAlive * 1.5)
        {
            End("The broker did not answer a ping; the line is dead.");
        }
        else if (OldestUnanswered() is { } sentAt && time.GetElapsedTime(sentAt) >= AnswerDeadline)
        {
            End($"The broker did not answer a message within {AnswerDeadline.TotalSeconds:0} s.");
        }
        else if (silence >= keepAlive * 0.75 || time.GetElapsedTime(Volatile.Read(ref lastSent)) >= keepAlive * 0.75)
        {
            pingAsked = true;
            Wake();
        }
    }

    private Task SendAsync(ILowLevelMqttClient client, MqttPacket packet)
    {
        Volatile.Write(ref lastSent, time.GetTimestamp());
        return client.SendAsync(packet, stop.Token);
    }

    private async Task SendAsync(ILowLevelMqttClient client, Order order)
    {
        if (order.Filters is { } filters)
        {
            await SubscribeAsync(client, filters);
            return;
        }

        var message = order.Message!;
        var once = message.Quality == MqttQuality.AtLeastOnce;
        if (limits.RefusalOf(message) is var refusal and not 0)
        {
            outbox.Settle(message.Payload.Length);
            if (once)
            {
                Tell(new MqttLinkEvent.Published(order.Handle, refusal));
            }

            return;
        }

        var packet = new MqttPublishPacket
        {
            Topic = message.Topic,
            Payload = new ReadOnlySequence<byte>(message.Payload),
            Retain = message.Retain,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.Quality,
            PacketIdentifier = once ? Expect(order.Handle, message.Payload.Length) : (ushort)0,
        };
        await SendAsync(client, packet);
        if (!once)
        {
            outbox.Settle(message.Payload.Length);
        }
    }

    private Task SubscribeAsync(ILowLevelMqttClient client, IReadOnlyList<string> filters)
    {
        if (!filters.All(NetLimits.IsFilter))
        {
            Tell(new MqttLinkEvent.Subscribed([.. filters.Select(_ => NetLimits.TopicFilterInvalid)]));
            return Task.CompletedTask;
        }

        var packet = new MqttSubscribePacket { TopicFilters = [.. filters.Select(filter => new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce })] };
        lock (unanswered)
        {
            packet.PacketIdentifier = NextId();
            subscribing.Add(packet.PacketIdentifier);
        }

        return SendAsync(client, packet);
    }

    private void Take(MqttPublishPacket message)
    {
        var length = (int)message.Payload.Length;
        if (!silent && events.HasRoomFor(length))
        {
            Tell(new MqttLinkEvent.Received(message.Topic, message.Payload.ToArray(), message.Retain));
        }
    }

    private void Answered(ushort id, int reasonCode)
    {
        bool known, wasFull;
        (int Handle, int Bytes, long SentAt) sent;
        lock (unanswered)
        {
            wasFull = unanswered.Count >= window;
            known = unanswered.Remove(id, out sent);
        }

        if (known)
        {
            outbox.Settle(sent.Bytes);
            Tell(new MqttLinkEvent.Published(sent.Handle, reasonCode));
            if (wasFull || leaving)
            {
                Wake();
            }
        }
    }

    private void Subscribed(MqttSubAckPacket ack)
    {
        bool known;
        lock (unanswered)
        {
            known = subscribing.Remove(ack.PacketIdentifier);
        }

        if (known)
        {
            Tell(new MqttLinkEvent.Subscribed([.. ack.ReasonCodes.Select(code => (int)code)]));
        }
    }

    private bool HasRoom()
    {
        lock (unanswered)
        {
            return connected && unanswered.Count < window;
        }
    }

    private long? OldestUnanswered()
    {
        lock (unanswered)
        {
            return unanswered.Count == 0 ? null : unanswered.Values.Min(sent => sent.SentAt);
        }
    }

    // Before it is sent, so that the answer finds it.
    private ushort Expect(int handle, int bytes)
    {
        lock (unanswered)
        {
            var id = NextId();
            unanswered.Add(id, (handle, bytes, time.GetTimestamp()));
            return id;
        }
    }

    // Free ones always remain: the window is smaller than the numbers, and few subscriptions are under way.
    private ushort NextId()
    {
        do
        {
            lastId = lastId == ushort.MaxValue ? (ushort)1 : (ushort)(lastId + 1);
        }
        while (unanswered.ContainsKey(lastId) || subscribing.Contains(lastId));

        return lastId;
    }
}
