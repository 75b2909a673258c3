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

    public SourceLog Grow(int count, string word = "Đến lượt")
    {
        for (var i = 0; i < count; i++)
        {
            var output = new ArrayBufferWriter<byte>();
            var header = new EventHeader(Centre, Epoch, Length + 1, new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)), 1000 + Length, "0badcafe", ClockTrust.Synced);
            EventCodec.Write(output, header, new TicketCalled(new DateOnly(2026, 11, 23), $"A{Length + 1:d3}", 3, word));
            events.Add(output.WrittenSpan.ToArray());
            hashes.Add(hashes[^1].Next(output.WrittenSpan));
        }

        return this;
    }

    public EventBatch Batch(long from, long to, DeclaredGap? gap = null) =>
        new(Epoch, from, HashAt(from - 1), gap, [.. events.GetRange((int)from - 1, (int)(to - from + 1)).Select(e => new ReadOnlyMemory<byte>(e))]);

    public byte[] Message(long from, long to) => Batch(from, to).ToBytes();

    public DeclaredGap Gap(long from, long to) => new(from, to, HashAt(to));
}
