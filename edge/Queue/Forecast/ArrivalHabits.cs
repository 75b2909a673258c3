using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>When people with priority come: those who arrive soon may be called before tickets that wait already.</summary>
/// <param name="Days">Past days that weigh in <paramref name="Usual"/>.</param>
/// <param name="Usual">Arrivals in each hour of an average day, priority or not.</param>
/// <param name="Today">The same, today so far.</param>
/// <param name="All">Arrivals that weigh in the shares.</param>
/// <param name="Kinds">Arrivals with priority by service and credit, at most <see cref="MostKinds"/>.</param>
public sealed record ArrivalHabits(double Days, ImmutableArray<double> Usual, ImmutableArray<double> Today, double All, ImmutableArray<PriorityKind> Kinds)
{
    public const int MostKinds = 64;

    /// <summary>Nobody is given more credit than this; more is counted as this much.</summary>
    public static readonly TimeSpan MostCredit = TimeSpan.FromHours(2);

    private static readonly ImmutableArray<double> NoHours = [.. new double[24]];

    public static ArrivalHabits None { get; } = new(0, NoHours, NoHours, 0, ImmutableArray<PriorityKind>.Empty);

    /// <param name="at">Time of day.</param>
    /// <param name="credit">Zero or less: without priority.</param>
    public ArrivalHabits With(ServiceCode service, TimeSpan credit, TimeSpan at)
    {
        var hour = Math.Clamp((int)at.TotalHours, 0, 23);
        var next = this with { Today = Today.SetItem(hour, Today[hour] + 1), All = All + 1 };
        var minutes = (int)Math.Min(credit.TotalMinutes, MostCredit.TotalMinutes);
        if (minutes <= 0)
        {
            return next;
        }

        for (var i = 0; i < Kinds.Length; i++)
        {
            if (Kinds[i].Service == service.Value && Kinds[i].CreditMinutes == minutes)
            {
                return next with { Kinds = Kinds.SetItem(i, Kinds[i] with { Arrivals = Kinds[i].Arrivals + 1 }) };
            }
        }

        return Kinds.Length < MostKinds ? next with { Kinds = Kinds.Add(new PriorityKind(service.Value, minutes, 1)) } : next;
    }

    /// <summary>Today becomes a past day; the last ten or so weigh.</summary>
    public ArrivalHabits NextDay()
    {
        if (Today.Sum() is 0)
        {
            return this;
        }

        var (days, weight) = (Math.Min(Days + 1, 10), 1 / Math.Min(Days + 1, 10));
        return new ArrivalHabits(
            days, [.. Usual.Zip(Today, (usual, today) => usual + (weight * (today - usual)))], NoHours,
            All * 0.9, [.. Kinds.Select(kind => kind with { Arrivals = kind.Arrivals * 0.9 }).Where(kind => kind.Arrivals > 0.05)]);
    }

    /// <summary>Arrivals of any kind in a second, around this time of day.</summary>
    internal double PerSecond(TimeSpan now)
    {
        var hour = Math.Clamp((int)now.TotalHours, 0, 23);
        var (soFar, usually) = (0.0, 0.0);
        for (var h = 0; h <= hour; h++)
        {
            var part = h == hour ? now.TotalHours - hour : 1;
            soFar += Today[h];
            usually += part * Usual[h];
        }

        // A busy day shows itself within some ten arrivals. Before the first day has passed, today's pace is all there is.
        return Days > 0
            ? Usual[hour] / 3600 * (soFar + 10) / (usually + 10)
            : soFar / 3600 / Math.Max(1, now.TotalHours - FirstHour());
    }

    private double FirstHour()
    {
        var first = 0;
        while (first < 23 && Today[first] is 0)
        {
            first++;
        }

        return first;
    }
}

/// <summary>Arrivals with one credit for one service.</summary>
public sealed record PriorityKind(string Service, int CreditMinutes, double Arrivals);
