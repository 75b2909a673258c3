namespace MotCua.Edge.Devices.Virtual;

/// <summary>A virtual GPIO line at a moment, for the lab page.</summary>
/// <param name="Consumer">Who requested the line; null while it is free.</param>
/// <param name="Active">Level with active-low applied; for an output what the driver set, such as a lit lamp.</param>
public readonly record struct VirtualLineState(int Offset, bool IsOutput, bool Active, string? Consumer);
