using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>When the doors open again, for the words of a closed kiosk.</summary>
internal static class KioskHours
{
    /// <returns>The next beginning of a stretch of opening hours within a week; null without one.</returns>
    public static DateTimeOffset? Next(ImmutableArray<OpenSpan> hours, DateTimeOffset now)
    {
        var local = BusinessDate.Local(now);
        if (hours.IsEmpty || local > DateTime.MaxValue.AddDays(-8))
        {
            return null;
        }

        return Enumerable.Range(0, 8).SelectMany(
                day => hours.Where(span => span.Day == local.Date.AddDays(day).DayOfWeek).Select(span => local.Date.AddDays(day) + span.From.ToTimeSpan()))
            .Where(begins => begins > local).Order().Select(begins => (DateTimeOffset?)BusinessDate.OfLocal(begins)).FirstOrDefault();
    }
}
