using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>How many called citizens have left, and how long their empty calls hold a counter. Who has waited long is more often gone.</summary>
/// <param name="ByWait">For waits up to a half, one, one and a half, two hours, and longer.</param>
/// <param name="Lengths">Of empty calls, in seconds.</param>
public sealed record AbsentHabits(ImmutableArray<AbsentCount> ByWait, NewestSeen Lengths)
{
    private const double BinsPerSecond = 1.0 / 1800;

    public static AbsentHabits None { get; } = new([.. Enumerable.Repeat(new AbsentCount(0, 0), 5)], NewestSeen.Nothing);

    public AbsentHabits With(TimeSpan waited, bool came, TimeSpan took)
    {
        var bin = Bin(waited.TotalSeconds, ByWait.Length);
        return new AbsentHabits(ByWait.SetItem(bin, ByWait[bin].With(came)), came ? Lengths : Lengths.With(took.TotalSeconds));
    }

    /// <summary>Shares by wait; the bins share their evidence with the one before, so that rare long waits do not jump.</summary>
    internal double[] Shares(ForecastPriors priors)
    {
        var shares = new double[ByWait.Length];
        for (var bin = 0; bin < shares.Length; bin++)
        {
            var believed = bin == 0 ? priors.MissedShare : shares[bin - 1];
            shares[bin] = (ByWait[bin].Absent + (30 * believed)) / (ByWait[bin].Calls + 30);
        }

        return shares;
    }

    internal static int Bin(double waitedSeconds, int bins) => Math.Clamp((int)(waitedSeconds * BinsPerSecond), 0, bins - 1);
}

/// <summary>Calls that weigh, and how many of them were to nobody.</summary>
public sealed record AbsentCount(double Calls, double Absent)
{
    private const double Memory = 1_000;

    internal AbsentCount With(bool came)
    {
        var keep = Calls < Memory ? 1 : 1 - (1 / Memory);
        return new AbsentCount((Calls * keep) + 1, (Absent * keep) + (came ? 0 : 1));
    }
}
