namespace MotCua.Fleet.Days;

/// <summary>When people come and clerks work: two sessions with a peak each, Monday to Friday.</summary>
/// <param name="Shift">How much later than the clock on the wall the day is; lets a demonstration in the evening be a morning.</param>
/// <param name="EveryDay">Weekends are working days as well.</param>
internal readonly record struct WorkingHours(TimeSpan Shift, bool EveryDay)
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    private static readonly (double From, double To)[] Sessions = [(7.5, 11.5), (13.5, 17)];

    // People a while: many stand at the door before it opens, few come late.
    private static readonly (double From, double To, double Rate)[] Rates =
    [
        (7, 7.5, 1.8), (7.5, 8.5, 1.6), (8.5, 9.5, 1.2), (9.5, 10.5, 0.8), (10.5, 11.25, 0.4), (11.25, 11.5, 0.2),
        (13, 13.5, 1.2), (13.5, 14.5, 1.4), (14.5, 15.5, 0.9), (15.5, 16.5, 0.5),
    ];

    public const double HighestRate = 1.8;

    /// <summary>Hours of the highest rate that would bring as many people as a whole day does.</summary>
    public static double HoursOfDay { get; } = Rates.Sum(rate => (rate.To - rate.From) * rate.Rate) / HighestRate;

    /// <summary>Hours that a demonstration begins with: at half past eight, whatever the hour is.</summary>
    public static WorkingHours AlwaysMorning(DateTimeOffset now)
    {
        var always = new WorkingHours(TimeSpan.Zero, EveryDay: true);
        return always.SessionEnd(now) is not null ? always : FromHour(now, 8.5);
    }

    /// <summary>Hours in which this moment is such an hour of a working day.</summary>
    public static WorkingHours FromHour(DateTimeOffset now, double hour)
    {
        var always = new WorkingHours(TimeSpan.Zero, EveryDay: true);
        return always with { Shift = TimeSpan.FromHours(hour) - always.Local(now).TimeOfDay };
    }

    /// <summary>Relative arrivals, 0 to <see cref="HighestRate"/>.</summary>
    public double RateAt(DateTimeOffset at)
    {
        var local = Local(at);
        var hour = local.TimeOfDay.TotalHours;
        return IsWorkday(local) ? Array.Find(Rates, rate => rate.From <= hour && hour < rate.To).Rate : 0;
    }

    /// <returns>When the present session ends; null outside of one.</returns>
    public DateTimeOffset? SessionEnd(DateTimeOffset at)
    {
        var local = Local(at);
        var hour = local.TimeOfDay.TotalHours;
        return IsWorkday(local) && Array.Find(Sessions, session => session.From <= hour && hour < session.To) is { To: > 0 } now ? at + TimeSpan.FromHours(now.To - hour) : null;
    }

    /// <summary>When the next session begins, after this moment.</summary>
    public DateTimeOffset NextSession(DateTimeOffset at)
    {
        var local = Local(at);
        for (var day = 0; ; day++)
        {
            var date = local.Date.AddDays(day);
            foreach (var (from, _) in Sessions)
            {
                var begins = date.AddHours(from) - local.DateTime;
                if (begins > TimeSpan.Zero && IsWorkday(new DateTimeOffset(date, Vietnam)))
                {
                    return at + begins;
                }
            }
        }
    }

    /// <summary>When the counters have closed for the day: the next 17:20 of a working day.</summary>
    public DateTimeOffset NextClosing(DateTimeOffset at)
    {
        var local = Local(at);
        for (var day = 0; ; day++)
        {
            var closes = local.Date.AddDays(day).AddHours(17).AddMinutes(20) - local.DateTime;
            if (closes > TimeSpan.Zero && IsWorkday(local.AddDays(day)))
            {
                return at + closes;
            }
        }
    }

    /// <summary>When the next citizen comes, drawn by thinning: candidates at the highest rate of the day, kept in proportion.</summary>
    public DateTimeOffset NextArrival(DateTimeOffset at, int ticketsADay, Random chance)
    {
        do
        {
            // Nights and weekends at once: nobody stands there.
            if (RateAt(at) <= 0 && NextSession(at) - TimeSpan.FromMinutes(30) is var door && door > at)
            {
                at = door;
            }

            at += TimeSpan.FromHours(chance.Exponential() * HoursOfDay / ticketsADay);
        }
        while (chance.NextDouble() * HighestRate >= RateAt(at));

        return at;
    }

    private DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Vietnam) + Shift;

    private bool IsWorkday(DateTimeOffset local) => EveryDay || local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
