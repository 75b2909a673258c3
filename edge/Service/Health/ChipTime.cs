using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Health;

/// <summary>Wall time of a box with a clock chip: the system's once it was synchronised, before that what the chip said at the start, counted on by the monotonic clock.</summary>
/// <remarks>
/// The system's own clock is left alone: setting it needs a right that the service does not have, and whoever steps it later (an NTP client)
/// would step on top of us. So nothing depends on the moment of that step. Thread-safe.
/// </remarks>
/// <param name="kernel">What the system says of its own clock.</param>
public sealed class ChipTime(TimeProvider system, IClockTrust kernel) : TimeProvider, IClockTrust
{
    private Anchor? believed;

    public override long TimestampFrequency => system.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => system.LocalTimeZone;

    /// <summary>The system's clock was synchronised since the box booted.</summary>
    public bool IsSystemSet => kernel.Now() != ClockTrust.Unsynced;

    /// <summary>The system's clock is synchronised now, so that the chip may be set by it.</summary>
    public bool IsSystemSynced => kernel.Now() == ClockTrust.Synced;

    public ClockTrust Now() => kernel.Now() is var trust and not ClockTrust.Unsynced ? trust : Volatile.Read(ref believed) is null ? ClockTrust.Unsynced : ClockTrust.Holdover;

    /// <summary>The chip is good and says that it is now.</summary>
    public void Believe(DateTimeOffset now) => Volatile.Write(ref believed, new Anchor(now, system.GetTimestamp()));

    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref believed) is { } anchor && !IsSystemSet ? anchor.Utc + system.GetElapsedTime(anchor.At) : system.GetUtcNow();

    public override long GetTimestamp() => system.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => system.CreateTimer(callback, state, dueTime, period);

    private sealed record Anchor(DateTimeOffset Utc, long At);
}
