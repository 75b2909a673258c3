using MotCua.CloudBridge.Alerts;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

public sealed class CalendarTests
{
    private static readonly WorkCalendar Calendar = AlertRules.Default.Calendar;

    [Theory]
    [InlineData("2026-11-23T07:29", false)]
    [InlineData("2026-11-23T07:30", true)]
    [InlineData("2026-11-23T11:30", false)]
    [InlineData("2026-11-23T16:59", true)]
    [InlineData("2026-11-22T09:00", false)] // A Sunday.
    [InlineData("2027-02-05T09:00", false)] // The last day of the old year.
    [InlineData("2027-02-11T09:00", false)] // Given back for the weekend in Tết.
    [InlineData("2027-02-12T09:00", true)]
    [InlineData("2027-04-16T09:00", false)] // 10 tháng Ba.
    public void People_work_when_the_calendar_says_so(string at, bool work) => Assert.Equal(work, Calendar.IsWorking(At(at)));

    [Fact]
    public void A_working_day_that_was_exchanged_counts_as_a_monday()
    {
        var exchanged = Calendar with { ExtraDays = [new DateOnly(2026, 11, 22)] };
        Assert.True(exchanged.IsWorking(At("2026-11-22T09:00")));
        Assert.Equal(TimeSpan.FromHours(7.5), exchanged.WorkedBetween(At("2026-11-22T00:00"), At("2026-11-23T00:00")));
    }

    [Fact]
    public void Time_passes_only_while_people_work()
    {
        Assert.Equal(TimeSpan.FromMinutes(60), Calendar.WorkedBetween(At("2026-11-20T16:30"), At("2026-11-23T08:00")));
        Assert.Equal(TimeSpan.Zero, Calendar.WorkedBetween(At("2027-02-05T00:00"), At("2027-02-12T07:30")));
        Assert.Equal(TimeSpan.Zero, Calendar.WorkedBetween(At("2026-11-23T09:00"), At("2026-11-23T08:00")));
        Assert.Equal(At("2026-11-23T07:30"), Calendar.NextChange(At("2026-11-20T17:00")));
        Assert.Null((Calendar with { Weekly = [] }).NextChange(At("2026-11-20T17:00")));
    }

    /// <summary>The first day of each lunar year in the table is a new moon by Vietnam's clock, counted anew here by mean lunations and their largest terms.</summary>
    [Fact]
    public void Each_Tet_of_the_table_begins_with_a_new_moon_in_Hanoi()
    {
        var years = Calendar.Off.Where(off => off.Name.StartsWith("Tết Nguyên đán", StringComparison.Ordinal)).ToList();
        Assert.Equal([2026, 2027, 2028, 2029, 2030, 2031], years.Select(off => off.From.Year));
        Assert.All(years, off =>
        {
            var first = off.From.AddDays(1); // The holiday begins on the last day of the old year.
            Assert.Equal(first, NewMoonNear(first));
        });
    }

    // Meeus, Astronomical Algorithms, chapter 49, terms above a minute and a half.
    private static DateOnly NewMoonNear(DateOnly day)
    {
        var k = Math.Round((day.DayNumber - new DateOnly(2000, 1, 6).DayNumber) / 29.530588861);
        var t = k / 1236.85;
        double Rad(double degrees) => degrees * Math.PI / 180;
        var (sun, moon, node) = (Rad(2.5534 + (29.1053567 * k)), Rad(201.5643 + (385.81693528 * k)), Rad(160.7108 + (390.67050284 * k)));
        var julian = 2451550.09766 + (29.530588861 * k) + (0.00015437 * t * t)
            - (0.40720 * Math.Sin(moon)) + (0.17241 * Math.Sin(sun)) + (0.01608 * Math.Sin(2 * moon)) + (0.01039 * Math.Sin(2 * node))
            + (0.00739 * Math.Sin(moon - sun)) - (0.00514 * Math.Sin(moon + sun)) + (0.00208 * Math.Sin(2 * sun)) - (0.00111 * Math.Sin(moon - (2 * node)));
        var utc = new DateTime(2000, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddDays(julian - 2451545.0 - (70.0 / 86400));
        return DateOnly.FromDateTime(utc.AddHours(7));
    }

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), WorkCalendar.Zone);
}
