using MotCua.Edge.Loop;

namespace MotCua.Edge.Pages;

/// <summary>Moments of the queue on the box's monotonic clock, in milliseconds, so that a page counts seconds that really passed: the wall clock may be set while somebody waits.</summary>
/// <remarks>The fold moves every beginning when the clock is set, so what holds at the newest event is measured from that event.</remarks>
internal readonly struct EdgeMonotone(TimeProvider time, ClockMark? newest)
{
    public static long Now(TimeProvider time) => (long)(time.GetTimestamp() / (double)time.TimestampFrequency * 1000);

    public long Of(DateTimeOffset moment) => newest is { } mark
        ? mark.Mono + (long)(moment - mark.At).TotalMilliseconds
        : Now(time) + (long)(moment - time.GetUtcNow()).TotalMilliseconds;
}
