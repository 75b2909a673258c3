using System.Text;
using MotCua.Protocols.Events;
using MotCua.Protocols.Tests.Documents;

namespace MotCua.Protocols.Tests.Events;

public sealed class EventBatchTests
{
    [Fact]
    public void A_batch_is_read_back_with_the_same_bytes_of_every_event()
    {
        var read = EventBatchReader.TryRead(Samples.Batch.ToBytes(), out var reason);
        Assert.NotNull(read);
        Assert.Equal("", reason);
        Assert.Equal((Samples.Epoch, 2, Samples.Events.Count, Samples.Batch.Prev, null), (read.Epoch, read.From, read.To, read.Prev, read.Gap));
        Assert.Equal(Samples.Batch.Events.Select(e => e.ToArray()), read.Events.Select(e => e.ToArray()));
    }

    [Fact]
    public void A_declared_gap_is_read_back()
    {
        var batch = Samples.Batch with { Gap = new DeclaredGap(1, 1, Samples.Batch.Prev) };
        Assert.Equal(batch.Gap, EventBatchReader.TryRead(batch.ToBytes(), out _)?.Gap);
    }

    [Fact]
    public void The_envelope_is_never_larger_than_it_promises()
    {
        var largest = Samples.Bytes(1, Samples.Events[2]);
        EventBatch[] batches =
        [
            Samples.Batch,
            new(new EpochId(ulong.MaxValue), long.MaxValue, ChainHash.Genesis, new DeclaredGap(long.MaxValue, long.MaxValue, ChainHash.Genesis), [largest]),
            new(default, 1, default, null, [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(largest, EventBatch.MaxEvents)]),
        ];
        foreach (var batch in batches)
        {
            Assert.InRange(batch.ToBytes().Length, 1, batch.Events.Sum(e => e.Length + 1) + EventBatch.MaxEnvelopeBytes);
        }
    }

    [Fact]
    public void The_largest_event_travels_alone()
    {
        var filler = EventCodec.MaxBytes - Samples.Bytes(1, new DeviceChanged("d", "failed", null, "")).Length;
        var largest = Samples.Bytes(1, new DeviceChanged("d", "failed", null, new string('x', filler)));
        Assert.Equal(EventCodec.MaxBytes, largest.Length);
        Assert.NotNull(EventBatchReader.TryRead(new EventBatch(Samples.Epoch, 1, default, null, [largest]).ToBytes(), out _));
    }

    [Theory]
    [InlineData("\"from\":\"2\"", "\"from\":\"3\"")]
    [InlineData("\"from\":\"2\"", "\"from\":2")]
    [InlineData("\"from\":\"2\"", "\"from\":\"0\"")]
    [InlineData("\"from\":\"2\"", "\"from\":\"9223372036854775808\"")]
    [InlineData("\"from\":\"2\"", "\"from\":\"2\",\"from\":\"2\"")]
    [InlineData("\"from\":\"2\",", "")]
    [InlineData("\"epoch\":\"3f", "\"epoch\":\"xf")]
    [InlineData("\"prev\":\"", "\"prev\":\"0")]
    [InlineData("\"seq\":\"4\"", "\"seq\":\"5\"")]
    [InlineData("\"seq\":\"4\"", "\"seq\":\"4\",\"seq\":\"4\"")]
    [InlineData("\"seq\":\"4\",", "")]
    [InlineData("\"seq\":\"4\"", "\"seq\":\"\\ud800\"")]
    [InlineData("\"events\":[", "\"events\":[7,")]
    [InlineData("\"events\":[", "\"events\":[[")]
    [InlineData("\"prev\":", "\"gap\":{\"from\":\"1\",\"to\":\"2\",\"hash\":\"00\"},\"prev\":")]
    [InlineData("\"prev\":", "\"gap\":7,\"prev\":")]
    public void What_is_no_batch_is_refused_with_a_reason(string written, string forged)
    {
        var text = Encoding.UTF8.GetString(Samples.Batch.ToBytes());
        Assert.Contains(written, text, StringComparison.Ordinal);
        Refused(text.Replace(written, forged, StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_that_is_changed_after_the_events_were_checked_is_refused()
    {
        var text = Encoding.UTF8.GetString(Samples.Batch.ToBytes());
        Refused(text[..^1] + ",\"from\":\"900\"}");
        Refused(text[..^1] + ",\"epoch\":\"0000000000000000\"}");
        Refused(text[..^1] + ",\"events\":[]}");
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 5)]
    public void A_gap_that_does_not_end_right_before_the_batch_is_refused(long from, long to) =>
        Refused((Samples.Batch with { Gap = new DeclaredGap(from, to, Samples.Batch.Prev) }).ToBytes());

    [Fact]
    public void A_gap_with_another_hash_than_the_batch_is_refused() =>
        Refused((Samples.Batch with { Gap = new DeclaredGap(1, 1, ChainHash.Genesis) }).ToBytes());

    [Fact]
    public void More_events_than_allowed_are_refused()
    {
        var events = Enumerable.Range(1, EventBatch.MaxEvents + 1).Select(i => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"{{\"seq\":\"{i}\"}}")).ToArray();
        Assert.NotNull(EventBatchReader.TryRead(new EventBatch(Samples.Epoch, 1, default, null, events[..^1]).ToBytes(), out _));
        Refused(new EventBatch(Samples.Epoch, 1, default, null, events).ToBytes());
    }

    [Fact]
    public void More_bytes_than_allowed_are_refused()
    {
        var padded = Encoding.UTF8.GetString(Samples.Batch.ToBytes()).PadRight(EventBatch.MaxBytes);
        Assert.NotNull(EventBatchReader.TryRead(Encoding.UTF8.GetBytes(padded[..EventBatch.MaxBytes].TrimEnd()), out _));
        Refused(padded + "          ");
    }

    [Fact]
    public void What_is_not_text_is_refused()
    {
        var bytes = Samples.Batch.ToBytes();
        bytes[Encoding.UTF8.GetString(bytes).IndexOf("chung-thuc", StringComparison.Ordinal)] = 0xff;
        Refused(bytes);
    }

    [Fact]
    public void What_the_batch_takes_for_deep_the_event_takes_too()
    {
        static byte[] Event(int depth) => Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Samples.Bytes(1, Samples.Events[2]))[..^1] + ",\"x\":" + new string('[', depth) + new string(']', depth) + "}");
        for (var depth = 1; depth < 40; depth++)
        {
            var one = Event(depth);
            var taken = EventBatchReader.TryRead(new EventBatch(Samples.Epoch, 1, default, null, [one]).ToBytes(), out _) is not null;
            Assert.Equal(depth < EventCodec.MaxDepth, taken);
            Assert.Equal(taken, Record.Exception(() => EventCodec.Read(one)) is null);
        }
    }

    private static void Refused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    private static void Refused(byte[] bytes)
    {
        Assert.Null(EventBatchReader.TryRead(bytes, out var reason));
        Assert.InRange(reason.Length, 1, 200);
    }
}
