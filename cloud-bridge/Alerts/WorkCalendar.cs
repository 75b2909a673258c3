using System.Globalization;
using System.Text.Json.Serialization;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Hours of a day of the week, Asia/Ho_Chi_Minh.</summary>
/// <param name="Day">1 Monday to 7 Sunday.</param>
public sealed record WorkHours(int Day, TimeOnly From, TimeOnly To);

/// <summary>Days on which nobody works.</summary>
/// <param name="To">Included.</param>
/// <param name="Name">Such as «Tết Nguyên đán Đinh Mùi».</param>
/// <param name="Source">Who says so: a law, a decision.</param>
public sealed record DaysOff(DateOnly From, DateOnly To, string Name, string Source);

/// <summary>When people of the province and of its centres work. Data that the province edits: each year's days off at Tết are decided by the government.</summary>
/// <param name="Weekly">In any order; stretches of a day do not overlap.</param>
/// <param name="Off">Holidays.</param>
/// <param name="ExtraDays">Days on which people work all the same, in the hours of a Monday: working days that were exchanged.</param>
public sealed record WorkCalendar(IReadOnlyList<WorkHours> Weekly, IReadOnlyList<DaysOff> Off, IReadOnlyList<DateOnly> ExtraDays)
{
    /// <summary>Vietnam has one zone and no summer time.</summary>
    public static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    // A wait that is longer than this is over the longest Tết many times; counting further would only cost time.
    private const int MostDays = 120;

    [JsonIgnore]
    public static WorkCalendar Always { get; } =
        new([.. Enumerable.Range(1, 7).Select(day => new WorkHours(day, TimeOnly.MinValue, TimeOnly.MaxValue))], [], []);

    public bool IsWorking(DateTimeOffset now)
    {
        var local = now.ToOffset(Zone);
        var at = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return HoursOf(DateOnly.FromDateTime(local.Date)).Any(hours => at >= hours.From && at < hours.To);
    }

    /// <summary>How much of the time between two moments people worked; of more than 120 days the first 120 count.</summary>
    public TimeSpan WorkedBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var (begin, end) = (from.ToOffset(Zone).DateTime, to.ToOffset(Zone).DateTime);
        var worked = TimeSpan.Zero;
        var day = DateOnly.FromDateTime(begin);
        for (var i = 0; i < MostDays && day.ToDateTime(TimeOnly.MinValue) < end; i++, day = day.AddDays(1))
        {
            foreach (var hours in HoursOf(day))
            {
                var (first, last) = (Later(day.ToDateTime(hours.From), begin), Earlier(day.ToDateTime(hours.To), end));
                worked += last > first ? last - first : TimeSpan.Zero;
            }
        }

        return worked;
    }

    /// <summary>The next moment after one at which work begins or ends; null when none comes within 120 days.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset after)
    {
        var local = after.ToOffset(Zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        for (var i = 0; i < MostDays; i++, day = day.AddDays(1))
        {
            var next = HoursOf(day).SelectMany(hours => new[] { day.ToDateTime(hours.From), day.ToDateTime(hours.To) }).Where(at => at > local).Order().FirstOrDefault();
            if (next != default)
            {
                return new DateTimeOffset(next, Zone);
            }
        }

        return null;
    }

    /// <summary>Why nobody works on a day; null when it is no holiday.</summary>
    public DaysOff? HolidayOn(DateOnly day) => ExtraDays.Contains(day) ? null : Off.FirstOrDefault(off => day >= off.From && day <= off.To);

    /// <returns>What is wrong, Vietnamese; nothing when it can be used.</returns>
    public IEnumerable<string> Problems()
    {
        foreach (var hours in Weekly)
        {
            if (hours.Day is < 1 or > 7)
            {
                yield return $"calendar.weekly: day từ 1 (thứ Hai) đến 7 (Chủ nhật), không phải {hours.Day}.";
            }

            if (hours.From >= hours.To)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"calendar.weekly: from {hours.From:HH\\:mm} phải trước to {hours.To:HH\\:mm}.");
            }
        }

        foreach (var (day, stretches) in Weekly.GroupBy(hours => hours.Day).Select(group => (group.Key, group.OrderBy(hours => hours.From).ToList())))
        {
            if (stretches.Zip(stretches.Skip(1)).Any(pair => pair.Second.From < pair.First.To))
            {
                yield return $"calendar.weekly: các khoảng giờ của ngày {day} chồng lên nhau.";
            }
        }

        foreach (var off in Off)
        {
            if (off.From > off.To || off.To.DayNumber - off.From.DayNumber > 31)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"calendar.off «{off.Name}»: from {off.From:yyyy-MM-dd} phải không sau to và không dài quá 31 ngày.");
            }
        }
    }

    private IEnumerable<WorkHours> HoursOf(DateOnly day)
    {
        if (HolidayOn(day) is not null)
        {
            return [];
        }

        var weekday = ExtraDays.Contains(day) ? 1 : day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
        return Weekly.Where(hours => hours.Day == weekday);
    }

    private static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
