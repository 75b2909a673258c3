namespace MotCua.Edge.Queue;

/// <summary>A pause of a counter, a service or the centre.</summary>
public sealed record Pause(Reason Why, DateTimeOffset Since);
