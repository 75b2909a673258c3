namespace MotCua.Edge.Queue;

/// <summary>An appointment that nobody has checked in for yet.</summary>
/// <param name="Slot">When the citizen is expected.</param>
public sealed record Appointment(ServiceCode Service, DateTimeOffset Slot);
