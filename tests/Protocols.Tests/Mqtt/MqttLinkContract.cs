using System.Text;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Mqtt;

/// <summary>What every <see cref="IMqttLink"/> promises, tried against a real Mosquitto. A second implementation derives from this and brings its own constructor.</summary>
public abstract partial class MqttLinkContract
{
    private const MqttQuality Qos1 = MqttQuality.AtLeastOnce;

    protected abstract IMqttLink NewLink(int maxQueuedMessages = 4096, TimeProvider? time = null);

    [Fact]
    public void A_refused_connection_is_lost_with_a_reason()
    {
        using var broker = new LiveMosquitto();
        broker.Stop();
        using var link = Watch();
        link.Link.Connect(To(broker, "a"));
        Assert.Contains("refused", link.Take<MqttLinkEvent.Lost>().Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(-1, link.Link.Publish(Message("x", "1")));
    }

    [Fact]
    public void A_host_that_does_not_exist_is_lost_with_a_reason()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Host = "no-such-host.invalid" });
        Assert.Contains("resolve", link.Take<MqttLinkEvent.Lost>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_lost_with_the_brokers_reason()
    {
        using var broker = new LiveMosquitto(anonymous: false);
        using var link = Watch();
        link.Link.Connect(To(broker, "a") with { Login = new MqttLogin("phuong-viet-tri", "wrong") });
        Assert.Contains("authori", link.Take<MqttLinkEvent.Lost>().Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_name_that_has_two_kinds_of_address_connects_over_the_one_that_listens()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a") with { Host = "localhost" });
    }

    [Fact]
    public void A_second_connect_while_connected_is_a_mistake_of_the_caller()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        Assert.Throws<InvalidOperationException>(() => link.Link.Connect(To(broker, "a")));
    }

    [Fact]
    public void Without_a_connection_nothing_is_sent_and_nothing_fails()
    {
        using var link = Watch();
        Assert.Equal(-1, link.Link.Publish(Message("x", "1")));
        link.Link.Subscribe(["x"]);
        link.Link.Disconnect();
        Assert.Empty(link.TakeRest());
    }

    [Fact]
    public void A_message_of_quality_1_is_answered_under_its_handle()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        var handles = Enumerable.Range(0, 500).Select(i => link.Link.Publish(Message("x", $"{i}"))).ToArray();
        Assert.Equal(500, handles.Distinct().Count());
        foreach (var handle in handles)
        {
            Assert.False(link.Take<MqttLinkEvent.Published>(p => p.Handle == handle).Refused);
        }
    }

    [Fact]
    public void A_message_that_the_access_list_forbids_is_published_refused()
    {
        using var broker = new LiveMosquitto(
            "acl_file {dir}/acl", new Dictionary<string, string> { ["acl"] = "topic write allowed/#\ntopic read allowed/#\n" });
        using var link = Watch().Connected(To(broker, "a"));
        var refused = link.Publish(Message("forbidden/x", "1"));
        Assert.Equal(0x87, refused.ReasonCode);
        Assert.True(refused.Refused);
        Assert.False(link.Publish(Message("allowed/x", "1")).Refused);
    }

    [Theory]
    [InlineData("a/+/b")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_topic_that_cannot_be_is_refused_and_the_link_stays(string topic)
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        Assert.Equal(0x90, link.Publish(Message(topic, "1")).ReasonCode);
        Assert.False(link.Publish(Message("x", "1")).Refused);
    }

    [Fact]
    public void A_filter_that_cannot_be_is_refused_and_the_link_stays()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        link.Link.Subscribe(["a/#/b", "c"]);
        Assert.Equal([0x8f, 0x8f], link.Take<MqttLinkEvent.Subscribed>().ReasonCodes);
        Assert.False(link.Publish(Message("x", "1")).Refused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    [InlineData(256 * 1024)]
    public void Every_byte_of_a_message_arrives(int length)
    {
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        using var broker = new LiveMosquitto();
        using var receiver = Watch().Connected(To(broker, "r") with { MaxPacketBytes = 300 * 1024 }).Subscribed("motcua/#");
        using var sender = Watch().Connected(To(broker, "s"));
        sender.Publish(new MqttMessage("motcua/v1/phú-thọ", payload, Qos1));
        var received = receiver.Take<MqttLinkEvent.Received>();
        Assert.Equal("motcua/v1/phú-thọ", received.Topic);
        Assert.True(payload.AsSpan().SequenceEqual(received.Payload.Span));
        Assert.False(received.Retain);
    }

    [Theory]
    [InlineData(MqttQuality.AtMostOnce)]
    [InlineData(MqttQuality.AtLeastOnce)]
    public void Messages_arrive_in_the_order_they_were_handed_over(MqttQuality quality)
    {
        using var broker = new LiveMosquitto("max_queued_messages 10000");
        using var receiver = Watch().Connected(To(broker, "r")).Subscribed("x");
        using var sender = Watch().Connected(To(broker, "s"));
        for (var i = 0; i < 2000; i++)
        {
            Assert.True(sender.Link.Publish(Message("x", $"{i}") with { Quality = quality }) > 0);
        }

        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal($"{i}", Encoding.UTF8.GetString(receiver.Take<MqttLinkEvent.Received>().Payload.Span));
        }
    }

    [Fact]
    public void A_message_larger_than_the_link_takes_is_not_delivered()
    {
        using var broker = new LiveMosquitto();
        using var receiver = Watch().Connected(To(broker, "r") with { MaxPacketBytes = 2000 }).Subscribed("x");
        using var sender = Watch().Connected(To(broker, "s"));
        sender.Publish(new MqttMessage("x", new byte[4000], Qos1));
        sender.Publish(Message("x", "small"));
        Assert.Equal(5, receiver.Take<MqttLinkEvent.Received>().Payload.Length);
    }

    [Fact]
    public void A_retained_message_is_marked_when_it_comes_late()
    {
        using var broker = new LiveMosquitto();
        using var sender = Watch().Connected(To(broker, "s"));
        sender.Publish(Message("x", "kept") with { Retain = true });
        using var receiver = Watch().Connected(To(broker, "r")).Subscribed("x");
        Assert.True(receiver.Take<MqttLinkEvent.Received>().Retain);
    }

    protected LinkWatch Watch(int maxQueuedMessages = 4096) => new(NewLink(maxQueuedMessages));

    protected static MqttConnection To(LiveMosquitto broker, string clientId, MqttMessage? will = null, int keepAliveSeconds = 60) =>
        new(broker.Host, broker.Port, clientId, will, TimeSpan.FromSeconds(keepAliveSeconds));

    protected static MqttMessage Message(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text), Qos1);

    protected static string Text(MqttLinkEvent.Received received) => Encoding.UTF8.GetString(received.Payload.Span);
}
