namespace MotCua.Bench.Forecast;

/// <summary>What an exam has shown.</summary>
internal sealed class ForecastScore(IReadOnlyList<Verdict> verdicts)
{
    public double Coverage(Asked asked) => Share(Ranges(asked), v => v.Held);

    public int Count(Asked asked) => Ranges(asked).Count();

    /// <summary>Forecasts of each service at issue, with how many of them held.</summary>
    public IReadOnlyList<(string Name, double Held, int Count)> PerService { get; } = Groups(verdicts, v => v.Service, s => WorldService.All[s].Name);

    /// <summary>The same by the hour in which the ticket was given out.</summary>
    public IReadOnlyList<(string Name, double Held, int Count)> PerHour { get; } = Groups(verdicts, v => v.Hour, hour => $"{hour}");

    /// <summary>Promised share and held share.</summary>
    public IEnumerable<(double Promised, double Held)> Curve =>
        Ranges(Asked.ForCurve).GroupBy(v => v.Hold).OrderBy(g => g.Key).Select(g => (g.Key, Share(g, v => v.Held)));

    /// <summary>Of those who have to wait.</summary>
    public double SilentShare => Share(verdicts.Where(v => v.Asked == Asked.AtIssue && v.Said != Said.AtOnce), v => v.Said == Said.Silence);

    public double AtOnceShare => Share(verdicts.Where(v => v.Asked == Asked.AtIssue), v => v.Said == Said.AtOnce);

    /// <summary>Of those who were called at once indeed, within a minute.</summary>
    public double AtOnceTrue => Share(verdicts.Where(v => v.Asked == Asked.AtIssue && v.Said == Said.AtOnce), v => v.Wait < 60);

    /// <summary>Median width over median wait.</summary>
    public double WidthRatio(Asked asked, Func<Verdict, bool>? of = null)
    {
        var ranges = Ranges(asked).Where(v => of?.Invoke(v) ?? true).ToArray();
        return Median(ranges.Select(v => v.Upper - v.Lower)) / Median(ranges.Select(v => v.Wait));
    }

    public double MedianWait => Median(Ranges(Asked.AtIssue).Select(v => v.Wait));

    public double ShareOf(Func<Verdict, bool> of, Func<Verdict, bool> what) => Share(verdicts.Where(of), what);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    private static double Share(IEnumerable<Verdict> all, Func<Verdict, bool> what)
    {
        var (count, those) = (0, 0);
        foreach (var verdict in all)
        {
            count++;
            those += what(verdict) ? 1 : 0;
        }

        return count == 0 ? double.NaN : (double)those / count;
    }

    private static List<(string Name, double Held, int Count)> Groups(IReadOnlyList<Verdict> verdicts, Func<Verdict, int> key, Func<int, string> name) =>
    [
        .. verdicts.Where(v => v.Asked == Asked.AtIssue && v.Said == Said.Range).GroupBy(key).OrderBy(g => g.Key)
            .Select(g => (name(g.Key), Share(g, v => v.Held), g.Count())),
    ];

    private IEnumerable<Verdict> Ranges(Asked asked) => verdicts.Where(v => v.Asked == asked && v.Said == Said.Range);
}
