using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MotCua.Protocols.Events;

/// <summary>An event as read: header and data. <paramref name="Data"/> is null when the type is newer than this program.</summary>
public sealed record ReadEvent(string Type, EventHeader Header, EventData? Data);

/// <summary>Writes an event once, in one fixed order of fields; those bytes are canonical: they are hashed, stored, sent and stored again, never written anew.</summary>
public static class EventCodec
{
    /// <summary>Longest canonical form of an event, in bytes. A batch of one always fits the wire.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Deepest nesting of an event's JSON.</summary>
    public const int MaxDepth = 16;

    private const string Once = "An attribute of an event is said once.";

    // Vietnamese letters travel as themselves: half the bytes on the card. Nothing here is ever pasted into HTML unescaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="InvalidOperationException">The event is longer than <see cref="MaxBytes"/>; nothing usable was written.</exception>
    public static void Write(ArrayBufferWriter<byte> output, EventHeader header, EventData data)
    {
        var start = output.WrittenCount;
        var type = EventTypes.NameOf(data);
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"{header.Epoch}.{header.Seq}"));
            json.WriteString("source"u8, string.Create(CultureInfo.InvariantCulture, $"/centres/{header.Centre}"));
            json.WriteString("type"u8, type);
            json.WriteString("time"u8, header.Time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
            // CloudEvents integers are 32-bit, so 64-bit values travel as decimal strings.
            json.WriteString("seq"u8, header.Seq.ToString(CultureInfo.InvariantCulture));
            json.WriteString("mono"u8, header.Mono.ToString(CultureInfo.InvariantCulture));
            json.WriteString("boot"u8, header.Boot);
            json.WriteString("clk"u8, NameOf(header.Clock));
            json.WritePropertyName("data"u8);
            JsonSerializer.Serialize(json, data, EventTypes.InfoOf(type)!);
            json.WriteEndObject();
        }

        if (output.WrittenCount - start > MaxBytes)
        {
            throw new InvalidOperationException($"A {type} event of {output.WrittenCount - start} bytes is over the {MaxBytes} that fit the wire.");
        }
    }

    /// <summary>Reads an event; unknown fields are ignored, an unknown type has no data.</summary>
    /// <exception cref="JsonException">Not an event of this contract; the message says what is wrong.</exception>
    public static ReadEvent Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ReadStrictly(bytes);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e); // A string that is not text: broken UTF-8, or half of an escaped surrogate pair.
        }
    }

    private static ReadEvent ReadStrictly(ReadOnlySpan<byte> bytes)
    {
        string? type = null, id = null, source = null, time = null, seq = null, mono = null, boot = null, clock = null;
        ReadOnlySpan<byte> data = default;
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "An event is a JSON object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("data"u8))
            {
                Expect(data.IsEmpty, Once);
                json.Read();
                var from = (int)json.TokenStartIndex;
                json.Skip();
                data = bytes[from..(int)json.BytesConsumed];
                continue;
            }

            if (!TryTake(ref json, "type"u8, ref type) && !TryTake(ref json, "id"u8, ref id) && !TryTake(ref json, "source"u8, ref source)
                && !TryTake(ref json, "time"u8, ref time) && !TryTake(ref json, "seq"u8, ref seq) && !TryTake(ref json, "mono"u8, ref mono)
                && !TryTake(ref json, "boot"u8, ref boot) && !TryTake(ref json, "clk"u8, ref clock))
            {
                json.Read();
                json.Skip();
            }
        }

        Expect(json.TokenType == JsonTokenType.EndObject && !json.Read(), "An event is one JSON object and nothing after it.");
        var header = ReadHeader(id, source, time, seq, mono, boot, clock);
        Expect(type is { Length: > 0 and <= 64 }, "An event names its type.");
        Expect(!data.IsEmpty, "An event carries data.");
        var info = EventTypes.InfoOf(type!);
        return new ReadEvent(type!, header, info is null ? null : (EventData?)JsonSerializer.Deserialize(data, info));
    }

    private static bool TryTake(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ref string? value)
    {
        if (!json.ValueTextEquals(name))
        {
            return false;
        }

        Expect(value is null, Once);
        Expect(json.Read() && json.TokenType == JsonTokenType.String, "The attributes of an event are strings.");
        value = json.GetString();
        return true;
    }

    private static EventHeader ReadHeader(string? id, string? source, string? time, string? seq, string? mono, string? boot, string? clock)
    {
        const string Centres = "/centres/";
        Expect(source is not null && source.StartsWith(Centres, StringComparison.Ordinal) && CentreId.IsValid(source[Centres.Length..]), "source is /centres/{id}.");
        Expect(DecimalText.TryParse(seq, out var number) && number > 0, "seq is a decimal string from 1.");
        EpochId epoch = default;
        Expect(id?.Length > 17 && EpochId.TryParse(id.AsSpan(0, 16), out epoch) && id[16] == '.' && id.AsSpan(17).SequenceEqual(seq), "id is {epoch}.{seq}.");
        Expect(TryReadTime(time, out var moment), "time is RFC 3339 with an offset.");
        Expect(DecimalText.TryParse(mono, out var monotonic), "mono is a decimal string.");
        Expect(boot is { Length: > 0 and <= 36 }, "boot is a short string.");
        Expect(TryReadTrust(clock, out var trust), "clk is unsynced, holdover or synced.");
        return new EventHeader(new CentreId(source![Centres.Length..]), epoch, number, moment, monotonic, boot!, trust);
    }

    // The offset is asked for by itself: K takes a text without one as local time.
    private static bool TryReadTime(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is { Length: >= 20 } && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static string NameOf(ClockTrust trust) => trust switch
    {
        ClockTrust.Synced => "synced",
        ClockTrust.Holdover => "holdover",
        _ => "unsynced",
    };

    private static bool TryReadTrust(string? name, out ClockTrust trust)
    {
        trust = name switch { "synced" => ClockTrust.Synced, "holdover" => ClockTrust.Holdover, _ => ClockTrust.Unsynced };
        return name is "synced" or "holdover" or "unsynced";
    }

    private static void Expect([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new JsonException(otherwise);
        }
    }
}
