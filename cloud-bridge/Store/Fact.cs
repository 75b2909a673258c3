using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>What a fact tells about.</summary>
public enum FactKind
{
    State,
    Birth,
    Device,
    Health,
}

/// <summary>Identity of a fact; a newer one with the same key replaces it.</summary>
/// <param name="Id">Device name; empty for the other kinds.</param>
public readonly record struct FactKey(CentreId Centre, FactKind Kind, string Id);

/// <summary>The latest word of a centre about itself, as received. The log is history; facts are the present, and the broker retains them too.</summary>
/// <param name="At">When the bridge heard it.</param>
/// <param name="Body">JSON as received; null clears the fact.</param>
public sealed record Fact(FactKey Key, DateTimeOffset At, ReadOnlyMemory<byte>? Body);
