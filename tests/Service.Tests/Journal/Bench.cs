using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Journal.Tests;

/// <summary>A fold that tells any two pasts apart: a digest over every event, bit for bit, and their count.</summary>
internal sealed class DigestFold : IJournalFold
{
    public byte[] Digest { get; private set; } = new byte[32];

    public long Count { get; private set; }

    public bool RefuseToRestore { get; set; }

    public void Reset() => (Digest, Count) = (new byte[32], 0);

    public void Restore(ReadOnlySpan<byte> snapshot)
    {
        if (RefuseToRestore)
        {
            throw new InvalidDataException("Of a newer version.");
        }

        (Count, Digest) = (BinaryPrimitives.ReadInt64LittleEndian(snapshot), snapshot[8..].ToArray());
    }

    public void Apply(ReadOnlySpan<byte> canonical) => (Digest, Count) = (SHA256.HashData([.. Digest, .. canonical]), Count + 1);

    public byte[] Save()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Count);
        return [.. bytes, .. Digest];
    }

    public static byte[] Over(IEnumerable<byte[]> events)
    {
        var fold = new DigestFold();
        foreach (var one in events)
        {
            fold.Apply(one);
        }

        return fold.Digest;
    }
}

/// <summary>A journal on a folder, and beside it everything that was ever committed.</summary>
internal sealed class Bench : IDisposable
{
    public static readonly JournalOptions Small = new() { SegmentBytes = 8 * 1024, SnapshotEvery = 20, BudgetBytes = 64 * 1024 };

    private readonly Random random;

    public Bench(IJournalFolder folder, Random random, JournalOptions? options = null, DigestFold? fold = null)
    {
        this.random = random;
        Fold = fold ?? new DigestFold();
        Journal = EventJournal.Open(folder, options ?? Small, Fold, () => new EpochId((ulong)random.NextInt64()));
        Reader = new JournalReader(Journal);
        Upkeep = new JournalUpkeep(Journal);
    }

    public EventJournal Journal { get; }

    public DigestFold Fold { get; }

    public JournalReader Reader { get; }

    public JournalUpkeep Upkeep { get; }

    /// <summary>Events that this bench committed.</summary>
    public List<byte[]> Committed { get; } = [];

    /// <summary>Stages events and commits them as one group; on failure nothing is remembered, as the loop throws its candidate away.</summary>
    public List<byte[]> Commit(int count, int? detailBytes = null)
    {
        var group = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            var one = Event(Journal.Epoch, Journal.NextSeq, new DeviceChanged("bang-led-1", "failed", "offline", Detail(detailBytes ?? random.Next(300))));
            Journal.Append(one);
            group.Add(one);
        }

        Journal.Commit();
        Remember(group);
        return group;
    }

    /// <summary>The caller's duty after damage: the new journal's first event says how the one before ended.</summary>
    public byte[] CommitOpened(int others = 0)
    {
        var (previous, skip) = (Journal.Opening.Previous!.Value, Journal.Opening.Skip);
        var first = Event(Journal.Epoch, 1, new JournalOpened("damage", new JournalEnd(previous.Epoch.ToString(), previous.Seq, previous.Hash.ToString()), skip));
        Journal.Append(first);
        List<byte[]> group = [first];
        for (var i = 0; i < others; i++)
        {
            group.Add(Event(Journal.Epoch, Journal.NextSeq, new DayOpened(new DateOnly(2026, 11, 23))));
            Journal.Append(group[^1]);
        }

        Journal.Commit();
        Remember(group);
        return first;
    }

    public void Snapshot() => Upkeep.WriteSnapshot(Journal.Committed, file => file.Write(Fold.Save()));

    /// <summary>Everything of a journal from the beginning, over as many stretches as it takes.</summary>
    public List<byte[]> ReadAll(EpochId epoch, int maxEvents = 200, int maxBytes = 64 * 1024, List<DeclaredGap>? gaps = null)
    {
        var events = new List<byte[]>();
        var mark = new JournalMark(epoch, 0, ChainHash.Genesis);
        while (Reader.ReadAfter(mark, maxEvents, maxBytes) is { } stretch)
        {
            Assert.Equal((stretch.Gap?.To ?? mark.Seq) + 1, stretch.From);
            Assert.Equal(stretch.Gap?.Hash ?? mark.Hash, stretch.Prev);
            Assert.InRange(stretch.Events.Count, 1, maxEvents);
            if (stretch.Gap is { } gap)
            {
                Assert.Equal(mark.Seq + 1, gap.From);
                gaps?.Add(gap);
            }

            events.AddRange(stretch.Events.Select(e => e.ToArray()));
            Assert.Equal(stretch.From + stretch.Events.Count - 1, stretch.End.Seq);
            mark = stretch.End;
        }

        return events;
    }

    public void Dispose() => Journal.Dispose();

    public static byte[] Event(EpochId epoch, long seq, EventData data)
    {
        var output = new ArrayBufferWriter<byte>();
        var header = new EventHeader(new CentreId("pt-001"), epoch, seq, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)), seq * 10, "0badf00d", ClockTrust.Synced);
        EventCodec.Write(output, header, data);
        return output.WrittenSpan.ToArray();
    }

    public static void Same(IReadOnlyCollection<byte[]> expected, IReadOnlyCollection<byte[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var at = 0;
        foreach (var (one, other) in expected.Zip(actual))
        {
            at++;
            Assert.True(one.AsSpan().SequenceEqual(other), $"Event {at} differs.");
        }
    }

    /// <summary>The chain as anyone would compute it who only knows the contract.</summary>
    public static ChainHash ChainOver(IEnumerable<byte[]> events)
    {
        var hash = new byte[32];
        foreach (var one in events)
        {
            hash = SHA256.HashData([.. hash, .. one]);
        }

        return ChainHash.From(hash);
    }

    private string Detail(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "aăbcdđeêghiốơụỳ 0123"[random.Next(20)]));

    private void Remember(List<byte[]> group)
    {
        Committed.AddRange(group);
        group.ForEach(one => Fold.Apply(one));
    }
}
