using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>A recorder that answers JSON: fields are found by name, nothing is guessed.</summary>
internal sealed class JsonSource(Recorder recorder, Uri url, TimeProvider time) : IRecorderSource
{
    private const int MostDepth = 16;
    private const int MostRows = 256;

    // Times without a zone are local, and local is Vietnam.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    private readonly RecorderHttp http = new(recorder.Login, recorder.AllowsBasic);

    /// <inheritdoc/>
    public async Task<RecorderAnswer> AskAsync(CancellationToken stop)
    {
        var (body, date) = await Deadline.KeepAsync(within => http.AskAsync(url, null, within), RecorderEye.Within, time, stop);
        return Read(body, recorder.Fields!, recorder.Cameras.Select(camera => camera.Channel), date, time.GetTimestamp());
    }

    internal static RecorderAnswer Read(ReadOnlyMemory<byte> body, JsonFields fields, IEnumerable<string> channels, DateTimeOffset? date, long at)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
            var root = document.RootElement;
            var rows = Find(root, fields.Cameras) ?? throw new InvalidDataException($"JSON không có «{fields.Cameras}»");
            var newest = ImmutableDictionary.CreateBuilder<string, DateTimeOffset?>(StringComparer.Ordinal);
            foreach (var channel in channels)
            {
                // Nothing kept is what it says with null; a field that is not there, or no time, is not understood.
                if (RowOf(rows, channel, fields.Id) is { } row && Find(row, fields.Newest) is { } value && (value.ValueKind == JsonValueKind.Null || TimeOf(value) is not null))
                {
                    newest[channel] = TimeOf(value);
                }
            }

            return new RecorderAnswer(
                fields.Now.Length > 0 && Find(root, fields.Now) is { } now ? TimeOf(now) : date, at, newest.ToImmutable(),
                Number(root, fields.Free) is { } free && Number(root, fields.Total) is { } total and > 0 ? Math.Clamp(100 * free / total, 0, 100) : null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The parser's message quotes what came.
            throw new InvalidDataException("trả lời không phải JSON", e);
        }
    }

    private static JsonElement? RowOf(JsonElement rows, string channel, string id) => rows.ValueKind switch
    {
        JsonValueKind.Object => rows.TryGetProperty(channel, out var row) ? row : null,
        JsonValueKind.Array => rows.EnumerateArray().Take(MostRows).Where(row => Find(row, id) is { } name && TextOf(name) == channel).Select(row => (JsonElement?)row).FirstOrDefault(),
        _ => null,
    };

    private static JsonElement? Find(JsonElement within, string path)
    {
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (within.ValueKind != JsonValueKind.Object || !within.TryGetProperty(name, out within))
            {
                return null;
            }
        }

        return within;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };

    private static double? Number(JsonElement root, string path) =>
        path.Length > 0 && Find(root, path) is { } value && double.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DateTimeOffset? TimeOf(JsonElement value)
    {
        // From 2001 until 2286 seconds have ten digits and milliseconds thirteen; some write them in quotes.
        const double Milliseconds = 1e11;
        var text = TextOf(value);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return count is >= 1e9 and < 1e14 ? DateTimeOffset.UnixEpoch.AddMilliseconds(count < Milliseconds ? 1000 * count : count) : null;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var plain) && plain is { Kind: DateTimeKind.Unspecified, Year: > 1 } ? new DateTimeOffset(plain, Zone)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var shown) ? shown : null;
    }
}
