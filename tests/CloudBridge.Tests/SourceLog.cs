using System.Buffers;
using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Tests;

/// <summary>The journal of a centre, as a test's truth.</summary>
public sealed class SourceLog(string centre, ulong epoch = 1)
{
    private readonly List<byte[]> events = [];
    private readonly List<ChainHash> hashes = [ChainHash.Genesis];

    public CentreId Centre { get; } = new(centre);

    public EpochId Epoch { get; } = new(epoch);

    public long Length => events.Count;

    public IReadOnlyList<byte[]> Events => events;

    public string Topic => Topics.Events(Centre);

    public ChainHash HashAt(long seq) => hashes[(int)seq];

    /// <param name="at">When they happened; a morning of the tests unless told.</param>
    public SourceLog Grow(int count, string word = "Đến lượt", DateTimeOffset? at = null)
    {
        for (var i = 0; i < count; i++)
        {
            Add(at ?? new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)), new TicketCalled(new DateOnly(2026, 11, 23), $"A{Length + 1:d3}", 3, word));
        }

        return this;
    }

    /// <summary>One more event, written when and how the test says.</summary>
    public SourceLog Add(DateTimeOffset at, EventData data, ClockTrust clock = ClockTrust.Synced, string boot = "0badcafe")
    {
        var output = new ArrayBufferWriter<byte>();
        EventCodec.Write(output, new EventHeader(Centre, Epoch, Length + 1, at, 1000 + Length, boot, clock), data);
        return Add(output.WrittenSpan.ToArray());
    }

    /// <summary>One more event of any bytes.</summary>
    public SourceLog Add(byte[] bytes)
    {
        events.Add(bytes);
        hashes.Add(hashes[^1].Next(bytes));
        return this;
    }

    /// <summary>A stretch of it as a store takes it.</summary>
    public MotCua.CloudBridge.Store.LogAppend Append(long from, long to, DeclaredGap? gap = null)
    {
        var before = gap is null ? from - 1 : gap.From - 1;
        return new(new(Centre, Epoch), new(before, HashAt(before)), gap, Batch(from, to).Events, new(to, HashAt(to)));
    }

    public EventBatch Batch(long from, long to, DeclaredGap? gap = null) =>
        new(Epoch, from, HashAt(from - 1), gap, [.. events.GetRange((int)from - 1, (int)(to - from + 1)).Select(e => new ReadOnlyMemory<byte>(e))]);

    public byte[] Message(long from, long to) => Batch(from, to).ToBytes();

    public DeclaredGap Gap(long from, long to) => new(from, to, HashAt(to));
}
