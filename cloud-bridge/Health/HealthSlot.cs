using MotCua.Protocols;

namespace MotCua.CloudBridge.Health;

/// <summary>The least, the sum and the most of some values.</summary>
/// <param name="Count">How many; with 0 the others are zero.</param>
public readonly record struct Measure(long Count, long Min, long Sum, long Max)
{
    /// <summary>Nothing that a box can have is more; what a foreign hand writes is held to it, so that sums never run over.</summary>
    public const long Most = 1_000_000_000_000;

    public double? Mean => Count == 0 ? null : (double)Sum / Count;

    /// <summary>With all values of another.</summary>
    public Measure With(Measure other) => Count == 0 ? other : other.Count == 0 ? this
        : new Measure(Count + other.Count, Math.Min(Min, other.Min), Sum + other.Sum, Math.Max(Max, other.Max));

    /// <summary>With one more value; null adds nothing.</summary>
    public Measure With(double? value)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            return this;
        }

        var one = (long)Math.Clamp(Math.Round(number), -Most, Most);
        return Count == 0 ? new Measure(1, one, one, one) : new Measure(Count + 1, Math.Min(Min, one), Sum + one, Math.Max(Max, one));
    }
}

/// <summary>What a centre's health messages said within five minutes, by the bridge's clock.</summary>
/// <param name="Slot">Beginning of the five minutes.</param>
/// <param name="Pending">Events that waited for an acknowledgement.</param>
/// <param name="JournalKiB">Journal on the card.</param>
/// <param name="MemoryKiB">Resident set of the edge program.</param>
/// <param name="DiskFreeKiB">Free on the card.</param>
/// <param name="Temperature">Of the processor, tenths of a degree Celsius.</param>
/// <param name="RoomTemperature">Of the room, tenths of a degree Celsius.</param>
/// <param name="RoomHumidity">Relative, tenths of a percent.</param>
public sealed record HealthSlot(
    CentreId Centre, DateTimeOffset Slot, Measure Pending, Measure JournalKiB, Measure MemoryKiB, Measure DiskFreeKiB, Measure Temperature, Measure RoomTemperature, Measure RoomHumidity)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>With all that another gathered of the same five minutes.</summary>
    public HealthSlot With(HealthSlot other) => this with
    {
        Pending = Pending.With(other.Pending), JournalKiB = JournalKiB.With(other.JournalKiB), MemoryKiB = MemoryKiB.With(other.MemoryKiB), DiskFreeKiB = DiskFreeKiB.With(other.DiskFreeKiB),
        Temperature = Temperature.With(other.Temperature), RoomTemperature = RoomTemperature.With(other.RoomTemperature), RoomHumidity = RoomHumidity.With(other.RoomHumidity),
    };

    /// <summary>The slot that a moment lies in.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Length.Ticks), TimeSpan.Zero);
}
