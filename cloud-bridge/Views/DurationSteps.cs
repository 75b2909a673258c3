namespace MotCua.CloudBridge.Views;

/// <summary>Durations in steps that grow by a tenth, so that counts of steps add up over hours, centres and months and still tell a median to within five percent.</summary>
public static class DurationSteps
{
    /// <summary>Longest step; what is longer is counted there.</summary>
    public const int Last = 140; // 1.1^140 s is a week.

    /// <summary>What is longer is no duration of a visit but a clock that was wrong, and is not measured. Sums of it stay far from where they would run over.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const double Growth = 1.1;

    private static readonly double LogOfGrowth = Math.Log(Growth);

    /// <returns>0 below a second, otherwise n for up to 1.1ⁿ s.</returns>
    public static int StepOf(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(1) ? 0 : Math.Min(Last, (int)Math.Ceiling(Math.Log(duration.TotalSeconds) / LogOfGrowth));

    /// <summary>A duration that stands for all of a step.</summary>
    public static TimeSpan Middle(int step) => step <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(Growth, step - 0.5));

    /// <summary>The duration that this share does not exceed, by nearest rank.</summary>
    /// <param name="counts">How many durations each step has.</param>
    /// <param name="percent">1 to 100.</param>
    /// <returns>Null when there are none.</returns>
    public static TimeSpan? Rank(IReadOnlyDictionary<int, long> counts, int percent)
    {
        var all = counts.Values.Sum();
        var rank = ((all * percent) + 99) / 100;
        foreach (var (step, count) in counts.OrderBy(pair => pair.Key))
        {
            if ((rank -= count) <= 0 && all > 0)
            {
                return Middle(step);
            }
        }

        return null;
    }
}
