using MotCua.CloudBridge.Ingest;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Ingest;

public sealed class PressureTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly ManualTime time = new();

    [Fact]
    public void What_works_behind_ingest_rests_four_times_as_long_as_it_worked_while_ingest_never_rests()
    {
        var pressure = new IngestPressure(time);
        Work(pressure, rest: TimeSpan.Zero);

        Assert.True(pressure.IsHigh);
        Assert.Equal(TimeSpan.FromMilliseconds(120), pressure.Rest(TimeSpan.Zero, TimeSpan.FromMilliseconds(30)));
        Assert.Equal(IngestPressure.LongestRest, pressure.Rest(TimeSpan.Zero, TimeSpan.FromSeconds(40)));
        Assert.Equal(TimeSpan.FromSeconds(5), pressure.Rest(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(30)));
    }

    [Fact]
    public void An_ingest_that_rests_half_of_the_time_holds_nobody_back()
    {
        var pressure = new IngestPressure(time);
        Work(pressure, rest: Step);

        Assert.False(pressure.IsHigh);
        Assert.Equal(TimeSpan.Zero, pressure.Rest(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_rush_is_over_when_ingest_falls_silent()
    {
        var pressure = new IngestPressure(time);
        Work(pressure, rest: TimeSpan.Zero);
        time.Advance(4 * IngestPressure.Window);

        Assert.False(pressure.IsHigh);
    }

    private void Work(IngestPressure pressure, TimeSpan rest)
    {
        for (var i = 0; i < 20; i++)
        {
            time.Advance(Step);
            pressure.Worked(Step);
            time.Advance(rest);
        }
    }
}
