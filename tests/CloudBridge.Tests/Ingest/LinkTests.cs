using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class LinkTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(10);

    public void Dispose() => bridge.Dispose();

    [Fact]
    public void Events_are_subscribed_as_shared_and_everything_else_by_each_replica() =>
        Assert.Equal([Topics.SharedEvents, .. Topics.BridgeFilters], bridge.Link.Filters);

    [Fact]
    public void A_lost_link_is_tried_again_with_growing_pauses_up_to_half_a_minute()
    {
        bridge.Link.AnswersConnect = false;
        bridge.Link.Break();
        var pauses = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            bridge.Settle();
            pauses.Add(bridge.LastRest.TotalSeconds);
            var attempts = bridge.Link.Attempts;
            bridge.Time.Advance(bridge.LastRest);
            bridge.Step();
            Assert.Equal(attempts + 1, bridge.Link.Attempts);
            bridge.Link.Break("refused");
        }

        Assert.InRange(pauses[0], 0.25, 0.5);
        Assert.All(pauses, pause => Assert.InRange(pause, 0.25, 30));
        Assert.True(pauses[^1] >= 15, $"the last pause was {pauses[^1]} s");
        Assert.Equal("refused", bridge.Status.Now.LinkFault);
    }

    [Fact]
    public void After_a_reconnect_the_filters_are_subscribed_anew_and_the_log_goes_on()
    {
        bridge.SendAndHear(log, 1, 5);
        bridge.Link.Break();
        bridge.Settle();
        Assert.NotNull(bridge.Status.Now.LinkFault);
        bridge.Time.Advance(bridge.LastRest);
        bridge.Settle();
        Assert.Null(bridge.Status.Now.LinkFault);
        Assert.Equal(9, bridge.SendAndHear(log, 6, 9)?.UpTo);
    }

    [Fact]
    public void A_refused_subscription_is_told_and_tried_again()
    {
        bridge.Link.SubscribeCode = 0x87;
        bridge.Link.Break();
        bridge.Settle();
        bridge.Time.Advance(TimeSpan.FromSeconds(1));
        bridge.Settle();
        Assert.Contains("refused", bridge.Status.Now.LinkFault, StringComparison.Ordinal);
        bridge.Link.SubscribeCode = 1;
        bridge.Time.Advance(TimeSpan.FromSeconds(30));
        bridge.Settle();
        Assert.Null(bridge.Status.Now.LinkFault);
    }

    [Fact]
    public void What_a_rush_made_the_link_drop_is_asked_for_again_once_when_the_rush_has_passed()
    {
        bridge.Link.DroppedMessages = 3;
        bridge.Settle();
        bridge.Time.Advance(TimeSpan.FromSeconds(4));
        bridge.Link.DroppedMessages = 5;
        bridge.Settle();
        bridge.Time.Advance(TimeSpan.FromSeconds(4));
        bridge.Settle();
        Assert.NotEqual(Topics.BridgeFilters, bridge.Link.Filters);

        bridge.Time.Advance(bridge.LastRest);
        bridge.Settle();
        Assert.Equal(Topics.BridgeFilters, bridge.Link.Filters);
        Assert.Null(bridge.Status.Now.LinkFault);
        Assert.Equal(1, bridge.Link.Attempts);
        bridge.Link.Subscribe([]);
        bridge.Time.Advance(TimeSpan.FromMinutes(1));
        bridge.Settle();
        Assert.Empty(bridge.Link.Filters);
    }

    [Fact]
    public void Messages_that_arrived_before_the_link_broke_are_still_taken()
    {
        bridge.Deliver(log, 1, 5);
        bridge.Link.Break();
        bridge.Settle();
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
    }
}
