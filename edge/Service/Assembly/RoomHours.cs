using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>When there should be light and people in the hall.</summary>
/// <remarks>
/// By the hours of the file, while the time is known. A box that does not know it goes by what people do: for half an hour after a number was taken or called, somebody is
/// there and has light. So a camera that was turned or covered is told there as well; and since whoever took the last number switches the lights off soon after, a picture that
/// went dark there is a broken camera only once another number came in that dark (<see cref="UsedAt"/>).
/// </remarks>
internal sealed class RoomHours(QueuePlan plan, TimeProvider time, IClockTrust clock) : ICommitSink
{
    /// <summary>After the last number so long nobody may be there any more.</summary>
    public static readonly TimeSpan UsedFor = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    // Of a centre whose file names no hours.
    private static readonly (TimeOnly From, TimeOnly To) Usual = (new TimeOnly(7, 30), new TimeOnly(17, 0));

    // Monotonic moment of the newest number; the least there is while none was seen.
    private long usedAt = long.MinValue;

    /// <inheritdoc/>
    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            if (happened.Data is Protocols.Events.TicketIssued or Protocols.Events.TicketCalled or Protocols.Events.TicketRecalled or Protocols.Events.TicketServing)
            {
                Interlocked.Exchange(ref usedAt, time.GetTimestamp());
            }
        }
    }

    /// <summary>Monotonic moment of the newest number, where only that tells that somebody is there; null where the hours are known, and before the first.</summary>
    public long? UsedAt() => clock.Now() == ClockTrust.Unsynced && Interlocked.Read(ref usedAt) is var last and not long.MinValue ? last : null;

    public bool IsOpen()
    {
        if (clock.Now() == ClockTrust.Unsynced)
        {
            return UsedAt() is { } last && time.GetElapsedTime(last) < UsedFor;
        }

        var now = time.GetUtcNow().ToOffset(Zone);
        var at = TimeOnly.FromTimeSpan(now.TimeOfDay);
        return plan.Hours.IsEmpty
            ? now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && at >= Usual.From && at < Usual.To
            : plan.Hours.Any(span => span.Day == now.DayOfWeek && at >= span.From && at < span.To);
    }
}
