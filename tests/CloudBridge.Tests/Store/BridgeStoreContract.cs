using MotCua.CloudBridge.Store;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

/// <summary>What every engine behind <see cref="IBridgeStore"/> does. An engine's test class says only how it is opened.</summary>
public abstract partial class BridgeStoreContract : IDisposable
{
    private readonly SourceLog log = new SourceLog("viet-tri").Grow(20);
    private IBridgeStore? opened;

    protected ManualTime Time { get; } = new();

    private IBridgeStore Store => opened ??= Open(new QuarantineLimits(Rows: 3, Bytes: 1000));

    /// <summary>Opens the same store each time; the one before is closed.</summary>
    protected abstract IBridgeStore Open(QuarantineLimits limits);

    private void Reopen()
    {
        opened?.Dispose();
        opened = null;
    }

    private static LogAppend Append(SourceLog log, long from, long to, DeclaredGap? gap = null)
    {
        var before = gap is null ? from - 1 : gap.From - 1;
        return new LogAppend(
            new LogId(log.Centre, log.Epoch), new LogEnd(before, log.HashAt(before)), gap,
            log.Batch(from, to).Events, new LogEnd(to, log.HashAt(to)));
    }

    private static BridgeWrites Appends(params LogAppend[] appends) => new(appends, [], []);

    private static List<byte[]> Bytes(IEnumerable<ReadOnlyMemory<byte>> events) => [.. events.Select(e => e.ToArray())];

