using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Hosting;
using MotCua.Edge.Hosting.Tests;
using MotCua.Edge.Loop.Tests;
using MotCua.Edge.Pages;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using Xunit;

namespace MotCua.Edge.Trials.Tests;

/// <summary>How long a good configuration is waited for, and the way back from a kept one that works no more.</summary>
public sealed class KeptTests : IDisposable
{
    private static readonly string Better = TrialBench.Named("Phường Việt Trì mới");

    private readonly TrialBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(4, true)]
    [InlineData(20, false)]
    public async Task Old_acknowledgements_however_many_keep_no_trial_going_for_more_than_an_hour(int advances, bool kept)
    {
        await bench.RunAsync(2);
        var epoch = bench.Box.Centre.Journal.Epoch;
        List<(long UpTo, byte[] Signed)> acks = [(bench.Province.Bridge.UpTo(epoch), bench.Province.Bridge.AckOf(epoch))];
        for (var i = 0; i < advances; i++)
        {
            await bench.Box.PressAsync(TestCentre.TicketButton);
            await bench.RunAsync(3);
            acks.Add((bench.Province.Bridge.UpTo(epoch), bench.Province.Bridge.AckOf(epoch)));
            Assert.True(acks[^1].UpTo > acks[^2].UpTo);
        }

        bench.Province.Bridge.Silent = true;
        bench.Give(Better, 7);
        await bench.RunAsync(5);
        Assert.True(bench.Starting.IsTrial);
        foreach (var (_, ack) in acks)
        {
            for (var i = 0; i < 21; i++) // One that comes while the link connects anew is lost.
            {
                bench.Province.Link.Deliver(Topics.Ack(LoopBench.Centre), ack);
                await bench.RunAsync(10, strideMs: 1000);
            }
        }

        Assert.Equal(kept, bench.Starting.IsTrial);
        bench.Province.Bridge.Silent = false;
        bench.Province.Bridge.Say(epoch);
        await bench.RunAsync(30);
        Assert.Equal(kept ? ConfigurationOutcome.Kept : ConfigurationOutcome.RolledBack, bench.Held.Last().Outcome);
    }

    [Fact]
    public async Task A_kept_configuration_whose_starts_do_not_last_makes_way_for_the_box_s_own_file_and_the_province_hears_of_it()
    {
        await KeepAsync(7);
        for (var start = 0; start < TrialState.MostUnclean; start++)
        {
            bench.Restart();
            Assert.Equal(7, bench.Starting.Pushed);
            await bench.RunAsync(2);
        }

        bench.Restart();
        Assert.Equal((null, "Phường Việt Trì"), (bench.Starting.Pushed, bench.Starting.Options.Name));
        await bench.RunAsync(5);
        Assert.Equal((7L, ConfigurationOutcome.RolledBack), (bench.Held.Last().Revision, bench.Held.Last().Outcome));
        Assert.Contains("3 lần liền", bench.Held.Last().Reason, StringComparison.Ordinal);
        Assert.Equal("config.rolled-back", bench.Box.Device("edge")?.Fault);
        bench.Restart();
        await bench.RunAsync(5);
        Assert.Null(bench.Starting.Pushed); // The broker still keeps it; that begins nothing.
    }

    [Fact]
    public async Task A_start_that_lasts_or_ends_by_order_is_forgotten()
    {
        await KeepAsync(7);
        bench.Restart();
        bench.Restart();
        Assert.Equal(2, bench.State.Unclean);
        await bench.RunAsync(610, strideMs: 2000);
        Assert.Equal(0, bench.State.Unclean);
        bench.Restart();
        Assert.Equal(1, bench.State.Unclean);
        StartingConfiguration.Ended(new TrialBook(bench.Disk));
        Assert.Equal((0, 7L), (bench.State.Unclean, bench.State.Kept!.Revision));
    }

    [Fact]
    public async Task A_kept_configuration_that_a_start_throws_with_is_given_up()
    {
        await KeepAsync(7);
        bench.Restart();
        Assert.True(StartingConfiguration.Fell(new TrialBook(bench.Disk), bench.Starting, new InvalidOperationException("GPIO 17"), bench.Province.Now));
        bench.Restart();
        await bench.RunAsync(5);
        Assert.Null(bench.Starting.Pushed);
        Assert.Equal(ConfigurationOutcome.RolledBack, bench.Held.Last().Outcome);
        Assert.StartsWith("Máy không còn chạy được với cấu hình này, đã trở về tệp tại chỗ", bench.Held.Last().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_drivers_than_those_of_the_box_are_refused()
    {
        await bench.RunAsync(2);
        bench.Give(TrialBench.With("drivers: virtual", "drivers: kernel"), 7);
        await bench.RunAsync(5);
        Assert.Equal(ConfigurationOutcome.Refused, bench.Outcomes.Single());
        Assert.Contains(bench.Told.Single().Errors, error => error.Contains("drivers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_to_stop_while_the_pages_still_start_is_no_failure_of_the_start()
    {
        await using var web = WebHost.Prepare("http://127.0.0.1:0", _ => { });
        Assert.False(await EdgeService.TryStartAsync(web, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_card_without_room_for_configurations_of_the_province_keeps_no_centre_closed()
    {
        using var edge = new EdgeProcess("""
            centre: pt-viet-tri
            name: Phường Việt Trì
            drivers: virtual
            clock: battery
            services: [{ code: chung-thuc, name: Chứng thực, series: A }]
            counters: [{ number: 1, services: [chung-thuc] }]
            """);
        Directory.CreateDirectory(edge.Data);
        await File.WriteAllTextAsync(Path.Combine(edge.Data, EdgeConfig.Folder), "", TestContext.Current.CancellationToken);
        await edge.StartAsync();
        Assert.Equal("A001", await edge.IssueAsync());
        Assert.Contains("dọn chỗ trống hoặc thay thẻ nhớ", edge.Output, StringComparison.Ordinal);
    }

    private async Task KeepAsync(long revision)
    {
        await bench.RunAsync(2);
        bench.Give(Better, revision);
        await bench.RunAsync(25);
        Assert.Equal(ConfigurationOutcome.Kept, bench.Outcomes.Last());
    }
}
