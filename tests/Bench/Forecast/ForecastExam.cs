namespace MotCua.Bench.Forecast;

/// <summary>Many days of many simulated centres, each with its own forecast that starts knowing nothing.</summary>
internal static class ForecastExam
{
    /// <summary>The forecast was built and its constants were chosen on these centres only.</summary>
    public const int FirstBuildSeed = 1;

    public const int BuildCentres = 40;

    /// <summary>The figures are measured on these, which were not looked at while building.</summary>
    public const int FirstExamSeed = 500_001;

    public const int ExamCentres = 40;

    public const int DaysEach = 50;

    public static ForecastScore Run(int firstSeed, int centres, int days, bool withOracle)
    {
        var verdicts = new List<Verdict>[centres];
        Parallel.For(0, centres, i => verdicts[i] = new ExamCentre(firstSeed + i, withOracle).Run(days));
        return new ForecastScore([.. verdicts.SelectMany(v => v)]);
    }
}
