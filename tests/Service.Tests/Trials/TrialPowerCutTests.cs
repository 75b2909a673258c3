using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Trials.Tests;

public sealed class TrialPowerCutTests
{
    private static readonly string Better = TrialBench.Named("Phường Việt Trì mới");

    [Fact]
    public async Task Wherever_the_power_goes_the_box_starts_and_ends_with_the_configuration_kept_or_rolled_back_as_the_province_hears()
    {
        var (kept, rolledBack) = (0, 0);
        for (var cut = 1; cut <= 30; cut++)
        {
            using var bench = new TrialBench(cut);
            await bench.RunAsync(2);
            bench.Disk.PowerFailsAt(cut);
            bench.Give(Better, 7);
            try
            {
                await bench.RunAsync(20);
            }
            catch (PowerLostException)
            {
                // The box is dark from here on.
            }

            bench.PowerCut(cut);
            await bench.RunAsync(30);
            await bench.Box.PressAsync(TestCentre.TicketButton);
            Assert.Single(bench.Box.Events<TicketIssued>());
            await bench.RunAsync(3);
            var last = bench.Held.Last().Outcome;
            Assert.True(last is ConfigurationOutcome.Kept or ConfigurationOutcome.RolledBack, $"Cut at {cut}: {last}.");
            Assert.Equal(last == ConfigurationOutcome.Kept ? (long?)7 : null, bench.Starting.Pushed);
            Assert.Equal(bench.State.Last!.Outcome, last);
            (kept, rolledBack) = (kept + (last == ConfigurationOutcome.Kept ? 1 : 0), rolledBack + (last == ConfigurationOutcome.RolledBack ? 1 : 0));
        }

        Assert.True(kept > 20, $"{kept} kept, {rolledBack} rolled back.");
    }

    [Fact]
    public async Task A_trial_goes_on_after_one_power_cut_and_not_after_two()
    {
        using var bench = new TrialBench();
        await bench.RunAsync(2);
        bench.Province.Bridge.Silent = true;
        bench.Give(Better, 7);
        await bench.RunAsync(5);
        Assert.True(bench.Starting.IsTrial);
        bench.PowerCut(1);
        await bench.RunAsync(5);
        Assert.True(bench.Starting.IsTrial);
        bench.PowerCut(2);
        Assert.Null(bench.Starting.Pushed);
        bench.Province.Bridge.Silent = false;
        await bench.RunAsync(5);
        Assert.Equal(ConfigurationOutcome.RolledBack, bench.Held.Last().Outcome);
        Assert.Contains("2 lần", bench.Held.Last().Reason, StringComparison.Ordinal);
        Assert.Equal("config.rolled-back", bench.Box.Device("edge")?.Fault);
    }

    [Fact]
    public async Task A_text_that_the_card_lost_is_not_used()
    {
        using var bench = new TrialBench();
        await bench.RunAsync(2);
        bench.Give(Better, 7);
        await bench.RunAsync(25);
        bench.Box.Dispose();
        bench.Disk.Replace($"province-{DesiredConfiguration.HashOf(Better)}.yaml", "name: khác"u8);
        bench.Start();
        await bench.RunAsync(5);
        Assert.Null(bench.Starting.Pushed);
        Assert.Equal(ConfigurationOutcome.SetAside, bench.Held.Last().Outcome);
    }
}
