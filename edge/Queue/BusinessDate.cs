namespace MotCua.Edge.Queue;

/// <summary>The day a ticket belongs to: the date in Asia/Ho_Chi_Minh when it is issued. It never moves backwards.</summary>
public static class BusinessDate
{
    // Viet Nam keeps UTC+7 all year, without daylight saving since 1975, so the offset needs no time zone database on the box.
    private static readonly TimeSpan VietNam = TimeSpan.FromHours(7);

    /// <summary>Of a new box that does not know the time yet. Earlier than any day it can see, since a date taken from a clock that runs ahead would stand for years.</summary>
    public static DateOnly Unknown { get; } = new(2026, 1, 1);

    /// <param name="last">The newest business date of the journal; null on a new box.</param>
    /// <param name="clockTrusted">Without trust the journal's last date stands until the clock is set or a clerk opens a day.</param>
    public static DateOnly Of(DateTimeOffset now, DateOnly? last, bool clockTrusted)
    {
        if (!clockTrusted)
        {
            return last ?? Unknown;
        }

        var today = In(now);
        return last is { } kept && today < kept ? kept : today;
    }

    /// <summary>The date of a moment in Viet Nam.</summary>
    public static DateOnly In(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment));

    /// <summary>The moment at which the clock on a wall in Viet Nam shows this.</summary>
    /// <remarks>Total: the first hours that a date can hold are those of its second day.</remarks>
    public static DateTimeOffset OfLocal(DateTime shown) =>
        new(DateTime.SpecifyKind(shown > DateTime.MinValue + VietNam ? shown : DateTime.MinValue.AddDays(1), DateTimeKind.Unspecified), VietNam);

    /// <summary>A moment as the clock on a wall in Viet Nam shows it.</summary>
    /// <remarks>Total: the last hours that a date can hold stay where they are.</remarks>
    public static DateTime Local(DateTimeOffset moment) =>
        moment.UtcDateTime < DateTime.MaxValue - VietNam ? moment.ToOffset(VietNam).DateTime : DateTime.MaxValue;
}
