using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Edge.Journal;

namespace MotCua.Edge.Announcing;

/// <summary>The scheduled texts, beside the journal. Losing it loses what was scheduled, and nothing else.</summary>
/// <param name="unusable">Told why a file was not taken.</param>
internal sealed class TextFile(IJournalFolder folder, Action<string> unusable)
{
    /// <summary>Name in the journal's folder.</summary>
    public const string Name = "announcements.json";

    // What all open texts take at their longest, with every letter written as an escape of six bytes.
    private const int MaxBytes = CentreTexts.MostOpen * ((6 * Devices.Speech.Announcement.MaxTextLength) + 1024);

    public ImmutableArray<CentreText> Load()
    {
        try
        {
            if (folder.List().Contains(Name))
            {
                using var file = folder.Open(Name);
                var bytes = new byte[(int)Math.Min(file.Length, MaxBytes)];
                var texts = JsonSerializer.Deserialize(bytes.AsSpan(0, file.Read(0, bytes)), TextJson.Default.CentreTextArray) ?? [];
                return [.. texts.Where(IsWhole).Take(CentreTexts.MostOpen)];
            }
        }
        catch (Exception e) when (e is IOException or JsonException or NotSupportedException)
        {
            unusable($"Scheduled announcements cannot be read: {e.Message}");
        }

        return [];
    }

    /// <exception cref="IOException">The card refused, or it would not be read again.</exception>
    public void Save(ImmutableArray<CentreText> scheduled)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes([.. scheduled], TextJson.Default.CentreTextArray);
        if (bytes.Length > MaxBytes || !scheduled.All(IsWhole))
        {
            throw new IOException($"{Name} would not be read again: {bytes.Length} bytes.");
        }

        folder.Replace(Name, bytes);
    }

    private static bool IsWhole(CentreText text) => text is { Id.Length: > 0 and <= 40, At: not null, State: "scheduled" }
        && text.Text is null != text.Guidance is null && text.Text is not { Length: 0 or > Devices.Speech.Announcement.MaxTextLength } && text.Text?.Any(char.IsControl) != true;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CentreText[]))]
internal sealed partial class TextJson : JsonSerializerContext;
