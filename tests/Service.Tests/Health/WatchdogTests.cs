using MotCua.Edge.Loop.Tests;
using Xunit;

namespace MotCua.Edge.Health.Tests;

public sealed class WatchdogTests
{
    [Fact]
    public async Task A_loop_that_makes_no_progress_gets_no_sign_of_life()
    {
        using var bench = new LoopBench();
        var told = 0;
        var watchdog = new Watchdog(bench.Loop, TimeSpan.FromSeconds(20), _ => told++);
        Assert.Equal(TimeSpan.FromSeconds(5), await watchdog.StepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, told);
        await watchdog.StepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, told);
        bench.Step();
        await watchdog.StepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, told);
    }

    [Fact]
    public void Without_a_service_manager_or_with_one_that_is_gone_nothing_happens()
    {
        new SdNotify(null).Tell("READY=1");
        new SdNotify("/nowhere/at/all").Tell("READY=1");
    }
}
