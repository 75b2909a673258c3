using System.Text.Json.Serialization;

namespace MotCua.Bench;

/// <summary>A figure with what it is held against.</summary>
/// <param name="Budget">Design §10; at most or at least, by <paramref name="AtLeast"/>. Null where the design names none.</param>
/// <param name="Peer">What others need for the same, measured on the same machine type before.</param>
/// <param name="Limit">What bounds it, measured in this run: the ratio that survives a slower or busier machine.</param>
internal sealed record Row(string Name, double Value, string Unit, double? Budget, string? Peer, string? Limit, [property: JsonIgnore] bool AtLeast = false)
{
    public bool? Met => Budget is { } budget ? AtLeast ? Value >= budget : Value <= budget : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(List<Row>))]
internal sealed partial class RowJson : JsonSerializerContext;
