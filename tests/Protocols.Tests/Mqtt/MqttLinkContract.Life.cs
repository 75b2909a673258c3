using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Mqtt;

/// <content>Beginnings and ends: wills, goodbyes, broken brokers, bounds.</content>
public abstract partial class MqttLinkContract
{
    [Fact]
    public void A_link_that_breaks_has_its_will_said_and_kept()
    {
        using var broker = new LiveMosquitto();
        using var observer = Watch().Connected(To(broker, "o")).Subscribed("state");
        var broken = Watch().Connected(To(broker, "a", Message("state", "lost") with { Retain = true }));
        broken.Publish(Message("state", "online") with { Retain = true });
        broken.Dispose();
        Assert.Equal("online", Text(observer.Take<MqttLinkEvent.Received>()));
        Assert.Equal("lost", Text(observer.Take<MqttLinkEvent.Received>()));
        using var late = Watch().Connected(To(broker, "l")).Subscribed("state");
        var kept = late.Take<MqttLinkEvent.Received>();
        Assert.Equal(("lost", true), (Text(kept), kept.Retain));
    }

    [Fact]
    public void A_link_that_says_goodbye_sends_what_it_was_handed_and_its_will_is_not_said()
    {
        using var broker = new LiveMosquitto("max_queued_messages 10000");
        using var observer = Watch().Connected(To(broker, "o")).Subscribed("state");
        using var leaving = Watch().Connected(To(broker, "a", Message("state", "lost")));
        for (var i = 0; i < 1000; i++)
        {
            leaving.Link.Publish(Message("state", $"{i}"));
        }

        leaving.Link.Disconnect();
        Assert.Equal(-1, leaving.Link.Publish(Message("state", "too late")));
        Assert.DoesNotContain(leaving.TakeRest(), e => e is MqttLinkEvent.Lost);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal($"{i}", Text(observer.Take<MqttLinkEvent.Received>()));
        }

        observer.Link.Publish(Message("state", "after"));
        Assert.Equal("after", Text(observer.Take<MqttLinkEvent.Received>()));
    }

    [Fact]
    public void After_a_goodbye_the_link_connects_again()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        link.Link.Disconnect();
        link.TakeRest();
        link.Connected(To(broker, "a"));
        Assert.False(link.Publish(Message("x", "1")).Refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_broker_that_ends_is_told_once_and_found_again(bool orderly)
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        if (orderly)
        {
            broker.Stop();
        }
        else
        {
            broker.Kill();
        }

        Assert.NotEmpty(link.Take<MqttLinkEvent.Lost>().Reason);
        Assert.Equal(-1, link.Link.Publish(Message("x", "1")));
        Assert.Empty(link.TakeRest());
        broker.Start();
        link.Connected(To(broker, "a"));
        Assert.False(link.Publish(Message("x", "1")).Refused);
        Assert.Single(link.Seen, e => e is MqttLinkEvent.Lost);
    }

    [Fact]
    public void A_second_client_of_the_same_name_takes_over_and_the_first_is_lost()
    {
        using var broker = new LiveMosquitto();
        using var first = Watch().Connected(To(broker, "a"));
        using var second = Watch().Connected(To(broker, "a"));
        first.Take<MqttLinkEvent.Lost>();
        Assert.False(second.Publish(Message("x", "1")).Refused);
    }

    [Fact]
    public void A_broker_that_falls_silent_is_lost_within_twice_the_keep_alive()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a", keepAliveSeconds: 5));
        var started = TimeProvider.System.GetTimestamp();
        broker.Freeze();
        link.Take<MqttLinkEvent.Lost>();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 4, 14);
        broker.Thaw();
        link.Connected(To(broker, "a"));
    }

    [Fact]
    public void A_goodbye_to_a_silent_broker_takes_at_most_two_seconds()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        broker.Freeze();
        for (var i = 0; i < 200; i++)
        {
            link.Link.Publish(new MqttMessage("x", new byte[64 * 1024], Qos1));
        }

        var started = TimeProvider.System.GetTimestamp();
        link.Link.Disconnect();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 2.5);
        Assert.Empty(link.TakeRest());
    }

    [Fact]
    public void A_broker_that_accepts_but_never_answers_is_lost_within_the_deadline()
    {
        using var broker = new LiveMosquitto();
        broker.Freeze();
        using var link = Watch();
        var started = TimeProvider.System.GetTimestamp();
        link.Link.Connect(To(broker, "a"));
        Assert.Equal(-1, link.Link.Publish(Message("x", "1")));
        Assert.Contains("within 10 s", link.Take<MqttLinkEvent.Lost>().Reason, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 9, 13);
    }

    [Fact]
    public void When_the_owner_is_too_slow_the_newest_messages_are_dropped_and_counted_and_nothing_else()
    {
        using var broker = new LiveMosquitto("max_queued_messages 10000");
        using var slow = Watch(maxQueuedMessages: 10).Connected(To(broker, "r")).Subscribed("x");
        using var sender = Watch().Connected(To(broker, "s"));
        for (var i = 0; i < 100; i++)
        {
            sender.Publish(Message("x", $"{i}"));
        }

        // Taken before the last has come, the queue would have room again and hold a later one.
        Assert.True(SpinWait.SpinUntil(() => slow.Link.DroppedMessages >= 90, TimeSpan.FromSeconds(30)), $"{slow.Link.DroppedMessages} dropped");
        slow.Link.Subscribe(["y"]);
        slow.Take<MqttLinkEvent.Subscribed>();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), slow.Seen.OfType<MqttLinkEvent.Received>().Select(Text));
        Assert.Equal(90, slow.Link.DroppedMessages);
    }

    [Fact]
    public void A_link_may_be_disposed_at_any_moment_of_its_attempt()
    {
        using var broker = new LiveMosquitto();
        var random = new Random(20261121);
        for (var i = 0; i < 100; i++)
        {
            var link = Watch();
            link.Link.Connect(To(broker, $"a{i}"));
            var spin = new SpinWait();
            for (var turns = random.Next(40); turns > 0; turns--)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            link.Dispose();
            Assert.Throws<ObjectDisposedException>(() => link.Link.Connect(To(broker, $"a{i}")));
        }
    }

    [Fact]
    public void Two_hundred_links_live_in_one_process()
    {
        using var broker = new LiveMosquitto("max_queued_messages 10000");
        using var observer = Watch().Connected(To(broker, "o")).Subscribed("x/+");
        var links = Enumerable.Range(0, 200).Select(_ => Watch()).ToArray();
        for (var i = 0; i < links.Length; i++)
        {
            links[i].Link.Connect(To(broker, $"centre-{i}"));
        }

        for (var i = 0; i < links.Length; i++)
        {
            links[i].Take<MqttLinkEvent.Connected>();
            links[i].Link.Publish(Message($"x/{i}", "1"));
        }

        var topics = links.Select(_ => observer.Take<MqttLinkEvent.Received>().Topic).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(200, topics.Count);
        Array.ForEach(links, link => link.Dispose());
    }
}
