using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class StoreFailureTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(20);

    public void Dispose() => bridge.Dispose();

    private void PassThePause() => bridge.Time.Advance(TimeSpan.FromSeconds(10));

    [Fact]
    public void Nothing_is_acknowledged_that_was_not_committed_and_a_resend_is_taken_once()
    {
        bridge.Store.Fails = true;
        Assert.Null(bridge.SendAndHear(log, 1, 5));
        Assert.Contains("full", bridge.Status.Now.StoreFault, StringComparison.Ordinal);

        bridge.Store.Fails = false;
        PassThePause();
        bridge.Settle();
        Assert.Null(bridge.Status.Now.StoreFault);
        Assert.Equal(new Ack(log.Centre, log.Epoch, 5, log.HashAt(5)), bridge.SendAndHear(log, 1, 5));
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
    }

    [Fact]
    public void The_store_is_tried_again_without_a_message_that_needs_it()
    {
        bridge.Store.Fails = true;
        bridge.SendAndHear(log, 1, 5);
        bridge.Store.Fails = false;
        Assert.InRange(bridge.LastRest, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.5));
        bridge.Time.Advance(bridge.LastRest);
        bridge.Step();
        Assert.Null(bridge.Status.Now.StoreFault);
    }

    [Fact]
    public void What_a_centre_says_of_itself_is_shown_at_once_and_stored_when_the_store_is_back()
    {
        bridge.Store.Fails = true;
        bridge.Link.Deliver(Topics.State(log.Centre), Encoding.UTF8.GetBytes("""{"state":"online","session":7}"""));
        bridge.Settle();
        Assert.Equal("online", bridge.Fleet.Find(log.Centre)?.Summary.State);

        bridge.Store.Fails = false;
        PassThePause();
        bridge.Settle();
        bridge.Restart();
        Assert.Equal("online", bridge.Fleet.Find(log.Centre)?.Summary.State);
    }

    [Fact]
    public void A_bridge_that_dies_between_receive_and_commit_loses_nothing()
    {
        bridge.SendAndHear(log, 1, 5);
        bridge.Deliver(log, 6, 9);
        bridge.Restart();
        Assert.Equal(5, bridge.End(log).UpTo);
        Assert.Equal(9, bridge.SendAndHear(log, 6, 9)?.UpTo);
        Assert.Equal(log.Events.Take(9), bridge.Stored(log));
    }

    [Fact]
    public void A_bridge_that_dies_between_commit_and_ack_answers_the_resend()
    {
        bridge.SendAndHear(log, 1, 5);
        bridge.Restart();
        Assert.Equal(new Ack(log.Centre, log.Epoch, 5, log.HashAt(5)), bridge.SendAndHear(log, 1, 5));
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
    }

    [Fact]
    public void An_end_that_cannot_be_read_after_the_commit_hides_no_committed_event_and_the_resend_is_acknowledged()
    {
        var other = new SourceLog("viet-tri", epoch: 2).Grow(3);
        bridge.Store.UnreadableEnd = new LogId(other.Centre, other.Epoch);
        bridge.Link.Deliver(Topics.Birth(other.Centre), JsonSerializer.SerializeToUtf8Bytes(
            new BirthMessage(1, "Việt Trì", "0.1.0", "", [new(other.Epoch.ToString(), 1, 3)], []), StateJson.Default.BirthMessage));
        bridge.Deliver(log, 1, 5);
        bridge.Step();
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
        Assert.Equal(5, bridge.Fleet.Find(log.Centre)?.Summary.Held);
        Assert.NotNull(bridge.Fleet.Find(log.Centre)?.Summary.LastEvent);
        Assert.Equal(1, bridge.Status.Now.StoreFailures);

        bridge.Store.UnreadableEnd = null;
        bridge.Settle();
        bridge.Link.Sent.Clear();
        Assert.Equal(new Ack(log.Centre, log.Epoch, 5, log.HashAt(5)), bridge.SendAndHear(log, 1, 5));
        Assert.Equal(new Ack(other.Centre, other.Epoch, 3, other.HashAt(3)), bridge.SendAndHear(other, 1, 3));
        Assert.Equal(8, bridge.Fleet.Find(log.Centre)?.Summary.Held);
    }

    [Fact]
    public void Where_another_bridge_was_faster_the_group_is_judged_again_at_once_and_nothing_is_twice()
    {
        using var rig = new BridgeRig(shared: true);
        var (one, other) = (new SourceLog("viet-tri").Grow(10), new SourceLog("lam-thao", epoch: 2).Grow(5));
        rig.Store.Faster = store => store.Commit(new BridgeWrites(
            [new LogAppend(new LogId(one.Centre, one.Epoch), LogEnd.Empty, null, one.Batch(1, 10).Events, new LogEnd(10, one.HashAt(10)))], [], []));
        rig.Deliver(one, 1, 10);
        rig.Deliver(other, 1, 5);
        rig.Link.Deliver(one.Topic, "rubbish"u8.ToArray());
        rig.Settle();

        Assert.Equal(one.Events, rig.Stored(one));
        Assert.Equal(other.Events, rig.Stored(other));
        Assert.Equal([10, 5], new[] { one, other }.Select(each => Assert.Single(rig.PeekAcks(each)).UpTo));
        Assert.Equal(1, Assert.Single(rig.Store.ReadQuarantine(10)).Seen);
        Assert.Equal((null, 0L), (rig.Status.Now.StoreFault, rig.Status.Now.StoreFailures));
    }

    [Fact]
    public void A_bridge_that_shares_its_store_looks_where_a_log_stands_before_it_judges()
    {
        using var rig = new BridgeRig(shared: true);
        log.Grow(10);
        Assert.Equal(10, rig.SendAndHear(log, 1, 10)?.UpTo);
        rig.Store.Commit(new BridgeWrites(
            [new LogAppend(new LogId(log.Centre, log.Epoch), new LogEnd(10, log.HashAt(10)), null, log.Batch(11, 20).Events, new LogEnd(20, log.HashAt(20)))], [], []));
        Assert.Equal(30, rig.SendAndHear(log, 21, 30)?.UpTo);
        Assert.Equal(log.Events, rig.Stored(log));
    }
}
