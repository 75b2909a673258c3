namespace MotCua.Edge.Devices.Clock;

/// <summary>What a clock chip says.</summary>
/// <param name="Utc">To the second.</param>
/// <param name="Trusted">False when the chip's oscillator has stood still since it was set, as with an empty battery.</param>
/// <param name="Celsius">Of the chip, in steps of 0.25.</param>
public readonly record struct ClockReading(DateTimeOffset Utc, bool Trusted, double Celsius);
