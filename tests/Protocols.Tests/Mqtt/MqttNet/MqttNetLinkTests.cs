using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Mqtt.MqttNet;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Mqtt.MqttNet;

/// <summary>The contract over MQTTnet, and the library's known traps. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
public sealed class MqttNetLinkTests : MqttLinkContract
{
    private static readonly byte[] Welcome = [0x20, 3, 0, 0, 0];

    [Fact]
    public void A_message_that_is_never_answered_ends_the_connection_at_its_own_deadline()
    {
        using var broker = new SilentBroker(Welcome);
        var time = new ManualTime();
        using var link = Connected(broker, time);
        link.Link.Publish(Message("x", "1"));
        Assert.True(broker.Hears());
        PassAPing(time, link);
        time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.Empty(link.TakeRest());
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Contains("within 30 s", Assert.IsType<MqttLinkEvent.Lost>(Assert.Single(link.TakeRest())).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_changes_nothing()
    {
        using var broker = new SilentBroker(Welcome);
        var time = new ManualTime();
        using var link = Connected(broker, time);
        time.StepWallClock(TimeSpan.FromDays(-20_000));
        PassAPing(time, link);
        PassAPing(time, link);
        time.StepWallClock(TimeSpan.FromDays(30_000));
        PassAPing(time, link);
        PassAPing(time, link);
        Assert.Empty(link.TakeRest());
        broker.AnswersPings = false;
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Contains("ping", Assert.IsType<MqttLinkEvent.Lost>(Assert.Single(link.TakeRest())).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_messages_are_under_way_than_the_broker_allows()
    {
        using var broker = new SilentBroker([0x20, 6, 0, 0, 3, 0x21, 0, 3]); // Receive Maximum 3 (MQTT 5, 3.2.2.3.3).
        using var link = Connected(broker, new ManualTime());
        for (var i = 0; i < 50; i++)
        {
            Assert.True(link.Link.Publish(Message("x", "1")) > 0);
        }

        link.Link.Disconnect(); // Waits its 2 s for the answers, so whatever was sent has come.
        Assert.Equal(3, broker.Publishes);
    }

    [Fact]
    public void A_message_larger_than_the_broker_takes_is_refused_and_the_link_stays()
    {
        using var broker = new LiveMosquitto("max_packet_size 2000");
        using var link = Watch().Connected(To(broker, "a"));
        Assert.Equal(0x95, link.Publish(new MqttMessage("x", new byte[2000], MqttQuality.AtLeastOnce)).ReasonCode);
        Assert.False(link.Publish(Message("x", "1")).Refused);
    }

    [Theory]
    [InlineData(0x20, 3, 0, 0, 0, 0x62, 2, 0, 1)] // PUBREL for a message that nobody sent.
    [InlineData(0x20, 3, 0, 0, 0, 0x34, 6, 0, 1, 0x78, 0, 1, 0)] // PUBLISH of quality 2, which was not asked for.
    [InlineData(0x20, 3, 0, 0, 0, 0x20, 3, 0, 0, 0)] // A second CONNACK.
    [InlineData(0x20, 3, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff)] // A length that has no end.
    public void A_broker_that_breaks_the_protocol_is_left_once_and_with_a_reason(params int[] said)
    {
        using var broker = new SilentBroker([.. said.Select(value => (byte)value)]);
        using var link = new LinkWatch(NewLink());
        link.Link.Connect(To(broker));
        Assert.NotEmpty(link.Take<MqttLinkEvent.Lost>().Reason);
        Assert.Empty(link.TakeRest());
        Assert.Equal(-1, link.Link.Publish(Message("x", "1")));
    }

    [Fact]
    public void Answers_to_nothing_change_nothing()
    {
        using var broker = new SilentBroker([.. Welcome, 0x40, 2, 0, 9, 0x90, 4, 0, 9, 0, 1, 0xd0, 0]); // PUBACK, SUBACK and PINGRESP.
        using var link = Connected(broker, new ManualTime());
        link.Link.Publish(Message("x", "1"));
        Assert.True(broker.Hears());
        Assert.Empty(link.TakeRest());
    }

    protected override IMqttLink NewLink(int maxQueuedMessages = 4096, TimeProvider? time = null) => new MqttNetLink(time, maxQueuedMessages);

    private static MqttConnection To(SilentBroker broker) => new("127.0.0.1", broker.Port, "a", null, TimeSpan.FromSeconds(20));

    private LinkWatch Connected(SilentBroker broker, ManualTime time) => new LinkWatch(NewLink(time: time)).Connected(To(broker));

    // Three quarters of the keep-alive in silence, then a ping and its answer.
    private static void PassAPing(ManualTime time, LinkWatch link)
    {
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("p", link.Take<MqttLinkEvent.Received>().Topic);
    }
}
