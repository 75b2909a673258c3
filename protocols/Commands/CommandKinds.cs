using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MotCua.Protocols.Commands;

/// <summary>The kinds of command that this version knows; each has a record for its body. A centre refuses any other, with a reason.</summary>
public static class CommandKinds
{
    /// <summary>Has a text spoken in the hall: <see cref="AnnounceBody"/>.</summary>
    public const string Announce = "announce";

    /// <summary>Has the centre try all its devices: <see cref="SelfTestBody"/>.</summary>
    public const string SelfTest = "self-test";

    private static readonly (string Kind, JsonTypeInfo Info)[] Table =
    [
        (Announce, BodyJson.Default.AnnounceBody),
        (SelfTest, BodyJson.Default.SelfTestBody),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(row => row.Kind)];

    /// <summary>How a kind's body is written and read; null for a kind that this version does not know.</summary>
    public static JsonTypeInfo? InfoOf(string kind) => Array.Find(Table, row => row.Kind == kind).Info;

    /// <summary>Reads a body; fields that nobody knows are ignored.</summary>
    /// <param name="reason">What is wrong, for technicians; empty on success.</param>
    /// <returns>Null when it is not a body of the kind.</returns>
    public static T? TryRead<T>(JsonElement body, out string reason)
        where T : class
    {
        try
        {
            var read = (T?)body.Deserialize(Array.Find(Table, row => row.Info.Type == typeof(T)).Info);
            reason = read is null ? "The body says nothing." : "";
            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The second: half of a surrogate pair, escaped.
        {
            reason = e.Message.Length <= 200 ? e.Message : e.Message[..200];
            return null;
        }
    }
}

/// <summary>Body of <c>announce</c>.</summary>
/// <param name="Text">What is said: 1 to <see cref="MaxText"/> characters on one line, with a letter or digit among them.</param>
/// <param name="At">When, within the next seven days; null: at once.</param>
public sealed record AnnounceBody(string Text, DateTimeOffset? At = null)
{
    public const int MaxText = 1000;

    /// <summary>Whether a loudspeaker can say the text at all; what else a centre asks of it, the centre answers.</summary>
    public static bool CanBeSaid(string text) => text.Trim().Length is > 0 and <= MaxText && !text.Any(char.IsControl) && text.Any(char.IsLetterOrDigit);
}

/// <summary>Body of <c>self-test</c>: an empty object.</summary>
public sealed record SelfTestBody;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AnnounceBody))]
[JsonSerializable(typeof(SelfTestBody))]
internal sealed partial class BodyJson : JsonSerializerContext;
