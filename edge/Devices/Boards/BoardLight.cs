using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Boards;

/// <summary>Brightness of a board by time of day, in percent of what its chip can do.</summary>
/// <remarks>Night is by the clock of Viet Nam, whatever zone the box was set to, and only while that clock is believed. A change shows with the next view or scrub.</remarks>
public sealed record BoardLight
{
    public static BoardLight Default { get; } = new();

    /// <summary>1 to 100. Default 55: bright enough for a lit hall, and LEDs live longer.</summary>
    public int Day { get; init; } = 55;

    /// <summary>1 to 100; null: as by day. Default null.</summary>
    public int? Night { get; init; }

    /// <summary>Default 18:00.</summary>
    public TimeOnly NightFrom { get; init; } = new(18, 0);

    /// <summary>Default 06:00. Equal to <see cref="NightFrom"/>: never night.</summary>
    public TimeOnly NightUntil { get; init; } = new(6, 0);

    /// <summary>Whether the box knows what time it is; by day's brightness until it does, since a board that is too dark at noon is not read. Default: always.</summary>
    public Func<bool> IsTimeKnown { get; init; } = static () => true;

    /// <summary>The step of a chip at a time of day.</summary>
    /// <param name="brightest">The chip's highest step; the lowest is 0.</param>
    public byte Step(TimeProvider time, int brightest)
    {
        ArgumentNullException.ThrowIfNull(time);
        var percent = Night is { } night && IsTimeKnown() && TimeOnly.FromDateTime(BusinessDate.Local(time.GetUtcNow())).IsBetween(NightFrom, NightUntil) ? night : Day;
        return (byte)Math.Clamp((percent * brightest + 50) / 100, 0, brightest);
    }

    /// <exception cref="ArgumentOutOfRangeException">A percentage is not 1 to 100.</exception>
    internal BoardLight Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Day, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Day, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(Night ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Night ?? 1, 100);
        return this;
    }
}
