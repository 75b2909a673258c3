using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>When there should be light and people in the hall.</summary>
/// <remarks>While nobody knows the hour, at no time: a dark night must not be told as a broken camera.</remarks>
internal sealed class RoomHours(QueuePlan plan, TimeProvider time, IClockTrust clock)
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    // Of a centre whose file names no hours.
    private static readonly (TimeOnly From, TimeOnly To) Usual = (new TimeOnly(7, 30), new TimeOnly(17, 0));

    public bool IsOpen()
    {
        if (clock.Now() == ClockTrust.Unsynced)
        {
            return false;
        }

        var now = time.GetUtcNow().ToOffset(Zone);
        var at = TimeOnly.FromTimeSpan(now.TimeOfDay);
        return plan.Hours.IsEmpty
            ? now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && at >= Usual.From && at < Usual.To
            : plan.Hours.Any(span => span.Day == now.DayOfWeek && at >= span.From && at < span.To);
    }
}
