using MotCua.Bench.Forecast;
using Xunit;

namespace MotCua.Edge.Queue.Tests.Forecast;

/// <summary>A few simulated days, so that a broken forecast fails here; the figures themselves come from the bench.</summary>
public sealed class ForecastCoverageTests
{
    // Wide, since forty days of four centres vary: slow days are slow for everybody.
    [Fact]
    public void Four_ranges_in_five_hold_on_forty_simulated_days()
    {
        var score = ForecastExam.Run(ForecastExam.FirstBuildSeed, centres: 4, days: 10, withOracle: false);
        Assert.True(score.Count(Asked.AtIssue) > 1_000);
        Assert.InRange(score.Coverage(Asked.AtIssue), 0.7, 0.9);
        Assert.InRange(score.Coverage(Asked.WhileWaiting), 0.7, 0.9);
        Assert.InRange(score.SilentShare, 0, 0.35);
        Assert.InRange(score.WidthRatio(Asked.AtIssue), 0.2, 1.1);
    }
}
