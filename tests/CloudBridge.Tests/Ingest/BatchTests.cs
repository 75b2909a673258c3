using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Store;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class BatchTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(30);

    public void Dispose() => bridge.Dispose();

    private Ack TrueAck(long upTo) => new(log.Centre, log.Epoch, upTo, log.HashAt(upTo));

    [Fact]
    public void The_first_batch_of_an_epoch_is_stored_and_acknowledged_with_the_chains_hash()
    {
        Assert.Equal(TrueAck(5), bridge.SendAndHear(log, 1, 5));
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
    }

    [Fact]
    public void A_batch_that_continues_the_log_is_taken()
    {
        bridge.SendAndHear(log, 1, 5);
        Assert.Equal(TrueAck(9), bridge.SendAndHear(log, 6, 9));
        Assert.Equal(log.Events.Take(9), bridge.Stored(log));
    }

    [Fact]
    public void What_is_held_already_is_trimmed_from_a_batch()
    {
        bridge.SendAndHear(log, 1, 5);
        Assert.Equal(TrueAck(9), bridge.SendAndHear(log, 3, 9));
        Assert.Equal(log.Events.Take(9), bridge.Stored(log));
    }

    [Fact]
    public void The_same_batch_twice_is_stored_once_and_acknowledged_each_time()
    {
        Assert.Equal(TrueAck(5), bridge.SendAndHear(log, 1, 5));
        Assert.Equal(TrueAck(5), bridge.SendAndHear(log, 1, 5));
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
    }

    [Fact]
    public void A_late_duplicate_is_answered_with_where_the_log_stands()
    {
        bridge.SendAndHear(log, 1, 9);
        Assert.Equal(TrueAck(9), bridge.SendAndHear(log, 2, 4));
        Assert.Empty(bridge.Store.ReadQuarantine(10));
    }

    [Fact]
    public void A_late_duplicate_within_one_group_is_compared_after_the_commit()
    {
        bridge.Deliver(log, 1, 5);
        bridge.Deliver(log, 6, 9);
        bridge.Deliver(log, 2, 4);
        bridge.Settle();
        Assert.All(bridge.TakeAcks(log), ack => Assert.Equal(TrueAck(9), ack));
        Assert.Equal(log.Events.Take(9), bridge.Stored(log));
    }

    [Theory]
    [InlineData(3, 9)]
    [InlineData(2, 4)]
    [InlineData(1, 5)]
    public void Another_body_for_a_known_number_goes_to_quarantine_and_hears_the_true_ack(long from, long to)
    {
        bridge.SendAndHear(log, 1, 5);
        var fork = new SourceLog("viet-tri").Grow(30, "Một lịch sử khác");
        Assert.Equal(TrueAck(5), bridge.SendAndHear(fork, from, to));
        Assert.Equal(log.Events.Take(5), bridge.Stored(log));
        Assert.Equal("viet-tri", Assert.Single(bridge.Store.ReadQuarantine(10)).Centre?.Value);
    }

    [Fact]
    public void A_batch_from_the_future_hears_the_true_ack_and_nothing_is_stored()
    {
        bridge.SendAndHear(log, 1, 5);
        Assert.Equal(TrueAck(5), bridge.SendAndHear(log, 8, 9));
        Assert.Equal(5, bridge.End(log).UpTo);
        Assert.Equal(1, bridge.Status.Now.WrongPlace);
        Assert.Empty(bridge.Store.ReadQuarantine(10));
    }

    [Fact]
    public void A_batch_of_an_unknown_epoch_that_does_not_start_at_1_hears_that_nothing_is_held() =>
        Assert.Equal(new Ack(log.Centre, log.Epoch, 0, ChainHash.Genesis), bridge.SendAndHear(log, 3, 9));

    [Fact]
    public void A_wrong_previous_hash_is_refused()
    {
        bridge.SendAndHear(log, 1, 5);
        bridge.Link.Deliver(log.Topic, (log.Batch(6, 9) with { Prev = log.HashAt(4) }).ToBytes());
        Assert.Equal(TrueAck(5), bridge.Hear(log));
        Assert.Equal(5, bridge.End(log).UpTo);
        Assert.Single(bridge.Store.ReadQuarantine(10));
    }

    [Fact]
    public void A_declared_gap_right_after_what_is_held_is_recorded_and_passed()
    {
        bridge.SendAndHear(log, 1, 5);
        bridge.Link.Deliver(log.Topic, log.Batch(11, 15, log.Gap(6, 10)).ToBytes());
        Assert.Equal(TrueAck(15), bridge.Hear(log));
        Assert.Equal(TrueAck(20), bridge.SendAndHear(log, 16, 20));
        Assert.Equal(log.Events.Take(5).Concat(log.Events.Skip(10).Take(10)), bridge.Stored(log));
        Assert.Equal(log.Gap(6, 10), Assert.Single(bridge.Store.Commits.SelectMany(c => c.Appends), a => a.Gap is not null).Gap);
    }

    [Fact]
    public void A_new_epoch_may_begin_with_a_gap()
    {
        bridge.Link.Deliver(log.Topic, log.Batch(11, 15, log.Gap(1, 10)).ToBytes());
        Assert.Equal(TrueAck(15), bridge.Hear(log));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(4)]
    public void A_declared_gap_that_starts_elsewhere_is_not_passed(long from)
    {
        bridge.SendAndHear(log, 1, 5);
        bridge.Link.Deliver(log.Topic, log.Batch(11, 15, log.Gap(from, 10)).ToBytes());
        Assert.Equal(TrueAck(5), bridge.Hear(log));
    }

    [Fact]
    public void A_new_epoch_starts_a_log_of_its_own()
    {
        var next = new SourceLog("viet-tri", epoch: 2).Grow(3);
        bridge.SendAndHear(log, 1, 5);
        Assert.Equal(new Ack(next.Centre, next.Epoch, 3, next.HashAt(3)), bridge.SendAndHear(next, 1, 3));
        Assert.Equal(5, bridge.End(log).UpTo);
    }

    [Fact]
    public void Batches_of_two_centres_are_committed_together()
    {
        var other = new SourceLog("lam-thao", epoch: 7).Grow(4);
        bridge.Deliver(log, 1, 5);
        bridge.Deliver(other, 1, 4);
        bridge.Deliver(log, 6, 9);
        bridge.Step();
        Assert.Equal(3, Assert.Single(bridge.Store.Commits).Appends.Count);
        Assert.Equal(2, bridge.Link.Sent.Count);
        Assert.Equal(TrueAck(9), Assert.Single(bridge.TakeAcks(log)));
    }

    [Fact]
    public void A_group_is_bounded_and_the_rest_follows()
    {
        using var small = new BridgeRig(new IngestGroupLimits(Messages: 2));
        for (var i = 1; i <= 5; i++)
        {
            small.Deliver(log, i, i);
        }

        small.Settle();
        Assert.Equal([2, 2, 1], small.Store.Commits.Where(c => c.Appends.Count > 0).Select(c => c.Appends.Count));
        Assert.Equal(log.Events.Take(5), small.Stored(log));
    }

    [Fact]
    public void Events_are_kept_bit_for_bit_even_with_spaces_and_unknown_fields()
    {
        const string odd = """{ "seq" : "1","source":"/centres/viet-tri",  "mới": [1, {"x":"\u0041"}] }""";
        var message = $$"""{"epoch":"00000000000000aa","from":"1","prev":"{{ChainHash.Genesis}}","events":[ {{odd}} ],"future":0}""";
        bridge.Link.Deliver(log.Topic, System.Text.Encoding.UTF8.GetBytes(message));
        bridge.Settle();
        var stored = bridge.Store.ReadLog(new LogId(log.Centre, new EpochId(0xaa)), 1, 1);
        Assert.Equal(odd, System.Text.Encoding.UTF8.GetString(Assert.Single(Assert.Single(stored).Events).Span));
    }
}
