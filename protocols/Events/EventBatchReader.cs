using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MotCua.Protocols.Events;

/// <summary>Reads a batch from the wire without trusting a byte of it.</summary>
/// <remarks>Checks form only: JSON, limits, and that each event says the sequence number of its place. Whether the batch continues a log is the bridge's question.</remarks>
public static class EventBatchReader
{
    // Else two readers could take two different values from one message.
    private const string Once = "A field of a batch is said once.";

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, CentreId?, out string)"/>
    public static EventBatch? TryRead(ReadOnlyMemory<byte> message, out string reason) => TryRead(message, null, out reason);

    /// <param name="centre">Whose topic the message came on: an event whose <c>source</c> names another centre lies. Null: not checked.</param>
    /// <param name="reason">What is wrong, for the quarantine table; empty on success.</param>
    /// <returns>Null when the message is not a batch; its events are slices of <paramref name="message"/>.</returns>
    public static EventBatch? TryRead(ReadOnlyMemory<byte> message, CentreId? centre, out string reason)
    {
        if (message.Length > EventBatch.MaxBytes)
        {
            reason = $"{message.Length} bytes; at most {EventBatch.MaxBytes} are taken.";
            return null;
        }

        // Strings that nobody reads here are stored and read later; what is not text must not get that far.
        if (!Utf8.IsValid(message.Span))
        {
            reason = "Not valid UTF-8.";
            return null;
        }

        try
        {
            // An event stands two levels deep in its batch.
            var json = new Utf8JsonReader(message.Span, new JsonReaderOptions { MaxDepth = EventCodec.MaxDepth + 2 });
            var batch = Read(ref json, message, centre is { } one ? Encoding.ASCII.GetBytes($"/centres/{one}") : null);
            reason = "";
            return batch;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The second: half of a surrogate pair, escaped.
        {
            reason = e.Message.Length <= 200 ? e.Message : e.Message[..200];
            return null;
        }
    }

    private static EventBatch Read(ref Utf8JsonReader json, ReadOnlyMemory<byte> message, byte[]? source)
    {
        EpochId? epoch = null;
        long? from = null;
        ChainHash? prev = null;
        DeclaredGap? gap = null;
        List<ReadOnlyMemory<byte>>? events = null;
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "A batch is a JSON object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("epoch"u8))
            {
                Expect(epoch is null, Once);
                Expect(EpochId.TryParse(NextString(ref json), out var value), "epoch is 16 hexadecimal digits.");
                epoch = value;
            }
            else if (json.ValueTextEquals("from"u8))
            {
                Expect(from is null, Once);
                from = NextSeq(ref json);
            }
            else if (json.ValueTextEquals("prev"u8))
            {
                Expect(prev is null, Once);
                prev = NextHash(ref json);
            }
            else if (json.ValueTextEquals("gap"u8))
            {
                Expect(gap is null, Once);
                gap = NextGap(ref json);
            }
            else if (json.ValueTextEquals("events"u8))
            {
                Expect(events is null, Once);
                Expect(from is not null, "from stands before events.");
                events = NextEvents(ref json, message, from!.Value, source);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        Expect(json.TokenType == JsonTokenType.EndObject && !json.Read(), "A batch is one JSON object and nothing after it.");
        Expect(epoch is not null && prev is not null && events is { Count: > 0 }, "A batch has epoch, from, prev and at least one event.");
        Expect(gap is null || (gap.To == from - 1 && gap.From <= gap.To && gap.Hash == prev), "A gap ends right before the batch, with its hash.");
        return new EventBatch(epoch!.Value, from!.Value, prev!.Value, gap, events!);
    }

    private static List<ReadOnlyMemory<byte>> NextEvents(ref Utf8JsonReader json, ReadOnlyMemory<byte> message, long from, byte[]? source)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        Expect(json.Read() && json.TokenType == JsonTokenType.StartArray, "events is an array.");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(events.Count < EventBatch.MaxEvents, $"At most {EventBatch.MaxEvents} events travel together.");
            Expect(json.TokenType == JsonTokenType.StartObject, "An event is a JSON object.");
            var start = (int)json.TokenStartIndex;
            var depth = json.CurrentDepth;
            var seq = 0L;
            var sourceSaid = false;
            while (json.Read() && json.CurrentDepth > depth)
            {
                if (json.CurrentDepth != depth + 1 || json.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (json.ValueTextEquals("seq"u8))
                {
                    Expect(seq == 0, "An event says seq once.");
                    seq = NextSeq(ref json);
                }
                else if (source is not null && json.ValueTextEquals("source"u8))
                {
                    Expect(!sourceSaid, "An event says source once.");
                    Expect(json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals(source), "An event's source is not the centre of the topic.");
                    sourceSaid = true;
                }
            }

            var bytes = message[start..(int)json.BytesConsumed];
            Expect(source is null || sourceSaid, "An event names its source.");
            Expect(bytes.Length <= EventCodec.MaxBytes, $"An event has at most {EventCodec.MaxBytes} bytes.");
            Expect(seq == from + events.Count, $"Event {events.Count + 1} says seq {seq}; its place is {from + events.Count}.");
            events.Add(bytes);
        }

        return events;
    }

    private static DeclaredGap NextGap(ref Utf8JsonReader json)
    {
        long from = 0, to = 0;
        ChainHash? hash = null;
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "gap is an object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("from"u8)) from = NextSeq(ref json);
            else if (json.ValueTextEquals("to"u8)) to = NextSeq(ref json);
            else if (json.ValueTextEquals("hash"u8)) hash = NextHash(ref json);
            else
            {
                json.Read();
                json.Skip();
            }
        }

        Expect(from > 0 && to > 0 && hash is not null, "A gap has from, to and hash.");
        return new DeclaredGap(from, to, hash!.Value);
    }

    private static string NextString(ref Utf8JsonReader json)
    {
        Expect(json.Read() && json.TokenType == JsonTokenType.String, "A string is expected.");
        return json.GetString()!;
    }

    // Thirty million years of a busy centre. Sums of them stay in 64 bits.
    private const long MostSeq = 1_000_000_000_000_000;

    private static long NextSeq(ref Utf8JsonReader json)
    {
        Expect(DecimalText.TryParse(NextString(ref json), out var seq) && seq is > 0 and <= MostSeq, "A sequence number is a decimal string from 1 to 1000000000000000.");
        return seq;
    }

    private static ChainHash NextHash(ref Utf8JsonReader json)
    {
        Expect(ChainHash.TryParse(NextString(ref json), out var hash), "A hash is 64 hexadecimal digits.");
        return hash;
    }

    private static void Expect([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new JsonException(otherwise);
        }
    }
}
