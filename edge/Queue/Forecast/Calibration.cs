using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>Learns from its own misses: when ranges of a service or of an hour held too seldom or too often, their ends move a little.</summary>
/// <param name="Services">Correction of each service, at most <see cref="ServiceTimes.MostServices"/>.</param>
/// <param name="Hours">Correction of each hour of the day.</param>
/// <remarks>After Gibbs and Candès, «Adaptive conformal inference under distribution shift» (2021), for each end by itself.</remarks>
public sealed record Calibration(ImmutableArray<Correction> Services, ImmutableArray<Correction> Hours)
{
    /// <summary>One in ten waits shall end below the range, and one in ten above.</summary>
    public const double Tail = 0.1;

    // Both are bounds against a bad week: an end stays between the 3rd and the 20th hundredth of its side.
    private const double Innermost = 0.2;
    private const double Outermost = 0.03;

    // Misses come in groups, since a slow day is slow for everybody; a larger step would chase them.
    private const double Step = 0.004;

    // Ranges start a little wider than the simulation says: before the first days nobody knows what else happens here.
    private const double Caution = -0.01;

    public static Calibration None { get; } = new(ImmutableArray<Correction>.Empty, [.. Enumerable.Range(0, 24).Select(hour => new Correction(hour.ToString(), Caution, Caution))]);

    /// <summary>A range was given at <paramref name="asked"/> and the call has come.</summary>
    public Calibration Judged(ServiceCode service, TimeSpan asked, WaitRange range, TimeSpan wait)
    {
        var (below, above) = (wait < range.Lower ? 1 - Tail : -Tail, wait > range.Upper ? 1 - Tail : -Tail);
        var hour = HourOf(asked);
        var next = this with { Hours = Hours.SetItem(hour, Hours[hour].Moved(-Step * below, -Step * above)) };
        for (var i = 0; i < Services.Length; i++)
        {
            if (Services[i].Of == service.Value)
            {
                return next with { Services = Services.SetItem(i, Services[i].Moved(-Step * below, -Step * above)) };
            }
        }

        return Services.Length < ServiceTimes.MostServices
            ? next with { Services = Services.Add(new Correction(service.Value, 0, 0).Moved(-Step * below, -Step * above)) }
            : next;
    }

    /// <summary>Which shares of the simulated waits bound the range.</summary>
    /// <param name="tail">Share that shall lie outside each end. Corrections were learned at <see cref="Tail"/> and shrink or grow with it.</param>
    internal (double Lower, double Upper) Levels(ServiceCode service, TimeSpan asked, double tail)
    {
        var own = Services.FirstOrDefault(s => s.Of == service.Value);
        var hour = Hours[HourOf(asked)];
        var part = tail / Tail;
        return (
            part * Math.Clamp(Tail + hour.Lower + (own?.Lower ?? 0), Outermost, Innermost),
            1 - (part * Math.Clamp(Tail + hour.Upper + (own?.Upper ?? 0), Outermost, Innermost)));
    }

    private static int HourOf(TimeSpan asked) => Math.Clamp((int)asked.TotalHours, 0, 23);
}

/// <summary>How much the share outside each end differs from a tenth; less than zero makes ranges wider.</summary>
public sealed record Correction(string Of, double Lower, double Upper)
{
    // Service and hour add up.
    private const double Most = 0.05;

    internal Correction Moved(double lower, double upper) =>
        new(Of, Math.Clamp(Lower + lower, -Most, Most), Math.Clamp(Upper + upper, -Most, Most));
}
