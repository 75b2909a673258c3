using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

public sealed class ShippingTests
{
    [Fact]
    public void Nothing_is_sent_before_the_bridge_has_answered_the_birth_and_the_birth_is_said_again()
    {
        using var bench = new UplinkBench();
        bench.Issue(3);
        bench.Bridge.Silent = true;
        bench.Online();
        bench.Run(TimeSpan.FromSeconds(59));
        Assert.Equal(1, bench.Bridge.Births);
        Assert.Empty(bench.Bridge.Batches);
        bench.Bridge.Silent = false;
        bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(2, bench.Bridge.Births);
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void One_batch_is_in_flight_and_load_batches_itself()
    {
        using var bench = new UplinkBench().Online();
        bench.Bridge.Silent = true;
        bench.Bridge.Batches.Clear();
        bench.Issue(1);
        bench.Settle();
        var first = Assert.Single(bench.Bridge.Batches);
        bench.Issue(150);
        bench.Run(TimeSpan.FromSeconds(9));
        Assert.Same(first, Assert.Single(bench.Bridge.Batches));
        bench.Bridge.Silent = false;
        bench.Bridge.Say(bench.Epoch);
        bench.Settle();
        Assert.InRange(bench.Bridge.Batches.Count, 2, 4);
        Assert.All(bench.Bridge.Batches, batch => Assert.InRange(batch.Events.Count, 1, EventBatch.MaxEvents));
        bench.BridgeHoldsTheJournal();
        Assert.Equal(0, bench.Uplink.Pending);
    }

    [Fact]
    public void Batches_keep_to_two_hundred_events_and_64_KB()
    {
        using var bench = new UplinkBench();
        for (var i = 0; i < 450; i++)
        {
            bench.Edge.Loop.Record(new CallDelivered(i + 1, "x", "done"), light: true);
        }

        for (var i = 0; i < 200; i++)
        {
            bench.Edge.Loop.Record(new DeviceChanged($"d{i}", "failed", "device.not-answering", new string('ế', 200)), light: false);
        }

        bench.Edge.StepUntilRest();
        bench.Online();
        Assert.Contains(bench.Bridge.Batches, b => b.Events.Count == EventBatch.MaxEvents || b.ToBytes().Length > 60_000);
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void Without_an_acknowledgement_the_same_is_sent_again_after_ten_seconds()
    {
        using var bench = new UplinkBench().Online();
        bench.Bridge.Silent = true;
        bench.Bridge.Batches.Clear();
        bench.Issue(2);
        bench.Run(TimeSpan.FromSeconds(9.5));
        var sent = bench.Bridge.Batches.Count;
        bench.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(sent + 1, bench.Bridge.Batches.Count);
        Assert.Equal(bench.Bridge.Batches[0].From, bench.Bridge.Batches[^1].From);
        bench.Bridge.Silent = false;
        bench.Run(TimeSpan.FromSeconds(10));
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void Words_of_others_for_others_or_about_others_are_not_believed()
    {
        using var bench = new UplinkBench().Online();
        bench.Bridge.Silent = true;
        bench.Issue(2);
        bench.Settle();
        var end = bench.Edge.Journal.Committed;
        using var stranger = ProvinceKey.Create();
        foreach (var word in new[]
        {
            new Ack(LoopBench.Centre, bench.Epoch, end.Seq, end.Hash).Sign(stranger, DateTimeOffset.UnixEpoch),
            new Ack(new CentreId("pt-thanh-mieu"), bench.Epoch, end.Seq, end.Hash).Sign(bench.Bridge.Key, DateTimeOffset.UnixEpoch),
            new Ack(LoopBench.Centre, new EpochId(7), end.Seq, end.Hash).Sign(bench.Bridge.Key, DateTimeOffset.UnixEpoch),
            [1, 2, 3],
            [],
        })
        {
            bench.Link.Deliver(Topics.Ack(LoopBench.Centre), word);
        }

        bench.Link.Deliver(Topics.Ack(new CentreId("pt-thanh-mieu")), new Ack(LoopBench.Centre, bench.Epoch, end.Seq, end.Hash).Sign(bench.Bridge.Key, DateTimeOffset.UnixEpoch));
        bench.Settle();
        Assert.False(bench.Acks.IsForgettable(1, end.Seq));
        Assert.True(bench.Uplink.Pending >= 2);
        bench.Bridge.Say(bench.Epoch);
        Assert.Null(bench.FaultOf("journal"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(5, false)]
    public void Another_history_is_told_and_nothing_of_it_is_sent_or_forgotten_until_it_fits_again(int beyond, bool wrongHash)
    {
        using var bench = new UplinkBench().Online();
        bench.Issue(3);
        bench.Settle();
        var end = bench.Edge.Journal.Committed;
        var hash = wrongHash ? end.Hash.Next([1]) : end.Hash;
        bench.Link.Deliver(Topics.Ack(LoopBench.Centre), new Ack(LoopBench.Centre, bench.Epoch, end.Seq + beyond, hash).Sign(bench.Bridge.Key, DateTimeOffset.UnixEpoch));
        bench.Settle();
        Assert.Equal("uplink.history-differs", bench.FaultOf("journal"));
        var sent = bench.Bridge.Batches.Count;
        bench.Bridge.Silent = true;
        bench.Issue(3);
        bench.Run(TimeSpan.FromSeconds(30));
        Assert.Equal(sent, bench.Bridge.Batches.Count);
        Assert.False(bench.Acks.IsForgettable(1, end.Seq + 1));
        bench.Bridge.Silent = false;
        bench.Run(TimeSpan.FromSeconds(61));
        Assert.Null(bench.FaultOf("journal"));
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void A_bridge_that_lost_its_newest_events_gets_them_again_but_they_stay_forgettable()
    {
        using var bench = new UplinkBench().Online();
        bench.Issue(20);
        bench.Settle();
        var end = bench.Edge.Journal.Committed.Seq;
        bench.Bridge.LoseAfter(bench.Epoch, 7);
        bench.Link.Break();
        bench.Run(TimeSpan.FromSeconds(90));
        bench.BridgeHoldsTheJournal();
        Assert.True(bench.Acks.IsForgettable(1, end));
    }

    [Fact]
    public void A_refusal_of_the_broker_is_told_until_the_province_answers_again()
    {
        using var bench = new UplinkBench().Online();
        bench.Link.Answer = message => message.Topic == Topics.Events(LoopBench.Centre) ? 0x87 : 0;
        bench.Issue(1);
        bench.Settle();
        Assert.Equal("uplink.refused", bench.FaultOf("uplink"));
        bench.Link.Answer = _ => 0;
        bench.Run(TimeSpan.FromSeconds(11));
        Assert.Null(bench.FaultOf("uplink"));
        bench.BridgeHoldsTheJournal();
    }

    [Fact]
    public void A_refused_subscription_is_told()
    {
        using var bench = new UplinkBench();
        bench.Link.SubscriptionAnswer = 0x87;
        bench.Bridge.Silent = true;
        bench.Online();
        Assert.Equal("uplink.refused", bench.FaultOf("uplink"));
    }

    [Fact]
    public void After_damage_both_journals_are_shipped_the_older_first()
    {
        using var before = new UplinkBench();
        before.Issue(10);
        before.Edge.Disk.Poke("0001.0000000000000000001.seg", before.Edge.Disk.Peek("0001.0000000000000000001.seg").AsSpan().IndexOf("A008"u8) + 1, (byte)'!');
        var old = before.Epoch;
        using var after = Damaged(before, before.Bridge);
        after.Online();
        Assert.Equal([old, after.Epoch], before.Bridge.Order);
        Assert.Equal(after.JournalOf(old), before.Bridge.EventsOf(old));
        after.BridgeHoldsTheJournal();
    }

    [Fact]
    public void A_province_that_holds_more_of_a_damaged_journal_than_was_saved_is_no_other_history_and_the_new_one_is_shipped()
    {
        using var before = new UplinkBench().Online();
        before.Issue(10);
        before.Settle();
        before.BridgeHoldsTheJournal();
        var old = before.Epoch;
        before.Edge.Disk.Poke("0001.0000000000000000001.seg", before.Edge.Disk.Peek("0001.0000000000000000001.seg").AsSpan().IndexOf("A008"u8) + 1, (byte)'!');
        using var after = Damaged(before, before.Bridge);
        before.Deliver = after.Link.Deliver;
        after.Issue(2);
        after.Online();
        Assert.Null(after.FaultOf("journal"));
        Assert.Equal(after.JournalOf(after.Epoch), before.Bridge.EventsOf(after.Epoch));
        Assert.Equal(0, after.Uplink.Pending);
        Assert.False(after.Acks.IsForgettable(1, 3));
    }

    [Fact]
    public void What_a_full_card_forgot_is_declared_as_a_gap()
    {
        using var bench = new UplinkBench(options: new JournalOptions { SegmentBytes = 16 * 1024, BudgetBytes = 48 * 1024, SnapshotEvery = 10 });
        var told = new List<string>();
        var keeper = new JournalKeeper(bench.Edge.Journal, () => bench.Edge.Loop.Durable, bench.Time, bench.Acks.IsForgettable, (code, _) => told.Add(code));
        for (var i = 0; i < 40; i++)
        {
            bench.Issue(10);
            LoopBench.Keep(keeper);
        }

        Assert.Contains("journal.gap", told);
        bench.Online();
        var gap = Assert.Single(bench.Bridge.GapsOf(bench.Epoch));
        Assert.Equal(1, gap.From);
        Assert.Equal(bench.Edge.Journal.Committed.Seq, bench.Bridge.UpTo(bench.Epoch));
        bench.BridgeHoldsTheJournal();
    }

    private static UplinkBench Damaged(UplinkBench before, FakeBridge bridge)
    {
        var after = new UplinkBench(2, before.Edge.Disk, before.Time, bridge);
        Assert.Equal(JournalFound.Damaged, after.Edge.Journal.Opening.Found);
        var opening = after.Edge.Journal.Opening;
        after.Edge.Loop.Record(
            new JournalOpened("damage", new JournalEnd(opening.Previous!.Value.Epoch.ToString(), opening.Previous.Value.Seq, opening.Previous.Value.Hash.ToString()), opening.Skip), light: false);
        before.Deliver = after.Link.Deliver;
        return after;
    }
}
