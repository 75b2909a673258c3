using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MotCua.Edge.Pages;

/// <summary>An event as anybody in the hall may read it. The journal, the province and whoever was given a ticket have all of it.</summary>
/// <remarks>
/// Of tickets, appointments and calls for help only what a board could show: no secret of a citizen's page, no priority, no reason of a clerk, no button that tells a group, no id
/// that checks somebody in, no hamlet of whoever cannot come. A list of what is shown and not of what is hidden, so that a field that comes later stays inside until someone decides otherwise.
/// </remarks>
internal static class PublicEvent
{
    private static readonly FrozenSet<string> Shown = new[] { "date", "number", "service", "ahead", "counter", "call", "from", "to", "copy", "inferred", "printer", "fault", "millimetres", "place", "kind", "member" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Narrowed = ["ticket.", "appointment.", "help."];

    // As the canonical form: letters as themselves, and never pasted into HTML unescaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="canonical">Of an event that this program wrote or could read.</param>
    public static void Write(IBufferWriter<byte> output, ReadOnlyMemory<byte> canonical)
    {
        using var one = JsonDocument.Parse(canonical);
        if (one.RootElement.GetProperty("type"u8).GetString() is not { } type || !Array.Exists(Narrowed, family => type.StartsWith(family, StringComparison.Ordinal)))
        {
            output.Write(canonical.Span);
            return;
        }

        using var json = new Utf8JsonWriter(output, Writing);
        json.WriteStartObject();
        foreach (var attribute in one.RootElement.EnumerateObject())
        {
            if (!attribute.NameEquals("data"u8))
            {
                attribute.WriteTo(json);
                continue;
            }

            json.WriteStartObject("data"u8);
            foreach (var field in attribute.Value.EnumerateObject())
            {
                if (Shown.Contains(field.Name))
                {
                    field.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
