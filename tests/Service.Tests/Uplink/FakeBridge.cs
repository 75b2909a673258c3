using System.Text.Json;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.Edge.Uplink.Tests;

/// <summary>The bridge's rules for logs, without a bridge: takes a batch only where it continues a log, trims overlap, stores the exact bytes, and answers with what it truly holds.</summary>
internal sealed class FakeBridge(CentreId centre, Action<string, byte[]> deliver) : IDisposable
{
    private readonly Dictionary<EpochId, Log> logs = [];

    public ProvinceKey Key { get; } = ProvinceKey.Create();

    /// <summary>The province's clock, which it signs with.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => DateTimeOffset.UnixEpoch;

    /// <summary>Commits, but says nothing.</summary>
    public bool Silent { get; set; }

    /// <summary>Says everything so often.</summary>
    public int Repeats { get; set; } = 1;

    public List<EventBatch> Batches { get; } = [];

    public List<string> Rejected { get; } = [];

    public int Births { get; private set; }

    /// <summary>Order in which journals were first sent.</summary>
    public List<EpochId> Order { get; } = [];

    public IReadOnlyList<DeclaredGap> GapsOf(EpochId epoch) => LogOf(epoch).Gaps;

    public List<byte[]> EventsOf(EpochId epoch) => LogOf(epoch).Events;

    public long UpTo(EpochId epoch) => LogOf(epoch).UpTo;

    public void Receive(string topic, ReadOnlyMemory<byte> payload)
    {
        if (topic == Topics.Birth(centre))
        {
            Births++;
            var birth = JsonSerializer.Deserialize(payload.Span, StateJson.Default.BirthMessage)!;
            foreach (var epoch in birth.Epochs)
            {
                Assert.True(EpochId.TryParse(epoch.Epoch, out var id));
                Say(id);
            }
        }
        else if (topic == Topics.Events(centre))
        {
            Assert.InRange(payload.Length, 1, EventBatch.MaxBytes);
            var batch = EventBatchReader.TryRead(payload, out var reason);
            Assert.True(batch is not null, reason);
            Batches.Add(batch);
            if (!Order.Contains(batch.Epoch))
            {
                Order.Add(batch.Epoch);
            }

            Take(batch);
            Say(batch.Epoch);
        }
    }

    /// <summary>Loses the newest events, as a bridge does that is restored from a backup.</summary>
    public void LoseAfter(EpochId epoch, long seq)
    {
        var log = logs[epoch];
        Assert.Empty(log.Gaps);
        logs[epoch] = new Log();
        foreach (var one in log.Events.Take((int)seq))
        {
            logs[epoch].Add(one);
        }
    }

    public void Say(EpochId epoch)
    {
        for (var i = 0; i < (Silent ? 0 : Repeats); i++)
        {
            deliver(Topics.Ack(centre), AckOf(epoch));
        }
    }

    public byte[] AckOf(EpochId epoch) => new Ack(centre, epoch, LogOf(epoch).UpTo, LogOf(epoch).Hash).Sign(Key, Clock());

    public void Dispose() => Key.Dispose();

    private void Take(EventBatch batch)
    {
        var log = LogOf(batch.Epoch);
        if (batch.From > log.UpTo + 1)
        {
            if (batch.Gap is not { } gap || gap.From > log.UpTo + 1)
            {
                Rejected.Add($"From {batch.From} after {log.UpTo}.");
                return;
            }

            Assert.Equal(log.UpTo + 1, gap.From);
            (log.UpTo, log.Hash) = (gap.To, gap.Hash);
            log.Gaps.Add(gap);
        }

        var (seq, hash) = (batch.From - 1, batch.Prev);
        foreach (var one in batch.Events)
        {
            if (seq == log.UpTo && hash != log.Hash)
            {
                Rejected.Add($"Another history at {seq}.");
                return;
            }

            hash = hash.Next(one.Span);
            if (++seq > log.UpTo)
            {
                log.Add(one.ToArray());
            }
        }
    }

    private Log LogOf(EpochId epoch) => logs.TryGetValue(epoch, out var log) ? log : logs[epoch] = new Log();

    private sealed class Log
    {
        public List<byte[]> Events { get; } = [];

        public List<DeclaredGap> Gaps { get; } = [];

        public long UpTo { get; set; }

        public ChainHash Hash { get; set; } = ChainHash.Genesis;

        public void Add(byte[] one)
        {
            Events.Add(one);
            (UpTo, Hash) = (UpTo + 1, Hash.Next(one));
        }
    }
}
