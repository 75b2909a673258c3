using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Mqtt;

/// <content>Bounds of time, memory and descriptors.</content>
public abstract partial class MqttLinkContract
{
    [Fact]
    public void The_deadline_of_an_attempt_runs_on_the_injected_clock()
    {
        using var broker = new LiveMosquitto();
        broker.Freeze();
        var time = new ManualTime();
        using var link = new LinkWatch(NewLink(time: time));
        link.Link.Connect(To(broker, "a"));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(link.TakeRest());
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.IsType<MqttLinkEvent.Lost>(Assert.Single(link.TakeRest()));
    }

    [Fact]
    public void A_broker_that_takes_nothing_is_given_up_before_memory_is()
    {
        using var broker = new LiveMosquitto();
        using var link = Watch().Connected(To(broker, "a"));
        broker.Freeze();
        var handed = 0;
        while (link.Link.Publish(new MqttMessage("x", new byte[64 * 1024], MqttQuality.AtLeastOnce)) > 0)
        {
            handed++;
        }

        Assert.InRange(handed, 500, 1100);
        Assert.Contains("takes nothing", link.Take<MqttLinkEvent.Lost>().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_link_remains_when_it_is_gone()
    {
        using var broker = new LiveMosquitto();
        static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;
        Cycle(20, broker);
        var before = Descriptors();
        Cycle(200, broker);
        Assert.InRange(Descriptors(), 0, before + 40); // Other tests run beside this one; a leak would be 800.
    }

    private void Cycle(int times, LiveMosquitto broker)
    {
        for (var i = 0; i < times; i++)
        {
            using var link = Watch().Connected(To(broker, "a"));
            if (i % 2 == 0)
            {
                link.Link.Disconnect();
            }
        }
    }
}