    private static QuarantinedMessage Refused(string payload, string reason = "why") =>
        QuarantinedMessage.Of(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero), "topic", null, reason, System.Text.Encoding.UTF8.GetBytes(payload));

    [Fact]
    public void A_log_that_was_never_seen_is_empty()
    {
        Assert.Equal(LogEnd.Empty, Store.FindEnd(new LogId(log.Centre, log.Epoch)));
        Assert.Empty(Store.ReadEvents(log.Centre, EventPosition.Start, 10).Events);
        Assert.Empty(Store.ReadLastEvents(log.Centre, 10));
    }

    [Fact]
    public void What_was_committed_is_there_after_reopening_bit_for_bit()
    {
        Store.Commit(Appends(Append(log, 1, 5), Append(log, 6, 9)));
        Reopen();
        Assert.Equal(new LogEnd(9, log.HashAt(9)), Store.FindEnd(new LogId(log.Centre, log.Epoch)));
        Assert.Equal(log.Events.Take(9), Bytes(Store.ReadLog(new LogId(log.Centre, log.Epoch), 1, 9).SelectMany(s => s.Events)));
        Store.Commit(Appends(Append(log, 10, 12)));
        Assert.Equal(12, Assert.Single(Store.ReadLogs()).End.UpTo);
    }

    [Fact]
    public void A_group_with_one_append_in_the_wrong_place_writes_nothing()
    {
        var other = new SourceLog("lam-thao").Grow(3);
        Assert.ThrowsAny<BridgeStoreException>(() => Store.Commit(Appends(Append(other, 1, 3), Append(log, 6, 9))));
        Assert.Equal(LogEnd.Empty, Store.FindEnd(new LogId(other.Centre, other.Epoch)));
        Store.Commit(Appends(Append(other, 1, 3)));
        Assert.Equal(3, Store.FindEnd(new LogId(other.Centre, other.Epoch)).UpTo);
    }

    [Fact]
    public void Only_stretches_that_touch_the_range_are_read()
    {
        Store.Commit(Appends(Append(log, 1, 5), Append(log, 6, 9), Append(log, 15, 20, log.Gap(10, 14))));
        Assert.Equal([6], Store.ReadLog(new LogId(log.Centre, log.Epoch), 7, 8).Select(s => s.From));
        Assert.Equal([1, 6], Store.ReadLog(new LogId(log.Centre, log.Epoch), 5, 6).Select(s => s.From));
        Assert.Equal([15], Store.ReadLog(new LogId(log.Centre, log.Epoch), 10, 15).Select(s => s.From));
        Assert.Empty(Store.ReadLog(new LogId(log.Centre, log.Epoch), 11, 13));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(500)]
    public void Pages_give_every_event_of_every_epoch_once_in_the_order_of_commit(int limit)
    {
        var next = new SourceLog("viet-tri", epoch: 2).Grow(4);
        var other = new SourceLog("lam-thao", epoch: 3).Grow(4);
        Store.Commit(Appends(Append(log, 1, 5), Append(other, 1, 4), Append(next, 1, 2)));
        Store.Commit(Appends(Append(log, 6, 9), Append(next, 3, 4)));
        var all = new List<byte[]>();
        var position = EventPosition.Start;
        for (var page = Store.ReadEvents(log.Centre, position, limit); page.Events.Count > 0; page = Store.ReadEvents(log.Centre, position, limit))
        {
            Assert.True(page.Events.Count <= limit);
            all.AddRange(Bytes(page.Events));
            Assert.True(EventPosition.TryParse(page.Next.ToString(), out position));
        }

        Assert.Equal([.. log.Events.Take(5), .. next.Events.Take(2), .. log.Events.Skip(5).Take(4), .. next.Events.Skip(2)], all);
        Assert.Equal([log.Events[8], .. next.Events.Skip(2)], Bytes(Store.ReadLastEvents(log.Centre, 3)));
    }

    [Fact]
    public void A_page_of_one_event_goes_on_from_stretch_to_stretch_whichever_epoch_they_are_of()
    {
        var next = new SourceLog("viet-tri", epoch: 2).Grow(2);
        Store.Commit(Appends(Append(log, 1, 2), Append(log, 3, 3), Append(next, 1, 1), Append(log, 4, 4), Append(next, 2, 2)));
        List<byte[]> all = [];
        for (var page = Store.ReadEvents(log.Centre, EventPosition.Start, 1); page.Events.Count > 0; page = Store.ReadEvents(log.Centre, page.Next, 1))
        {
            all.AddRange(Bytes(page.Events));
        }

        Assert.Equal([.. log.Events.Take(3), next.Events[0], log.Events[3], next.Events[1]], all);
    }

    [Fact]
    public void Stretches_of_all_centres_come_in_the_order_of_commit_with_all_that_is_stored_beside_them()
    {
        var other = new SourceLog("lam-thao").Grow(4);
        Store.Commit(Appends(Append(log, 1, 5), Append(other, 1, 4)));
        Store.Commit(Appends(Append(log, 15, 20, log.Gap(6, 14))) with { ReceivedAt = Time.GetUtcNow() - TimeSpan.FromDays(40) });
        var all = Store.ReadStretches(0, 2).Concat(Store.ReadStretches(Store.ReadStretches(0, 2)[^1].Row, 2)).ToList();
        Assert.Equal([(log.Centre, 1L, 5L), (other.Centre, 1L, 4L), (log.Centre, 15L, 20L)], all.Select(s => (s.Log.Centre, s.From, s.To)));
        Assert.Equal([null, null, log.Gap(6, 14)], all.Select(s => s.Gap));
        Assert.Equal([log.HashAt(5), other.HashAt(4), log.HashAt(20)], all.Select(s => s.Hash));
        Assert.Equal(Time.GetUtcNow() - TimeSpan.FromDays(40), all[2].ReceivedAt);
        Assert.Equal(log.Events.Skip(14).Take(6), Bytes(all[2].Events));
        Assert.Empty(Store.ReadStretches(all[2].Row, 2));
    }

    [Fact]
    public void The_latest_fact_of_a_key_stays_until_it_is_cleared()
    {
        var key = new FactKey(log.Centre, FactKind.Device, "loa-1");
        Store.Commit(new BridgeWrites([], [], [new Fact(key, Time.GetUtcNow(), "one"u8.ToArray())]));
        Store.Commit(new BridgeWrites([], [], [new Fact(key, Time.GetUtcNow(), "two"u8.ToArray())]));
        Reopen();
        var fact = Assert.Single(Store.ReadFacts());
        Assert.Equal((key, Time.GetUtcNow()), (fact.Key, fact.At));
        Assert.Equal("two"u8.ToArray(), fact.Body?.ToArray());
        Store.Commit(new BridgeWrites([], [], [new Fact(key, Time.GetUtcNow(), null)]));
        Assert.Empty(Store.ReadFacts());
    }

    [Fact]
    public void Quarantine_keeps_the_newest_rows()
    {
        Store.Commit(new BridgeWrites([], [Refused("a"), Refused("b"), Refused("c"), Refused("d")], []));
        Assert.Equal([Refused("d").Sha256, Refused("c").Sha256, Refused("b").Sha256], Store.ReadQuarantine(10).Select(q => q.Sha256));
    }

    [Fact]
    public void Quarantine_is_bounded_in_bytes_also_after_reopening()
    {
        Store.Commit(new BridgeWrites([], [Refused(new string('a', 900))], []));
        Reopen();
        Store.Commit(new BridgeWrites([], [Refused(new string('b', 200))], []));
        Assert.Equal(200, Assert.Single(Store.ReadQuarantine(10)).Size);
    }

    [Fact]
    public void The_same_message_refused_again_is_counted_in_its_row()
    {
        Store.Commit(new BridgeWrites([], [Refused("a"), Refused("a"), Refused("a", "another reason")], []));
        Assert.Equal([1, 2], Store.ReadQuarantine(10).Select(q => q.Seen));
    }

    [Fact]
    public void An_empty_group_is_a_write_all_the_same() => Store.Commit(new BridgeWrites([], [], []));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => opened?.Dispose();
}
