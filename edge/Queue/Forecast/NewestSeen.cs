using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>How a length varies: the newest seen ones, together with a few that were believed before any was seen. No family of curves is assumed.</summary>
/// <param name="Newest">Oldest first, at most <see cref="Most"/>.</param>
public sealed record NewestSeen(ImmutableArray<double> Newest)
{
    /// <summary>Enough for the outer tenths; older ones say less about today.</summary>
    public const int Most = 160;

    public static NewestSeen Nothing { get; } = new(ImmutableArray<double>.Empty);

    public NewestSeen With(double seen) => new((Newest.Length < Most ? Newest : Newest.RemoveAt(0)).Add(seen));

    /// <param name="believed">Counts as much as as many seen ones.</param>
    internal double[] Sorted(ReadOnlySpan<double> believed)
    {
        var all = new double[Newest.Length + believed.Length];
        Newest.CopyTo(all);
        believed.CopyTo(all.AsSpan(Newest.Length));
        Array.Sort(all);
        return all;
    }

    /// <summary>A length that is known to exceed what has passed already.</summary>
    /// <param name="sorted">At least one length, in order.</param>
    /// <param name="unit">A draw, 0 to 1.</param>
    internal static double Beyond(ReadOnlySpan<double> sorted, double passed, double unit)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] > passed ? (low, middle) : (middle + 1, high);
        }

        // Longer than all before: what lasted long goes on long (a Pareto tail with exponent 3, cut at the 98th hundredth).
        return low < sorted.Length
            ? sorted[low + (int)(unit * (sorted.Length - low))]
            : passed * Math.Pow(1 - (unit * 0.98), -1.0 / 3);
    }
}
