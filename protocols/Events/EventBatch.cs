using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace MotCua.Protocols.Events;

/// <summary>A stretch that a full card forced the edge to forget before the province had it: the only jump a log may make.</summary>
/// <param name="Hash">Chain hash after <paramref name="To"/>.</param>
public sealed record DeclaredGap(long From, long To, ChainHash Hash);

/// <summary>Events of one journal in a row, as they travel on <c>up/evt</c>: <c>{epoch, from, prev, gap?, events:[…]}</c>.</summary>
/// <param name="From">Sequence number of the first event.</param>
/// <param name="Prev">Chain hash before the first event.</param>
/// <param name="Gap">Ends right before <paramref name="From"/>, when events are missing there for good.</param>
/// <param name="Events">Canonical bytes of each event, slices of the received message.</param>
public sealed record EventBatch(EpochId Epoch, long From, ChainHash Prev, DeclaredGap? Gap, IReadOnlyList<ReadOnlyMemory<byte>> Events)
{
    public const int MaxEvents = 200;

    /// <summary>64 KB, the most a centre sends at once.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Bytes of the envelope around the events, at most, commas counted with the events.</summary>
    public const int MaxEnvelopeBytes = 512;

    public long To => From + Events.Count - 1;

    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(MaxEnvelopeBytes + Events.Sum(e => e.Length + 1));
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("epoch"u8, Epoch.ToString());
        json.WriteString("from"u8, From.ToString(CultureInfo.InvariantCulture));
        json.WriteString("prev"u8, Prev.ToString());
        if (Gap is { } gap)
        {
            json.WriteStartObject("gap"u8);
            json.WriteString("from"u8, gap.From.ToString(CultureInfo.InvariantCulture));
            json.WriteString("to"u8, gap.To.ToString(CultureInfo.InvariantCulture));
            json.WriteString("hash"u8, gap.Hash.ToString());
            json.WriteEndObject();
        }

        json.WriteStartArray("events"u8);
        foreach (var one in Events)
        {
            json.WriteRawValue(one.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
