using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

internal static class OpeningHours
{
    /// <returns>Null while tickets are given.</returns>
    public static Refused? Refuse(ImmutableArray<OpenSpan> hours, DateTimeOffset now)
    {
        if (hours.IsEmpty)
        {
            return null;
        }

        var local = BusinessDate.Local(now);
        var (day, time) = (local.DayOfWeek, TimeOnly.FromDateTime(local));
        foreach (var span in hours)
        {
            if (span.Day == day && time >= span.From && time < span.To)
            {
                return span.LastTicket is { } last && time >= last ? Refusals.AfterLastTicket : null;
            }
        }

        return Refusals.OutsideHours;
    }
}
