using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <param name="Overtakings">How often a ticket was overtaken by an ordinary call.</param>
/// <param name="Apart">How often by a chosen, direct or returned one or an appointment.</param>
public sealed record StatisticsAnswer(
    DateOnly Date, FiguresAnswer Total, IReadOnlyDictionary<string, FiguresAnswer> Services, IReadOnlyDictionary<string, FiguresAnswer> Counters,
    IReadOnlyDictionary<string, FiguresAnswer> Priorities, FiguresAnswer WithoutPriority, int Overtakings, int Apart, IReadOnlyDictionary<string, int> Ratings)
{
    internal static StatisticsAnswer Of(DayReport report) => new(
        report.Date, FiguresAnswer.Of(report.Total), Each(report.ByService), Each(report.ByCounter), Each(report.ByPriority), FiguresAnswer.Of(report.WithoutPriority),
        report.Overtakings, report.Apart, report.Ratings.ToDictionary(r => WireWord.Of(r.Key), r => r.Value));

    private static Dictionary<string, FiguresAnswer> Each<T>(IReadOnlyDictionary<T, Figures> figures)
        where T : struct => figures.OrderBy(f => f.Key.ToString(), StringComparer.Ordinal).ToDictionary(f => f.Key.ToString()!, f => FiguresAnswer.Of(f.Value));
}

/// <summary>Counts and times of a set of tickets; <c>issued = served + inferred + missed + expired + cancelled + living</c>.</summary>
/// <param name="Inferred">Ended by the call of the next or by time: nobody said that they were served.</param>
/// <param name="WaitingMedianSeconds">From arrival to the first call; null when nobody was called.</param>
/// <param name="ServiceMedianSeconds">Of served tickets; null when there are none.</param>
public sealed record FiguresAnswer(
    int Issued, int Served, int Inferred, int Missed, int Expired, int Cancelled, int Living,
    double? WaitingMedianSeconds, double? WaitingP90Seconds, double? ServiceMedianSeconds, double? ServiceP90Seconds)
{
    internal static FiguresAnswer Of(Figures figures) => new(
        figures.Issued, figures.Served, figures.Inferred, figures.Missed, figures.Expired, figures.Cancelled, figures.Living,
        Seconds(figures.Waiting, s => s.Median), Seconds(figures.Waiting, s => s.P90), Seconds(figures.Service, s => s.Median), Seconds(figures.Service, s => s.P90));

    private static double? Seconds(Spread spread, Func<Spread, TimeSpan> which) => spread.Count == 0 ? null : Math.Round(which(spread).TotalSeconds, 1);
}
