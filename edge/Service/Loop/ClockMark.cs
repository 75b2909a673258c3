using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Both clocks at the newest event, which tell a wall clock that was set from time that passed.</summary>
/// <param name="At">Wall time.</param>
/// <param name="Mono">Monotonic milliseconds of that boot.</param>
/// <param name="Trusted">The wall clock was trusted.</param>
public readonly record struct ClockMark(string Boot, DateTimeOffset At, long Mono, bool Trusted)
{
    // Below the shortest wait of the queue, and far above what lies between two looks at two clocks. What is smaller is lost and harms nobody.
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(1);

    public static ClockMark Of(EventHeader header) => new(header.Boot, header.Time, header.Mono, header.Clock != ClockTrust.Unsynced);

    /// <summary>By how much the wall clock was set since; null when it was not, or when this was another boot.</summary>
    public TimeSpan? StepTo(string boot, DateTimeOffset now, long mono) =>
        boot == Boot && now - At - TimeSpan.FromMilliseconds(mono - Mono) is var step && step.Duration() >= LeastStep ? step : null;

    /// <summary>
    /// What the first event of another boot shows more, where nobody knows how long the box was off: one of the two clocks was not trusted. Null where it is known, so that
    /// it counts as time that passed.
    /// </summary>
    public TimeSpan? UnknownUntil(EventHeader first) => first.Boot != Boot && !(Trusted && first.Clock != ClockTrust.Unsynced) ? first.Time - At : null;
}
